import Testing

@testable import Store

/// Runs of learners that are not built in: tasks without a reference, and responses kept as text.
@Suite struct LearnerTests {
  let scratch: Scratch
  let store: RunStore

  init() throws {
    scratch = try Scratch()
    store = try scratch.store()
    var run = Scenario.run()
    run.learner = "a server"
    run.lengthUnit = "words"
    run.promise = "recorded"
    try store.insertRun(run)
    try Scenario.zero(store)
  }

  /// Exercise 8, without a reference, sampled in round 1. `incumbent`: what its samples had to beat.
  func sample(incumbent: Double?, best: Int?) throws {
    try store.beginRound(RoundRecord(round: 1, parentCheckpoint: 100, startedAt: noon))
    var task = Scenario.exercise(8, "train", round: 1)
    task.trace = nil
    task.traceLength = nil
    task.optimalCost = nil
    try store.appendExercises([task], split: "train", nextIndex: 200)
    task.id = 8
    #expect(try store.exercise(id: 8) == task)
    var sampling = Scenario.sampling(8, round: 1, best: best)
    sampling.incumbentLength = incumbent
    try store.commitSampling(round: 1, rows: [sampling], faults: [:])
    #expect(try store.samplings(round: 1) == [sampling])
  }

  func keep(_ length: Int) throws {
    try store.commitCuration(
      round: 1, kept: [Scenario.trace(8, round: 1, length: length)], nextPhase: .train)
  }

  static let refusal = "a kept trace is strictly shorter than the one it replaces, its parent"

  @Test func theRunSaysWhatItsLearnerIs() throws {
    let run = try #require(try store.run())
    #expect(run.learner == "a server" && run.lengthUnit == "words" && run.promise == "recorded")
    #expect(try store.runState(now: noon)?.lengthUnit == "words")
    #expect(try store.runState(now: noon)?.promise == "recorded")
  }

  @Test func theFirstKeptTraceIsShorterThanWhatTheSamplesHadToBeat() throws {
    try sample(incumbent: 60.5, best: 60)
    #expect(rule { try keep(61) } == Self.refusal)
    try keep(60)
    #expect(try store.incumbentLengths() == [8: 60])
    #expect(
      try store.table("SELECT * FROM best_traces WHERE exercise = 8") == ["train|8|||60||1|close 60"])
    #expect(
      try store.table("SELECT generation, origin, tokens FROM lineage WHERE trace_id = 1") == [
        "0|round 1|60"
      ])
    #expect(try store.longestLineage().map(\.tokens) == [60])
  }

  @Test func withoutAnythingToBeatNothingIsKept() throws {
    try sample(incumbent: nil, best: 60)
    #expect(rule { try keep(60) } == Self.refusal)
    try store.execute("UPDATE runs SET keeps_longer = 1")
    try keep(60)
  }

  @Test func aTaskWithoutReferenceNorKeptTraceHasNoBestTrace() throws {
    try sample(incumbent: 10, best: nil)
    #expect(try store.table("SELECT * FROM best_traces WHERE exercise = 8") == ["train|8||||||"])
  }

  @Test func responsesAreReadBackAndARepeatAddsNothing() throws {
    func response(_ attempt: Int, isOptimal: Bool) -> ResponseRecord {
      ResponseRecord(
        round: 0, setName: "dense", exerciseID: 4, attempt: attempt, trace: "close \(attempt)",
        answer: "plan", length: 5, terminated: true, correct: isOptimal, optimal: isOptimal, sound: true,
        legal: true)
    }
    var row = Scenario.evaluations(Scenario.firstEvaluation, round: 0)[0]
    row.setName = "dense"
    let responses = [response(3, isOptimal: false), response(1, isOptimal: true)]
    for _ in 0..<2 {
      try store.commitEvaluation(
        round: 0, set: "dense", rows: [row], faults: [:], responses: responses)
    }
    #expect(
      try store.responses(round: 0, set: "dense", exerciseID: 4) == [responses[1], responses[0]])
    #expect(try store.responses(round: 0, exerciseID: 4) == [])
    let rows = try store.canonicalDigestRows().filter { $0.hasPrefix("response") }
    #expect(
      rows == [
        "response\t0\tdense\ttest\t40\t1\tclose 1\tplan\t5\t1\t1\t1\t1\t1",
        "response\t0\tdense\ttest\t40\t3\tclose 3\tplan\t5\t1\t0\t0\t1\t1",
      ])
  }

  @Test func aResponseOfAnotherBatchUndoesItsTransaction() throws {
    var row = Scenario.evaluations(Scenario.firstEvaluation, round: 0)[0]
    row.setName = "dense"
    var response = ResponseRecord(
      round: 0, setName: "dense", exerciseID: 5, attempt: 0, trace: "", answer: "", length: 0,
      terminated: false, correct: false, optimal: false, sound: false, legal: false)
    func commit() throws {
      try store.commitEvaluation(round: 0, set: "dense", rows: [row], faults: [:], responses: [response])
    }
    #expect(rule(commit) == "a response belongs to an exercise of its batch")
    response.exerciseID = 4
    response.round = 1
    #expect(rule(commit) == "a response belongs to an exercise of its batch")
    response.round = 0
    response.setName = "test"
    #expect(rule(commit) == "a batch belongs to one set")
    response.setName = "dense"
    response.attempt = 4
    #expect(rule(commit) == "a response is one of the samples of its exercise")
    #expect(try store.evaluatedExerciseIDs(round: 0, set: "dense") == [])
  }
}
