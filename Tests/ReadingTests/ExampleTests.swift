import Configuration
import ExpertIteration
import Store
import Testing

@testable import Reading

@Suite struct ExampleTests {
  private func row(_ id: Int64, optimal: Int, tokens: Int, correct: Int = 4, sound: Int? = nil)
    -> EvaluationRecord
  {
    EvaluationRecord(
      round: 0, exerciseID: id,
      tally: Tally(
        samples: 4, terminated: 4, correct: correct, optimal: optimal, sound: sound ?? correct,
        generatedTokens: 9999, optimalTraceTokens: optimal * tokens,
        shortestOptimal: optimal > 0 ? tokens : nil))
  }

  @Test func tasksAreChosenByWhatBecameOfThem() {
    let before = (1...6).map { row(Int64($0), optimal: 4, tokens: 100) }
    let now = [
      row(1, optimal: 4, tokens: 90), row(2, optimal: 4, tokens: 80), row(3, optimal: 4, tokens: 50),
      row(4, optimal: 1, tokens: 95), row(5, optimal: 0, tokens: 0, correct: 0),
      row(6, optimal: 4, tokens: 94, sound: 1),
    ]
    #expect(
      ExampleChoice.choices(before, now, regressed: []) == [
        ExampleChoice(reason: "the median saving", exercise: 1, wanted: .optimal),
        ExampleChoice(reason: "the largest saving", exercise: 3, wanted: .optimal),
        ExampleChoice(reason: "the largest loss of optimal answers", exercise: 5, wanted: .wrong),
        ExampleChoice(reason: "right answers from untrue traces", exercise: 6, wanted: .unsound),
      ])
    // 4 is unsolved in another round than the one that is shown.
    #expect(ExampleChoice.choices(before, now, regressed: [4, 5])[2].exercise == 5)
    #expect(
      ExampleChoice.choices(before, now, regressed: [4, 5])[2].reason == "a task that is no longer solved")
    #expect(
      ExampleChoice.choices(before, now, regressed: [4])[2].reason == "the largest loss of optimal answers")
    #expect(ExampleChoice.choices([], [], regressed: []) == [])
    let unsolved = [row(7, optimal: 0, tokens: 0, correct: 0), row(8, optimal: 0, tokens: 0, correct: 0)]
    #expect(ExampleChoice.choices(unsolved, unsolved, regressed: []).map(\.exercise) == [7])
  }

  @Test func withoutTwoAcceptedRoundsThereAreNoExamples() throws {
    let run = try StoredRun()
    let reader = try RunReader(run.directory.path)
    #expect(throws: ExamplesMissing.noRound) { try reader.examples(threads: 1) }
    try run.store.decide(RoundDecision(round: 1, .accepted, at: "2026-01-01T00:00:00Z"))
    let missing = ExamplesMissing.noCheckpoint(
      detail: "checkpoints/r00-s000010.safetensors is missing or damaged.")
    #expect(throws: missing) { try reader.examples(threads: 1) }
  }

  @Test func theFactsAreTheRows() throws {
    let run = try StoredRun()
    try run.store.decide(RoundDecision(round: 1, .accepted, at: "2026-01-01T00:00:00Z"))
    let facts = try RunReader(run.directory.path).facts(
      withDigest: false, now: "2026-01-01T00:00:00Z")
    #expect(facts.rounds.map(\.round) == [0, 1])
    #expect(facts.last?.round == 1 && facts.first?.round == 0)
    #expect(facts.pairs == 1)
    #expect(facts.sets.map(\.setName) == ["test", "test"])
    #expect(
      facts.againstReferences.map(\.name) == ["reference", "shortestLegal", "reference", "shortestLegal"])
    #expect(facts.againstReferences.last?.shorterPercent == 11.1)
    #expect(facts.digest == nil)
    #expect(facts.lineage.map(\.origin) == ["round 1", "A*"])
    #expect(facts.lineage.map(\.clauses.count) == [8, 9])
    #expect(facts.difficulties.map(\.measure) == [.optimalCost, .referenceTokens])
    let bin = try #require(facts.difficulties[0].bins.first)
    #expect((bin.from, bin.to, bin.tasks, bin.pairs) == (3, 3, 1, 1))
    #expect((bin.tokensBefore, bin.tokens, bin.referenceTokens) == (45, 40, 61.3))
    #expect(facts.difficulties[1].bins.map(\.from) == [60])
  }
}
