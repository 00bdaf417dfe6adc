import Determinism
import Words

/// What is needed by the baselines and searches that change what a model is trained on or how its response
/// begins.
public protocol TraceVariations: Sendable {
  /// What is left of a reference's trace at a level of dropping: a pure function of the arguments.
  func dropping(
    _ level: DroppingLevel, from trace: Writing, using random: inout CounterRandom
  ) -> Writing

  /// The trace's clauses, which joined are the trace: what may be left out one by one. Empty: where clauses
  /// end is not known.
  func clauses(of trace: Writing) -> [Writing]

  /// How a response begins in this mode. nil: as the model likes, or the prompt is bad.
  func opening(_ mode: ResponseMode, to prompt: Writing) -> Writing?

  /// For each token of the prompt the label that a model predicts there if it learns the trace as labels;
  /// nil: nothing. After the setting `hint` of Li et al. 2024, arXiv:2402.12875.
  ///
  /// nil: the domain has no such labels, or the prompt is bad.
  func hints(for prompt: Writing) -> [Token?]?
}

extension TraceVariations {
  public func clauses(of trace: Writing) -> [Writing] { [] }

  public func hints(for prompt: Writing) -> [Token?]? { nil }
}
