import Configuration
import Determinism
import Reading
import Store
import Testing

@testable import ExpertIteration

@Suite struct StatisticsTests {
  private func mean(of values: [Double], weights: [Int32]) -> Double {
    zip(values, weights).reduce(0) { $0 + $1.0 * Double($1.1) } / Double(values.count)
  }

  @Test func theIntervalOfAConstantIsThatConstant() throws {
    var random = CounterRandom(seed: 1, stream: .bootstrap, 0)
    let values = [Double](repeating: 3, count: 40)
    let interval = try #require(
      bootstrapInterval(tasks: 40, using: &random) { mean(of: values, weights: $0) })
    #expect(interval == Interval(low: 3, high: 3))
    #expect(bootstrapInterval(tasks: 0, using: &random) { _ in 0 } == nil)
  }

  /// Coverage by simulation: the interval of a mean of 100 coin flips holds the true mean in about 95 of 100
  /// repetitions. 400 repetitions: a standard error of 1.1 points; the band allows the percentile method's
  /// known slight under-coverage.
  @Test func theIntervalHoldsTheTruthAboutNineteenTimesInTwenty() throws {
    var covered = 0
    for repetition in 0..<400 {
      var random = CounterRandom(seed: 2, stream: .bootstrap, UInt64(repetition))
      let values = (0..<100).map { _ in random.unitDouble() < 0.7 ? 1.0 : 0.0 }
      let interval = try #require(
        bootstrapInterval(tasks: 100, resamples: 400, using: &random) { mean(of: values, weights: $0) })
      covered += interval.low <= 0.7 && 0.7 <= interval.high ? 1 : 0
    }
    #expect((364...392).contains(covered), "covered \(covered) of 400")
  }

  /// The same of the paired length: bases of 50 to 150 tokens, each shortened to a share of 0.6 to 1 of its
  /// own, alike in the long run: 20 %.
  @Test func theIntervalOfAShorteningHoldsTheTruthToo() throws {
    var covered = 0
    for repetition in 0..<400 {
      var random = CounterRandom(seed: 3, stream: .bootstrap, UInt64(repetition))
      let pairs = (0..<80).map { _ in
        let before = 50 + 100 * random.unitDouble()
        return LengthPair(before: before, now: before * (0.6 + 0.4 * random.unitDouble()))
      }
      let interval = try #require(pairs.shorterInterval(using: &random))
      covered += interval.low <= 20 && 20 <= interval.high ? 1 : 0
    }
    #expect((364...392).contains(covered), "covered \(covered) of 400")
  }

  @Test func aShorteningIsAllOfOneOverAllOfTheOther() {
    let pairs = [LengthPair(before: 100, now: 50), LengthPair(before: 300, now: 270)]
    #expect(pairs.relativeLength == 0.8)
    #expect([LengthPair]().relativeLength == nil && [LengthPair(before: 0, now: 0)].relativeLength == nil)
  }

  private func row(_ id: Int64, optimal: Int, tokens: Int) -> EvaluationRecord {
    var tally = Tally()
    tally.samples = 4
    tally.terminated = 4
    tally.correct = optimal
    tally.optimal = optimal
    tally.optimalTraceTokens = tokens
    return EvaluationRecord(round: 1, exerciseID: id, tally: tally)
  }

  @Test func lengthsAreComparedOnTasksOptimalInBothRounds() {
    let before = [
      row(1, optimal: 2, tokens: 200), row(2, optimal: 4, tokens: 200), row(3, optimal: 0, tokens: 0),
    ]
    let after = [
      row(1, optimal: 4, tokens: 320), row(2, optimal: 0, tokens: 0), row(3, optimal: 4, tokens: 40),
    ]
    let summary = EvaluationSummary(of: after, baseline: before, seed: 1, round: 1)
    // Task 1 alone is optimal in both: 100 tokens before, 80 now.
    #expect(summary.relativeLength == 0.8)
    #expect(abs(summary.optimalPercent - 100 * 2 / 3) < 1e-9)
    #expect(summary.shorterInterval.map { abs($0.low - 20) < 1e-9 && abs($0.high - 20) < 1e-9 } == true)
  }

  @Test func anEvaluationWithoutOptimalAnswersHasNoLength() {
    let none = [row(1, optimal: 0, tokens: 0)]
    let summary = EvaluationSummary(of: none, baseline: none, seed: 1, round: 0)
    #expect(summary.relativeLength == nil)
    #expect(summary.optimalPercent == 0)
    #expect(
      summary.measured(round: 0, set: "test").map(\.name) == ["optimal_pct"])
    #expect(summary.intervals(round: 0, set: "test").map(\.figure) == [.optimalPercent])
  }
}
