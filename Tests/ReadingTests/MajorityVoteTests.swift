import Determinism
import ExpertIteration
import Testing

@testable import Reading
@testable import Store

/// maj@k and any-of-k on made-up counts.
@Suite struct MajorityVoteTests {
  /// One sample of a task: the number of its answer, or nil without a vote.
  private typealias Ballot = [Int?]

  /// The answers of `votes` one by one, the optimal first, then the silent samples.
  private static func ballot(_ votes: Votes, samples: Int) -> Ballot {
    let counts = votes.optimal + votes.correct + votes.wrong
    let cast = counts.enumerated().flatMap { Array(repeating: Optional($0.offset), count: $0.element) }
    return cast + Array(repeating: nil, count: samples - cast.count)
  }

  /// By looking at every choice of `k` samples.
  private static func enumerated(_ votes: Votes, samples: Int, k: Int) -> Double {
    let ballot = ballot(votes, samples: samples)
    var (sum, choices) = (0.0, 0.0)
    for mask in 0..<(1 << samples) where mask.nonzeroBitCount == k {
      choices += 1
      var counts: [Int: Int] = [:]
      for (index, answer) in ballot.enumerated() where mask & (1 << index) != 0 {
        if let answer { counts[answer, default: 0] += 1 }
      }
      guard let most = counts.values.max() else { continue }
      let first = counts.filter { $0.value == most }.keys
      sum += Double(first.count { $0 < votes.optimal.count }) / Double(first.count)
    }
    return sum / choices
  }

  @Test(arguments: [
    Votes(optimal: [4], correct: [2], wrong: [1, 1]), Votes(optimal: [2, 2], correct: [], wrong: [3]),
    Votes(optimal: [1, 1, 1], correct: [1], wrong: [1, 1, 1]), Votes(optimal: [3], correct: [3], wrong: [3]),
    Votes(optimal: [], correct: [5], wrong: [1]), Votes(optimal: [2], correct: [], wrong: []), Votes(),
  ])
  func aVoteIsTheMeanOverEveryChoice(_ votes: Votes) {
    let samples = 9
    for k in 1...samples {
      let exact = votes.majority(of: k, samples: samples)
      #expect(abs(exact - Self.enumerated(votes, samples: samples, k: k)) < 1e-12, "k = \(k)")
    }
    #expect(abs(votes.majority(of: samples, samples: samples) - votes.majority) < 1e-12)
  }

  @Test func oneResponseIsPassAtOneAndAMajorityGrowsSure() {
    let votes = Votes(optimal: [600], correct: [], wrong: [200, 100])
    let shares = [1, 4, 16, 64].map { votes.majority(of: $0, samples: 1000) }
    #expect(abs(shares[0] - 0.6) < 1e-12)
    #expect(shares == shares.sorted() && shares[3] > 0.999 && shares[3] <= 1)
    #expect(votes.majority(of: 64, samples: 4096) < shares[3], "silent samples leave fewer votes")
  }

  /// Equal counts share the first place.
  @Test func tiesAreDividedEvenly() {
    #expect(Votes(optimal: [3], correct: [3], wrong: [3, 1]).majority == 1.0 / 3)
    #expect(Votes(optimal: [3, 3], correct: [], wrong: [3]).majority == 2.0 / 3)
    #expect(Votes().majority == 0)
  }

  /// Two tasks of four samples: one right in all, one right in a sample of four different answers.
  @Test func budgetsAreMeansOverTasks() {
    let rows = [(4, Votes(optimal: [4])), (1, Votes(optimal: [1], wrong: [1, 1, 1]))].enumerated().map {
      EvaluationRecord(
        round: 3, exerciseID: Int64($0.offset),
        tally: Tally(
          samples: 4, terminated: 4, correct: $0.element.0, optimal: $0.element.0,
          generatedTokens: 40 + 40 * $0.offset),
        votes: $0.element.1)
    }
    let budgets = Budget.all(of: rows, seed: 1)
    #expect(budgets.map(\.responses) == [1, 2, 3, 4] && budgets.allSatisfy { $0.round == 3 })
    #expect(budgets.map(\.tokens) == [15, 30, 45, 60])
    #expect(budgets.map { $0.majorityPercent?.value } == [62.5, 62.5, 62.5, 62.5])
    #expect(budgets.map(\.anyPercent.value) == [62.5, 75, 87.5, 100])
    #expect(budgets[3].anyPercent.interval == Interval(low: 100, high: 100))
    #expect(budgets[0].majorityPercent?.interval == Interval(low: 25, high: 100))
    #expect(
      budgets[1].json == """
        {"any_optimal_interval":[50.0000,100.0000],"any_optimal_pct":75.0000,\
        "majority_optimal_interval":[25.0000,100.0000],"majority_optimal_pct":62.5000,"responses":2,\
        "round":3,"set_name":"test","tokens":30.0000}
        """)
  }

  @Test func olderRowsHaveNoMajority() {
    let row = EvaluationRecord(
      round: 0, exerciseID: 1, tally: Tally(samples: 2, terminated: 2, correct: 1, optimal: 1))
    #expect(Budget.all(of: [row], seed: 1).map(\.majorityPercent) == [nil, nil])
    #expect(Budget.all(of: [], seed: 1).isEmpty)
  }

  @Test func aRunHasBudgetsOfItsFirstAndItsNewestRound() throws {
    let run = try StoredRun(accepting: true)
    let budgets = try run.reader().budgets()
    #expect(Set(budgets.map(\.round)) == [0, 1] && budgets.map(\.responses) == [1, 2, 3, 4, 1, 2, 3, 4])
    #expect(budgets.allSatisfy { $0.majorityPercent == nil })
    #expect(throws: ReadingError.unknownName(option: "--set", name: "tset", known: ["test"])) {
      try run.reader().budgets(set: "tset")
    }
  }

  @Test func manyResponsesAreDoubled() {
    #expect(Budget.numbers(upTo: 1) == [1])
    #expect(Budget.numbers(upTo: 10) == [1, 2, 3, 4, 5, 6, 7, 8, 10])
    #expect(Budget.numbers(upTo: 4096) == [1, 2, 3, 4, 5, 6, 7, 8, 16, 32, 64])
  }
}
