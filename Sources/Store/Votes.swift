/// The answers of one task's samples, equal texts together: what a vote among the samples is decided by. A
/// sample that was cut, or has no answer, has no vote.
///
///     Votes(optimal: [5], correct: [], wrong: [2, 1])     // four different answers of eight samples
public struct Votes: Sendable, Equatable, Codable {
  /// How many samples gave each answer, the most frequent first: the optimal answers, those that are correct
  /// and not optimal, and the wrong ones.
  public private(set) var optimal: [Int]
  public private(set) var correct: [Int]
  public private(set) var wrong: [Int]

  public init(optimal: [Int] = [], correct: [Int] = [], wrong: [Int] = []) {
    self.optimal = optimal.sorted(by: >)
    self.correct = correct.sorted(by: >)
    self.wrong = wrong.sorted(by: >)
  }

  /// How many samples have a vote.
  public var count: Int { (optimal + correct + wrong).reduce(0, +) }

  /// How often the most frequent answer of all samples is optimal, where each of equally frequent ones is
  /// taken as often; 0 without a vote.
  public var majority: Double {
    let all = optimal + correct + wrong
    guard let most = all.max() else { return 0 }
    return Double(optimal.count { $0 == most }) / Double(all.count { $0 == most })
  }

  /// As stored: JSON with the keys in this order.
  var text: String {
    let lists = [("optimal", optimal), ("correct", correct), ("wrong", wrong)]
    return "{"
      + lists.map { "\"\($0)\":[\($1.map(String.init).joined(separator: ","))]" }.joined(separator: ",")
      + "}"
  }
}
