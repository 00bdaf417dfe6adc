import Configuration
import Determinism
import ExpertIteration
import JSON
import Store
import Text

/// What so many responses a task cost, and how often a vote among them is right.
public struct Budget: Sendable, Equatable {
  public let round: Int
  public let set: String
  /// Responses a task.
  public let responses: Int
  /// All that they hold, the answers and the ends too, in the run's unit: mean over tasks.
  public let tokens: Double
  /// maj@k: percent of tasks whose most frequent answer is optimal. nil in rows from a version that counted
  /// no answers.
  public let majorityPercent: Estimate?
  /// any-of-k: percent of tasks with an optimal response among them (pass@k of Chen et al. 2021).
  public let anyPercent: Estimate

  public var json: String {
    func list(_ interval: Interval?) -> JSONTree {
      interval.map { .array([$0.low, $0.high].map { .leaf($0.fixed(decimals: 4)) }) } ?? .null
    }
    return JSONTree.object([
      "round": .number(round), "set_name": .text(set), "responses": .number(responses),
      "tokens": .leaf(tokens.fixed(decimals: 4)),
      "majority_optimal_pct": majorityPercent.map { .leaf($0.value.fixed(decimals: 4)) } ?? .null,
      "majority_optimal_interval": list(majorityPercent?.interval),
      "any_optimal_pct": .leaf(anyPercent.value.fixed(decimals: 4)),
      "any_optimal_interval": list(anyPercent.interval),
    ]).line()
  }
}

extension Budget {
  /// From 1 response to all that the evaluation has, at most 64. An evaluation without tasks has no budgets.
  static func all(of rows: [EvaluationRecord], seed: UInt64) -> [Budget] {
    guard let first = rows.first, let samples = rows.map(\.tally.samples).min() else { return [] }
    let spent = rows.reduce(0.0) { $0 + Double($1.tally.generatedTokens) / Double($1.tally.samples) }
    return numbers(upTo: samples).map { responses in
      func estimate(_ figure: UInt64, _ values: [Double]) -> Estimate {
        var random = CounterRandom(
          seed: seed, stream: .bootstrap, UInt64(first.round), 3, SampleKeys.key(ofName: first.setName),
          UInt64(responses), figure)
        return Estimate(
          value: 100 * values.reduce(0, +) / Double(values.count),
          interval: bootstrapInterval(tasks: values.count, using: &random) { weights in
            100 * zip(values, weights).reduce(0) { $0 + $1.0 * Double($1.1) } / Double(values.count)
          })
      }
      let votes = rows.compactMap { row in
        row.votes.map { $0.majority(of: responses, samples: row.tally.samples) }
      }
      return Budget(
        round: first.round, set: first.setName, responses: responses,
        tokens: Double(responses) * spent / Double(rows.count),
        majorityPercent: votes.count == rows.count ? estimate(0, votes) : nil,
        anyPercent: estimate(
          1,
          rows.map { row in
            let none = binomial(row.tally.samples - row.tally.optimal, responses)
            return 1 - none / binomial(row.tally.samples, responses)
          }))
    }
  }

  /// Each up to 8, then twice as many each time, and all of them.
  static func numbers(upTo samples: Int) -> [Int] {
    let most = min(samples, 64)
    let doubled = sequence(first: 16) { $0 * 2 }.prefix { $0 < most }
    return Array(1...min(most, 8)) + doubled + (most > 8 ? [most] : [])
  }
}

extension RunReader {
  /// Of round 0 and of the newest accepted round. Throws `ReadingError` for a set that was not evaluated,
  /// if any was.
  public func budgets(set: String = SetName.test) throws -> [Budget] {
    let known = Set(try sets().map(\.setName))
    guard known.isEmpty || known.contains(set) else {
      throw ReadingError.unknownName(option: "--set", name: set, known: known.sorted())
    }
    let accepted = try store.rounds().filter { $0.state == .accepted }.map(\.round)
    guard let first = accepted.first, let last = accepted.last else { return [] }
    let seed = try configuration().seed
    return try Set([first, last]).sorted().flatMap {
      Budget.all(of: try store.evaluations(round: $0, set: set), seed: seed)
    }
  }
}
