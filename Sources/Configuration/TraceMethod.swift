/// Where a round's new traces come from: the rounds themselves, or a baseline to compare them with.
/// Everything else (exercises, sequences trained on, evaluation) is the same for each.
public enum TraceMethod: String, Sendable, Equatable, CaseIterable {
  /// The model's own samples; a trace is replaced only by a strictly shorter one.
  case expertIteration
  /// The paper's rule: the round's shortest optimal sample replaces the exercise's trace, even if it is
  /// longer. If there is none, the reference's trace is trained on.
  case replaceAlways
  /// Fresh runs of the reference, as many as there would be samples: what a better order of ties gives
  /// without a model. Earlier versions called it `bestOfAStar`, which is still read.
  case bestOfReference
  /// The reference's traces as they are: what more training alone gives.
  case continued
  /// Answers without traces, from round 0 on.
  case solutionOnly
  /// Answers without traces, with the trace as labels: each token of the prompt is to predict the step of the
  /// trace that it completes, so that the trace is learnt and never written. For domains that have such
  /// labels.
  case hint
  /// The reference's traces with parts of them left out, drawn anew in each epoch (`DroppingLevel`), from
  /// round 0 on. Evaluated as the model likes, with a trace, and without one.
  case traceDropping

  /// Whether the rounds look for other traces than the reference's first.
  public var seeksTraces: Bool {
    switch self {
    case .expertIteration, .replaceAlways, .bestOfReference: true
    case .continued, .solutionOnly, .hint, .traceDropping: false
    }
  }

  /// Whether traces are in what is trained on.
  public var writesTraces: Bool { self != .solutionOnly && self != .hint }

  /// Whether the model is sampled for traces.
  public var samplesModel: Bool { self == .expertIteration || self == .replaceAlways }
}
