import Configuration
import Determinism
import Store

/// What an evaluation says of a round, with its uncertainty over tasks. The view `rounds_summary` has the
/// same figures; these decide whether the round is accepted.
struct EvaluationSummary: Equatable {
  /// Percent of samples that are correct and optimal (pass@1), mean over tasks.
  let optimalPercent: Double
  let optimalInterval: Interval?
  /// Trace length over round 0's on the tasks optimal in both; nil without such a task or a trace.
  let relativeLength: Double?
  /// 95 % interval of `100 (1 - relativeLength)`.
  let shorterInterval: Interval?

  /// `baseline` is round 0's evaluation of the same tasks.
  init(of rows: [EvaluationRecord], baseline: [EvaluationRecord], seed: UInt64, round: Int) {
    let shares = rows.map { Double($0.tally.optimal) / Double(max(1, $0.tally.samples)) }
    optimalPercent = rows.isEmpty ? 0 : 100 * shares.reduce(0, +) / Double(shares.count)
    var random = CounterRandom(seed: seed, stream: .bootstrap, UInt64(round), 0)
    optimalInterval = bootstrapInterval(tasks: shares.count, using: &random) { weights in
      var sum = 0.0
      for (share, weight) in zip(shares, weights) { sum += share * Double(weight) }
      return 100 * sum / Double(shares.count)
    }

    var before: [Int64: Double] = [:]
    for row in baseline { before[row.exerciseID] = row.tally.meanOptimalLength }
    let pairs = rows.compactMap { row -> LengthPair? in
      guard let now = row.tally.meanOptimalLength, let then = before[row.exerciseID] else { return nil }
      return LengthPair(before: then, now: now)
    }
    relativeLength = pairs.relativeLength
    random = CounterRandom(seed: seed, stream: .bootstrap, UInt64(round), 1)
    shorterInterval = pairs.shorterInterval(using: &random)
  }

  static let optimalPercentName = "optimal_pct"
  static let relativeLengthName = "relative_length"

  /// The values as rows of the store.
  func measured(round: Int, set: String) -> [MeasuredRecord] {
    [(Self.optimalPercentName, optimalPercent), (Self.relativeLengthName, relativeLength)].compactMap {
      name, value in
      value.map { MeasuredRecord(round: round, set: set, name: name, value: $0) }
    }
  }

  /// The intervals as rows of the store.
  func intervals(round: Int, set: String) -> [IntervalRecord] {
    [(IntervalRecord.Figure.optimalPercent, optimalInterval), (.shorterPercent, shorterInterval)].compactMap {
      figure, interval in
      interval.map {
        IntervalRecord(round: round, set: set, line: nil, figure: figure, low: $0.low, high: $0.high)
      }
    }
  }
}

extension Tally {
  /// Mean trace length of the optimal responses, in the run's unit; nil without one.
  package var meanOptimalLength: Double? { optimal > 0 ? Double(optimalTraceTokens) / Double(optimal) : nil }
}
