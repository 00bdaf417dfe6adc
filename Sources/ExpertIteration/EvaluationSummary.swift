import Determinism
import Store

/// What an evaluation says of a round, with its uncertainty over tasks. The same figures stand in the view
/// `rounds_summary`; these decide whether the round is accepted.
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
    relativeLength = ExpertIteration.relativeLength(pairs)
    random = CounterRandom(seed: seed, stream: .bootstrap, UInt64(round), 1)
    shorterInterval = ExpertIteration.shorterInterval(pairs, using: &random)
  }

  /// As rows for the store; names are those of the summary's columns, with `@dense` for the set `dense`.
  func metrics(round: Int, set: String) -> [MetricRecord] {
    let suffix = set == EvaluationSet.testName ? "" : "@\(set)"
    var named: [(String, Double?)] = [("optimal_pct", optimalPercent), ("relative_length", relativeLength)]
    named += [("optimal_pct_low", optimalInterval?.low), ("optimal_pct_high", optimalInterval?.high)]
    named += [("shorter_pct_low", shorterInterval?.low), ("shorter_pct_high", shorterInterval?.high)]
    return named.compactMap { name, value in
      value.map {
        MetricRecord(round: round, phase: Phase.evaluate.rawValue, step: 0, name: name + suffix, value: $0)
      }
    }
  }
}

extension Tally {
  /// Mean trace length of the optimal responses, in tokens; nil without one.
  var meanOptimalLength: Double? { optimal > 0 ? Double(optimalTraceTokens) / Double(optimal) : nil }
}
