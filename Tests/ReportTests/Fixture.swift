import Configuration
import ExpertIteration
import Learning
import Text
import Words

@testable import Reading
@testable import Search
@testable import Store

/// Runs as their rows would have them, by hand.
enum Fixture {
  static func round(
    _ number: Int, state: RoundState = .accepted, optimal: Double? = 70, shorter: Double? = 0,
    sound: Double = 80,
    legal: Double = 40, cut: Double = 0.5, improved: Int = 5
  ) -> RoundSummary {
    RoundSummary(
      round: number, state: state, optimalPercent: optimal, solvedPercent: optimal, anyOptimalPercent: 95,
      traceTokens: optimal.map { _ in 100 - (shorter ?? 0) }, referenceTraceTokens: 100, ilrOnOptimal: 1,
      pairedTokensBefore: 100, pairedTokens: 100 - (shorter ?? 0), shorterPercent: shorter,
      soundPercent: sound, legalPercent: legal, truncatedPercent: cut, improved: improved, kept: 2 * improved,
      trainTokens: 1000, sampledTokens: 2000, seconds: 61, optimalPercentLow: optimal.map { $0 - 2 },
      optimalPercentHigh: optimal.map { $0 + 2 }, shorterPercentLow: shorter.map { $0 - 1 },
      shorterPercentHigh: shorter.map { $0 + 1 })
  }

  static func set(
    _ name: String, _ round: Int, optimal: Double, sound: Double = 80
  ) -> SetSummary {
    var summary = SetSummary(round: round, setName: name, tasks: 100, samples: 8)
    (summary.optimalPercent, summary.solvedPercent, summary.anyOptimalPercent) = (optimal, optimal, 95)
    (summary.swc, summary.ilrOnSolved, summary.ilrOnOptimal) = (0.97, 1, 1)
    (summary.traceTokens, summary.referenceTokens, summary.clauses, summary.expansions) = (100, 100, 20, 8)
    (summary.soundPercent, summary.legalPercent, summary.truncatedPercent) = (sound, 40, 0.5)
    return summary
  }

  static let lines: [(ReferenceLine, Double)] = [
    (
      ReferenceLine(
        name: "reference", title: "A*, a coin per tie, mean of 64 runs", phrase: "A* with a coin per tie"),
      100
    ),
    (
      ReferenceLine(
        name: "shortestLegal", title: "shortest run of A*", phrase: "the shortest run that A* can have",
        isBound: true), 85
    ),
  ]

  static func facts(
    name: String = "maze", terms: DomainTerms = .search, lines: [(ReferenceLine, Double)] = Fixture.lines,
    rounds: [RoundSummary], sets: [SetSummary] = [], below: Double = 0,
    method: TraceMethod = .expertIteration, strides: [RunFacts.StrideCount] = [],
    chanceLevel: ChanceLevel? = nil,
    state: RunStatus = .finished, rejection: String? = nil, unit: LengthUnit = LengthUnit(),
    budgets: [Budget] = []
  ) -> RunFacts {
    var configuration = RunConfiguration(domain: .maze(MazeSettings(width: 5, height: 5)))
    configuration.method = method
    let last = rounds.last { $0.state == .accepted }?.round
    return RunFacts(
      name: name, domain: "maze", terms: terms, codeVersion: "0", createdAt: "2025-03-01T12:00:00Z",
      configuration: configuration, configurationSHA256: "c0ffee", learner: "built-in",
      learnerSHA256: "beef", unit: unit, promise: .reproducible, digest: "d1",
      state: state, finishedReason: state == .finished ? "all rounds are done" : nil, rounds: rounds,
      origins: rounds.map {
        RunFacts.RoundOrigin(
          round: $0.round, state: $0.state, reason: $0.state == .rejected ? rejection : nil,
          trainSetSHA256: "ab", checkpoint: "checkpoints/r.safetensors", checkpointSHA256: "cd")
      }, sets: sets, budgets: budgets,
      references: lines.map { line, tokens in
        ReferenceComparison(
          line: line,
          summary: ReferenceSummary(
            name: line.name, tokens: tokens, relative: tokens / 100, round: last, shorterPercent: 5,
            shorterPercentLow: 4, shorterPercentHigh: 6, belowPercent: line.isBound ? below : 90))
      },
      againstReferences: rounds.flatMap { round in
        lines.map { line, tokens in
          RoundAgainstReference(
            round: round.round, name: line.name, tasks: 90, traceTokens: round.traceTokens ?? 0,
            referenceTokens: tokens, shorterPercent: 5, shorterPercentLow: 4, shorterPercentHigh: 6,
            belowPercent: 50)
        }
      },
      failures: [FailureCount(round: 0, source: "test", reason: "planEntersWall", count: 7, percent: 1.75)],
      histogram: [LengthBin(round: nil, from: 90, to: 99, exercises: 3)], strides: strides,
      chanceLevel: chanceLevel, difficulties: [],
      pairs: 90,
      lineage: [
        RunFacts.Generation(
          ancestor: Ancestor(
            traceID: 3, generation: 0, exerciseID: 9, origin: "round 1", attempt: 4, tokens: 10, sound: true,
            legal: false, trace: "a c"), origin: "round 1", isSound: true, isLegal: false,
          clauses: ["a", "c"]),
        RunFacts.Generation(
          ancestor: Ancestor(
            traceID: 3, generation: 1, exerciseID: 9, origin: "A*", attempt: nil, tokens: 15, sound: true,
            legal: true, trace: "a b c"), origin: terms.reference, isSound: true, isLegal: true,
          clauses: ["a", "b", "c"]),
      ])
  }

  /// Figure 1 of the paper, A* beside a trace with an untrue step and a wrong plan.
  static func example() throws -> ExampleTask {
    let domain = try MazeDomain(MazeSettings(width: 3, height: 3))
    let prompt = try domain.prompt(of: "start 0 2 goal 1 0 wall 1 2 wall 2 0")
    func response(_ origin: String, _ words: String) throws -> ExampleTask.Response {
      let writing = try domain.writing(of: words)
      let parts = domain.parts(of: writing)
      let judgement = domain.judge(writing.words, isTerminated: true, to: prompt.words)
      return ExampleTask.Response(
        origin: origin, sample: origin == "A*" ? nil : 1, samples: 8,
        trace: domain.text(of: parts.trace), answer: domain.text(of: parts.answer),
        verdict: ShownVerdict(judgement, traceLength: parts.trace.words.count),
        replay: domain.pictures?.replay(of: writing, isTerminated: true, to: prompt),
        entries: domain.pictures?.entries(of: writing, to: prompt))
    }
    return ExampleTask(
      reason: "the <median> saving", exercise: 7, prompt: "start 0 2 goal 1 0 wall 1 2 wall 2 0",
      optimalCost: 3,
      references: [], diagram: nil,
      responses: [
        try response(
          "A*", "create 0 2 c0 c3 close 0 2 c0 c3 create 0 1 c1 c2 close 0 1 c1 c2 plan 0 2 plan 0 1"),
        try response("round 2", "create 0 2 c0 c3 close 0 2 c0 c3 create 0 1 c1 c1 plan 0 2 plan 1 1"),
      ])
  }
}
