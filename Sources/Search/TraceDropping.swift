import Determinism
import Words

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

extension DroppingLevel {
  /// What is left of a trace whose clauses end in their two costs. `isClose` reads the clause at an index,
  /// moves behind it, and says whether it only closes a state; nil: there is no clause.
  func thinned(
    _ trace: [Token], using random: inout CounterRandom, isClose: (inout Int) -> Bool?
  ) -> [Token] {
    guard self != .none else { return trace }
    guard self != .all else { return [] }
    var kept: [Token] = []
    var index = 0
    while index < trace.count {
      let first = index
      guard let isClose = isClose(&index) else { break }
      guard !isClose else { continue }
      if self == .clauses, random.unitDouble() < Self.dropProbability { continue }
      kept += trace[first..<(self == .closes ? index : index - 2)]
    }
    return kept
  }
}

/// How a model that was trained with and without traces is made to answer: by how its response begins.
public enum ResponseMode: String, Sendable, CaseIterable {
  /// As the model likes.
  case auto
  /// With a trace.
  case slow
  /// Without one.
  case fast
}
