import Testing

@testable import Store

/// What is written is read back, and a repeated commit changes nothing.
@Suite struct CommitTests {
  let scratch: Scratch
  let store: RunStore

  init() throws {
    scratch = try Scratch()
    store = try scratch.store()
  }

  @Test func theRunIsReadBack() throws {
    #expect(try store.run() == nil)
    try store.insertRun(Scenario.run())
    #expect(try store.run() == Scenario.run())
    var other = Scenario.run()
    other.name = "other"
    try store.insertRun(other)
    #expect(try store.run() == Scenario.run())
    try store.updateConfiguration(json: #"{"rounds": {"count": 9}}"#, sha256: sha("f"), plannedRounds: 9)
    try store.setFinished(reason: "done")
    #expect(try store.run()?.configurationSHA256 == sha("f"))
    #expect(try store.run()?.finishedReason == "done")
    #expect(try store.runState(now: noon)?.rounds == 9)
    try store.setFinished(reason: nil)
    #expect(try store.run()?.finishedReason == nil)
  }

  @Test func aRunMayPlanNoNumberOfRounds() throws {
    var run = Scenario.run()
    run.plannedRounds = nil
    try store.insertRun(run)
    #expect(try store.run()?.plannedRounds == nil)
    #expect(try store.runState(now: noon)?.rounds == nil)
  }

  @Test func anAttemptLeftOpenIsClosedAsLostAtItsLastHeartbeat() throws {
    let first = try store.beginAttempt(pid: 7, bootID: "boot", host: "host", at: noon)
    try store.heartbeat(first, at: "2025-03-01T12:00:30Z")
    let second = try store.beginAttempt(pid: 8, bootID: "boot", host: "host", at: "2025-03-01T13:00:00.250Z")
    #expect(
      try store.table("SELECT exit, ended_at FROM attempts WHERE id = \(first)") == [
        "lost|2025-03-01T12:00:30Z"
      ])
    let newest = "SELECT pid, exit, ended_at, heartbeat_at FROM attempts WHERE id = \(second)"
    #expect(try store.table(newest) == ["8|||2025-03-01T13:00:00.250Z"])
    try store.endAttempt(second, at: "2025-03-01T14:00:00Z", exit: "stopped")
    try store.endAttempt(second, at: "2025-03-01T15:00:00Z", exit: "failed")
    try store.heartbeat(second, at: "2025-03-01T16:00:00Z")
    #expect(try store.table(newest) == ["8|stopped|2025-03-01T14:00:00Z|2025-03-01T14:00:00Z"])
  }

