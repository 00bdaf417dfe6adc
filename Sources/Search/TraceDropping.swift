import Determinism

/// How much of a trace is left out of what is trained on, after Dualformer (Su et al. 2024, arXiv
/// 2410.09918): a model that has seen whole, thinned and no traces can be asked for either.
public enum DroppingLevel: Int, Sendable, CaseIterable {
  case none
  /// Clauses that only close a state.
  case closes
  /// These, and the costs of the others.
  case costs
  /// These, and of the others each with probability 0.3.
  case clauses
  /// The whole trace.
  case all

  /// In the order of the cases: the proportions that did best on the paper's mazes.
  static let probabilities = [0.45, 1.0 / 6, 1.0 / 6, 1.0 / 6, 0.05]

  /// Of a clause, at level `clauses`.
  static let dropProbability = 0.3

  public static func draw(using random: inout CounterRandom) -> Self {
    var unit = random.unitDouble()
    for (level, probability) in zip(allCases, probabilities) {
      if unit < probability { return level }
      unit -= probability
    }
    return .all
  }
}

/// How a model that knows both is made to answer: by the first token of its response.
public enum ResponseMode: String, Sendable, CaseIterable {
  /// As it likes.
  case auto
  /// With a trace.
  case slow
  /// Without one.
  case fast
}
