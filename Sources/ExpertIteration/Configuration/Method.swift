/// Where a round's new traces come from: the rounds themselves, or a baseline to hold them against. All else
/// (exercises, sequences trained on, evaluation) is the same for each.
public enum Method: String, Sendable, Equatable, CaseIterable {
  /// The model's own samples; a trace is replaced by a strictly shorter one only.
  case expertIteration
  /// The paper's rule: the round's shortest optimal sample takes the place of the exercise's trace, even if
  /// it is longer; where there is none, the reference's trace is trained on.
  case replaceAlways
  /// As many fresh runs of the reference as there would be samples: what a better order of ties gives, without a model.
  case bestOfAStar
  /// The reference's traces as they are: what more training alone gives.
  case continued
  /// Answers without traces, from round 0 on.
  case solutionOnly
  /// The same with the trace as labels: each token of the prompt is to predict the step of the trace that it
  /// completes, so that the trace is learnt and never written. For domains that have such labels.
  case hint
  /// The reference's traces with more or less of them left out, drawn anew in each epoch (`DroppingLevel`),
  /// from round 0 on; evaluated as it likes, with a trace and without one.
  case traceDropping

  /// Whether the rounds look for other traces than the reference's first.
  public var seeksTraces: Bool {
    switch self {
    case .expertIteration, .replaceAlways, .bestOfAStar: true
    case .continued, .solutionOnly, .hint, .traceDropping: false
    }
  }

  /// Whether traces are in what is trained on.
  public var writesTraces: Bool { self != .solutionOnly && self != .hint }

  /// Whether the model is sampled for them.
  var samplesModel: Bool { self == .expertIteration || self == .replaceAlways }
}
