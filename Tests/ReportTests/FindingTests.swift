import Configuration
import ExpertIteration
import Testing

@testable import Reading
@testable import Report

/// What went wrong stands in the headline, computed.
@Suite struct FindingTests {
  private func texts(_ facts: RunFacts, _ weight: Finding.Weight) -> [String] {
    facts.findings(beside: []).filter { $0.weight == weight }.map(\.text)
  }

  @Test func aGoodRunHasOnlyLimits() {
    let facts = Fixture.facts(
      rounds: [Fixture.round(0), Fixture.round(1, optimal: 75, shorter: 10)],
      sets: [Fixture.set("larger", 0, optimal: 30), Fixture.set("larger", 1, optimal: 31)])
    #expect(texts(facts, .fault) == [])
    #expect(
      texts(facts, .limit) == [
        "One seed (1): the intervals are over tasks, not over runs.",
        "The rise of pass@1 may be no more than that of more training; a run with \"method\": "
          + "\"continued\" is the baseline that tells.",
      ])
  }

  @Test func everyFallIsSaid() {
    let facts = Fixture.facts(
      rounds: [
        Fixture.round(0), Fixture.round(1, optimal: 74, shorter: 10, sound: 90),
        Fixture.round(2, state: .rejected, optimal: 50, shorter: 12),
        Fixture.round(3, optimal: 65, shorter: 10, sound: 70, legal: 1, cut: 2.5),
      ], sets: [Fixture.set("larger", 0, optimal: 30), Fixture.set("larger", 3, optimal: 20, sound: 60)],
      below: 48.9,
      rejection: "optimal_pct fell")
    #expect(
      texts(facts, .fault) == [
        "pass@1 fell from 70.0 % in round 0 to 65.0 %, by more than its interval.",
        "pass@1 was higher before: 74.0 % in round 1, more than the interval above the last round's.",
        "The share of sound traces fell from 90.0 % in round 1 to 70.0 %: more right answers rest on "
          + "untrue steps.",
        "The share of legal traces fell from 40.0 % in round 0 to 1.0 %: fewer of them are whole "
          + "runs of the search they imitate.",
        "On 48.9 % of the solved tasks the mean trace is shorter than any run of the search can be. Such a "
          + "trace is no run of it.",
        "2.5 % of the responses were cut at the length limit; they count as failed.",
        "Round 2 was rejected: optimal_pct fell.",
        "Round 3 did not shorten the traces: 10.0 % before it, 10.0 % after.",
        "On the set larger, pass@1 fell from 30.0 % to 20.0 %.",
        "On the set larger, the share of sound traces fell from 80.0 % to 60.0 %.",
      ])
  }

  @Test func aRoundWithoutAShorterTraceIsSaidOnlyWhereTheMethodSeeksThem() {
    let rounds = [Fixture.round(0), Fixture.round(1, optimal: 75, shorter: 2, improved: 0)]
    #expect(texts(Fixture.facts(rounds: rounds), .fault) == ["Round 1 found no shorter trace."])
    for method in [TraceMethod.continued, .traceDropping] {
      #expect(texts(Fixture.facts(rounds: rounds, method: method), .fault) == [])
    }
  }

  @Test func aChangeThatMayBeNoneIsSaid() {
    let none = Fixture.facts(rounds: [Fixture.round(0), Fixture.round(1, optimal: 75, shorter: 0.5)])
    #expect(
      texts(none, .fault) == ["The interval of the change in length holds zero: it may be none at all."])
    let longer = Fixture.facts(rounds: [Fixture.round(0), Fixture.round(1, optimal: 75, shorter: -4)])
    #expect(texts(longer, .fault).first == "The traces got longer.")
  }

  @Test func theBaselineSaysWhetherTheRiseIsTheRounds() {
    let facts = Fixture.facts(rounds: [Fixture.round(0), Fixture.round(1, optimal: 75, shorter: 10)])
    func limits(_ high: Double) -> [String] {
      let baseline = Comparison.ComparedRun(
        directory: "c", method: .continued, curation: .sound, seed: 2, round: 1, tasks: 90,
        optimalPercent: 74,
        above: Estimate(value: -1, interval: Interval(low: -4, high: high)), pairs: 80, tokens: 101,
        shorter: nil,
        soundPercent: 80, legalPercent: 40, trainTokens: 1, sampledTokens: 1, seconds: 1)
      return facts.findings(beside: [baseline]).map(\.text).filter { $0.contains("raining alone") }
    }
    #expect(limits(-0.5) == [])
    #expect(
      limits(2) == [
        "More training alone reaches a pass@1 of 74.0 % beside 75.0 %, within the interval or above: its "
          + "rise is no merit of shorter traces."
      ])
  }

  @Test func anUnfinishedRunSaysSo() {
    let facts = Fixture.facts(
      rounds: [Fixture.round(0), Fixture.round(1, optimal: 69, shorter: 4)], state: .running)
    #expect(texts(facts, .limit).contains("The run is not finished (running); the figures are those so far."))
    #expect(
      texts(facts, .limit).contains("pass@1 is 1.0 points below round 0's, which is within its interval."))
    #expect(facts.findings(beside: []).contains { $0.text.hasPrefix("No other set of tasks was evaluated") })
  }
}