  @Test func aRoundIsReadBack() throws {
    try Scenario.zero(store)
    let round = try #require(try store.round(0))
    #expect(
      round
        == RoundRecord(
          round: 0, state: .accepted, checkpoint: 100, startedAt: noon, endedAt: noon,
          trainSetSHA256: sha("c"), trainTokens: 12_345, trainedSequences: 300))
    #expect(round.phase == nil)
    #expect(try store.rounds() == [round])
    #expect(try store.round(1) == nil)
    let seconds = "SELECT phase, seconds FROM phase_seconds WHERE round = 0 ORDER BY phase"
    #expect(try store.table(seconds) == ["evaluate|2.2", "train|10.4"])
    try store.addSeconds(round: 0, phase: .train, seconds: 1)
    #expect(try store.table(seconds) == ["evaluate|2.2", "train|11.4"])
  }

  @Test func aDecisionStands() throws {
    try Scenario.zero(store)
    try store.decide(RoundDecision(round: 0, .accepted, at: "2025-03-02T00:00:00Z"))
    #expect(try store.round(0)?.endedAt == noon)
    #expect(
      rule { try store.decide(RoundDecision(round: 0, .rejected(reason: "worse"), at: noon)) }
        == "a decided round does not change")
    #expect(rule { try store.setPhase(round: 0, to: .train) } == "a decided round does not change")
    #expect(rule { try store.setPhase(round: 5, to: .train) } == "there is no round 5")
  }

  @Test func exercisesAreReadBackInOrder() throws {
    try Scenario.all(store)
    let training = try store.exercises(split: "train")
    #expect(training.map(\.id) == [1, 2, 3, 8])
    var expected = Scenario.exercise(8, "train", round: 1, length: 40)
    expected.id = 8
    #expect(training.last == expected)
    #expect(try store.exercise(id: 8) == expected)
    #expect(try store.exercise(id: 99) == nil)
    #expect(try store.exercises(split: "train", rounds: 0...0).map(\.id) == [1, 2, 3])
    #expect(try store.exercises(split: "train", rounds: 1...2).map(\.id) == [8])
    #expect(try store.exercises(split: "train", after: 1, limit: 2).map(\.id) == [2, 3])
    #expect(try store.exerciseCount(split: "train") == 4)
    #expect(try store.exerciseCount(split: "train", round: 1) == 1)
  }

  /// The paper's rule replaces whatever there is; every other method only what is longer.
  @Test func aLongerTraceIsKeptByThePapersRuleAlone() throws {
    for isKept in [true, false] {
      let scratch = try Scratch()
      let store = try scratch.store()
      var run = Scenario.run()
      run.keepsLonger = isKept
      try store.insertRun(run)
      try Scenario.zero(store)
      try store.beginRound(RoundRecord(round: 1, parentCheckpoint: 100, startedAt: noon))
      let longer = Scenario.trace(1, round: 1, length: 35)
      func keep() throws { try store.commitCuration(round: 1, kept: [longer], nextPhase: .train) }
      if isKept {
        try keep()
        #expect(try store.newestKeptTraces().map(\.traceLength) == [35])
      } else {
        #expect(rule(keep) == "a kept trace is strictly shorter than the one it replaces, its parent")
      }
    }
  }

  @Test func referenceLinesStayOnceThere() throws {
    try Scenario.begin(store)
    let expected = [("reference", 200.0), ("shortest", 150)].map {
      ReferenceRecord(exerciseID: 5, name: $0, tokens: $1)
    }
    #expect(try store.references(exerciseID: 5) == expected)
    try store.insertReferences([
      ReferenceRecord(exerciseID: 5, name: "reference", tokens: 1),
      ReferenceRecord(exerciseID: 5, name: "path", tokens: 2),
    ])
    #expect(try store.references(exerciseID: 5).map(\.tokens) == [2, 200, 150])
    #expect(try store.references(exerciseID: 1).isEmpty)
    #expect(try store.exercisesWithoutReferences(["reference", "shortest"]).isEmpty)
    #expect(try store.exercisesWithoutReferences(["reference", "path"]).map(\.id) == [4, 6, 7])
    #expect(try store.exercisesWithoutReferences(["other"]).map(\.id) == [4, 5, 6, 7])
  }

  @Test func measuresAreReadBack() throws {
    try Scenario.zero(store)
    #expect(
      try store.evaluations(round: 0).map(\.measures)
        == Scenario.firstEvaluation.enumerated().map {
          Scenario.measures(of: $1, exercise: 4 + $0)
        })
  }

  @Test func aRepeatedBlockOfExercisesAddsNothing() throws {
    try Scenario.begin(store)
    let block = [Scenario.exercise(11, "train"), Scenario.exercise(12, "train")]
    #expect(try store.appendExercises(block, split: "train", nextIndex: 200) == 2)
    let before = try store.canonicalDigestRows()
    #expect(try store.appendExercises(block, split: "train", nextIndex: 200) == 0)
    #expect(try store.appendExercises(block, split: "train", nextIndex: 150) == 0)
    #expect(try store.canonicalDigestRows() == before)
    #expect(try store.nextExerciseIndex(split: "train") == 200)
  }

  @Test func aKnownPromptIsLeftOutAndTakesNoID() throws {
    try Scenario.begin(store)
    var twin = Scenario.exercise(11, "train")
    twin.prompt = "start 1 goal"
    twin.identitySHA256 = layout(1)
    let block = [twin, Scenario.exercise(12, "train")]
    #expect(try store.appendExercises(block, split: "train", nextIndex: 200) == 1)
    #expect(try store.exercises(split: "train").map(\.id) == [1, 2, 3, 8])
  }

  @Test func atTheLimitTheCursorStopsAfterTheLastOneAdded() throws {
    try Scenario.begin(store)
    let block = (11...15).map { Scenario.exercise($0, "train") }
    #expect(try store.appendExercises(block, split: "train", upTo: 2, nextIndex: 200) == 2)
    #expect(try store.nextExerciseIndex(split: "train") == 121)
    #expect(try store.appendExercises(block, split: "train", upTo: 9, nextIndex: 200) == 3)
    #expect(try store.nextExerciseIndex(split: "train") == 200)
    #expect(try store.nextExerciseIndex(split: "test") == 100)
  }

  @Test func aBlockOfAnotherSplitIsRefused() throws {
    try Scenario.begin(store)
    let block = [Scenario.exercise(11, "test")]
    #expect(rule { try store.appendExercises(block, split: "train", nextIndex: 200) } != nil)
    #expect(rule { try store.appendExercises(block, split: "test", nextIndex: 110) } != nil)
  }

  @Test func samplingsAreReadBackAndARepeatAddsNothing() throws {
    try Scenario.all(store)
    let rows = [
      Scenario.sampling(1, round: 1, best: 25), Scenario.sampling(3, round: 1, best: nil),
      Scenario.sampling(8, round: 1, best: 32),
    ]
    #expect(try store.samplings(round: 1) == rows)
    #expect(try store.sampledExerciseIDs(round: 1) == [1, 3, 8])
    let faults = "SELECT kind, count FROM fault_counts WHERE round = 1 AND source = 'sample' ORDER BY kind"
    #expect(try store.table(faults) == ["planEntersWall|3"])
    try store.commitSampling(round: 1, rows: rows, faults: ["planEntersWall": 3])
    try store.commitSampling(round: 1, rows: [rows[1]], faults: ["planEntersWall": 1])
    #expect(try store.samplings(round: 1) == rows)
    #expect(try store.table(faults) == ["planEntersWall|3"])
    try store.commitSampling(
      round: 1, rows: [Scenario.sampling(2, round: 1, best: nil)],
      faults: ["planEntersWall": 1, "noAnswer": 1])
    #expect(try store.table(faults) == ["noAnswer|1", "planEntersWall|4"])
  }

  @Test func aBatchThatIsThereInPartIsRefused() throws {
    try Scenario.all(store)
    let rows = [Scenario.sampling(1, round: 1, best: nil), Scenario.sampling(2, round: 1, best: nil)]
    #expect(
      rule { try store.commitSampling(round: 1, rows: rows, faults: [:]) }
        == "1 of a batch's 2 exercises are in the store already")
    #expect(
      rule { try store.commitSampling(round: 2, rows: rows, faults: [:]) } == "a batch belongs to one round")
  }

  @Test func evaluationsAreReadBackAndARepeatAddsNothing() throws {
    try Scenario.zero(store)
    let rows = Scenario.evaluations(Scenario.firstEvaluation, round: 0)
    try store.commitEvaluation(round: 0, rows: rows, faults: ["planEntersWall": 2])
    #expect(try store.evaluations(round: 0) == rows)
    #expect(try store.evaluatedExerciseIDs(round: 0) == [4, 5, 6, 7])
    #expect(try store.evaluatedExerciseIDs(round: 0, set: "large") == [])
    #expect(
      try store.table("SELECT source, count FROM fault_counts WHERE kind = 'planEntersWall'") == ["test|2"])
    var large = rows[0]
    large.setName = "large"
    #expect(
      rule { try store.commitEvaluation(round: 0, rows: [large], faults: [:]) }
        == "a batch belongs to one set")
    try store.commitEvaluation(round: 0, set: "large", rows: [large], faults: [:])
    #expect(try store.evaluations(round: 0, set: "large") == [large])
  }

  @Test func keptTracesAreReadBackAndARepeatAddsNothing() throws {
    try Scenario.all(store)
    let one = try store.keptTraces(round: 1)
    #expect(one.map(\.traceLength) == [25, 32])
    #expect(try store.keptTraces(exerciseID: 1).map(\.traceLength) == [25, 20])
    #expect(try store.newestKeptTraces().map(\.traceLength) == [20, 32])
    #expect(try store.newestKeptTraces(rounds: 0...1) == one)
    #expect(try store.newestKeptTraces(rounds: 2...2).map(\.parentTraceID) == [one[0].id])
    #expect(try store.incumbentTraceIDs() == [1: 3, 8: 2])
    #expect(try store.incumbentLengths() == [1: 20, 8: 32])
    let two = try store.keptTraces(round: 2)
    try store.commitCuration(round: 2, kept: two, nextPhase: .train)
    #expect(try store.keptTraces(round: 2) == two)
    #expect(try store.round(2)?.phase == .train)
  }

  @Test func theFirstValueOfAMetricStays() throws {
    try Scenario.begin(store)
    func metric(_ value: Double, step: Int = 1) -> MetricRecord {
      MetricRecord(round: 0, phase: .train, step: step, name: "loss", value: value)
    }
    let checkpoint = Scenario.checkpoint(round: 0)
    try store.insertCheckpoint(checkpoint, metrics: [metric(0.1), metric(0.3, step: 0)])
    try store.insertCheckpoint(checkpoint, metrics: [metric(0.2)])
    #expect(try store.metric(round: 0, phase: .train, step: 0, name: "loss") == 0.3)
    #expect(try store.metric(round: 0, phase: .train, step: 1, name: "loss") == 0.1)
    #expect(try store.metric(round: 0, phase: .train, step: 1, name: "gain") == nil)
  }
}
