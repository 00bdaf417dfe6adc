import Testing

@testable import Store

/// What a report reads is what the views say; the figures are those of `ViewTests`.
@Suite struct ReportRowTests {
  let scratch: Scratch
  let store: RunStore

  init() throws {
    scratch = try Scratch()
    store = try scratch.store()
    try Scenario.all(store)
  }

  @Test func setsAndLinesAreReadAsTheyAre() throws {
    let sets = try store.setSummaries()
    #expect(sets.map(\.round) == [0, 1] && sets.map(\.setName) == ["test", "test"])
    #expect(sets.map(\.optimalPercent) == [43.8, 62.5])
    #expect(sets.map(\.swc) == [0.75, 0.938])
    #expect(sets.map(\.ilrOnSolved) == [0.773, 1.926])
    #expect(sets.map(\.distinctCorrect) == [1.25, 2])
    #expect(sets.map(\.truncatedPercent) == [6.3, 0])
    #expect(
      try store.roundsAgainstReferences().last
        == RoundAgainstReference(
          round: 1, name: "shortest", tasks: 3, traceTokens: 63.3, referenceTokens: 56.7,
          shorterPercent: -11.8, shorterPercentLow: nil, shorterPercentHigh: nil, belowPercent: 0))
  }

  @Test func theLongestLineageEndsWithAStar() throws {
    let lineage = try store.longestLineage()
    #expect(lineage.map(\.origin) == ["round 2", "round 1", "reference"])
    #expect(lineage.map(\.tokens) == [20, 25, 30])
    #expect(lineage.map(\.generation) == [0, 1, 2])
    #expect(lineage.allSatisfy { $0.traceID == 3 && $0.exerciseID == 1 })
    #expect(lineage.map(\.attempt) == [2, 2, nil])
  }

  @Test func nothingKeptHasNoLineage() throws {
    let empty = try Scratch()
    let store = try empty.store()
    try Scenario.begin(store)
    #expect(try store.longestLineage() == [])
    #expect(try store.difficulty(by: .optimalCost, round: 0) == [])
  }

  /// Exercises 4 and 7 are solved optimally in both rounds: 100 and 80 tokens before, 80 and 60 now.
  @Test(arguments: DifficultyMeasure.allCases) func binsHoldEveryTaskOnce(measure: DifficultyMeasure) throws {
    let bins = try store.difficulty(by: measure, round: 1)
    #expect(bins.reduce(0) { $0 + $1.tasks } == 4)
    #expect(bins.reduce(0) { $0 + $1.pairs } == 2)
    #expect(bins.count <= 8 && bins.allSatisfy { $0.from <= $0.to })
    #expect(zip(bins, bins.dropFirst()).allSatisfy { $0.to < $1.from })
    let before = bins.reduce(0) { $0 + Double($1.pairs) * ($1.tokensBefore ?? 0) }
    let now = bins.reduce(0) { $0 + Double($1.pairs) * ($1.tokens ?? 0) }
    #expect((before, now) == (180, 140))
    #expect(try scratch.shell(measure.query(round: 1)).count == bins.count)
  }

  @Test func failuresHistogramAndRegressionsAreRead() throws {
    let failures = try store.failuresByReason()
    let count = try store.table("SELECT count(*) FROM failures_by_reason")
    #expect([String(failures.count)] == count)
    #expect(try store.lengthHistogram().filter { $0.round == 1 }.map(\.from) == [50, 60, 80])
    #expect(try store.lengthHistogram().contains { $0.round == nil })
    #expect(try store.regressedExerciseIDs() == [5])
  }
}
