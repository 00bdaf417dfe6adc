import Testing

@testable import Store

/// The rows of checkpoints.
@Suite struct CheckpointTests {
  let scratch: Scratch
  let store: RunStore

  init() throws {
    scratch = try Scratch()
    store = try scratch.store()
    try Scenario.begin(store)
  }

  func insert(_ round: Int, steps: [Int]) throws {
    for step in steps {
      try store.insertCheckpoint(Scenario.checkpoint(round: round, step: step, isFinal: false), metrics: [])
    }
  }

  @Test func aCheckpointIsReadBackNewestFirst() throws {
    try insert(0, steps: [50, 60])
    try Scenario.train(store, round: 0, kept: 0)
    #expect(try store.checkpoints(round: 0).map(\.step) == [100, 60, 50])
    #expect(try store.checkpoint(id: 100) == Scenario.checkpoint(round: 0))
    #expect(try store.checkpoint(id: 7) == nil)
    #expect(
      try store.checkpointPaths() == ["r0-s50", "r0-s60", "r0-s100"].map { "checkpoints/\($0).safetensors" })
    #expect(try store.round(0)?.checkpoint == 100)
    #expect(try store.round(0)?.phase == .evaluate)
  }

  @Test func insertingItAgainReplacesItsFile() throws {
    var record = Scenario.checkpoint(round: 0, step: 50, isFinal: false)
    try store.insertCheckpoint(record, metrics: [])
    record.sha256 = sha("9")
    record.bytes = 7
    record.kind = .folder
    record.learnerSHA256 = sha("8")
    #expect(try store.insertCheckpoint(record, metrics: []) == 50)
    #expect(try store.checkpoints() == [record])
  }

  @Test func theWeightsToUseAreThoseOfTheNewestAcceptedRound() throws {
    #expect(try store.latestAcceptedCheckpoint() == nil)
    try Scenario.train(store, round: 0, kept: 0)
    #expect(try store.latestAcceptedCheckpoint() == nil)
    try Scenario.evaluate(store, round: 0, Scenario.firstEvaluation)
    #expect(try store.latestAcceptedCheckpoint()?.id == 100)
    try store.beginRound(RoundRecord(round: 1, parentCheckpoint: 100, startedAt: noon))
    try Scenario.train(store, round: 1, kept: 0)
    try store.decide(RoundDecision(round: 1, .rejected(reason: "worse"), at: noon))
    #expect(try store.latestAcceptedCheckpoint()?.id == 100)
  }

  @Test func obsoleteAreThoseWithinDecidedRoundsAndTheOlderOnesOfTheRunning() throws {
    try insert(0, steps: [10, 20, 30, 40])
    #expect(try store.obsoleteCheckpoints().map(\.step) == [10, 20])
    try Scenario.train(store, round: 0, kept: 0)
    #expect(try store.obsoleteCheckpoints(keeping: 1).map(\.step) == [10, 20, 30])
    try Scenario.evaluate(store, round: 0, Scenario.firstEvaluation)
    #expect(try store.obsoleteCheckpoints().map(\.step) == [10, 20, 30, 40])
    for record in try store.obsoleteCheckpoints() { try store.deleteCheckpoint(record.id) }
    #expect(try store.obsoleteCheckpoints() == [])
    #expect(try store.checkpoints().map(\.id) == [100])
  }

  @Test func aCheckpointInUseIsNotForgotten() throws {
    try Scenario.train(store, round: 0, kept: 0)
    #expect(rule { try store.deleteCheckpoint(100) }?.contains("FOREIGN KEY") == true)
    try Scenario.train(store, round: 0, kept: 0)
    try Scenario.evaluate(store, round: 0, Scenario.firstEvaluation)
    #expect(rule { try store.deleteCheckpoint(100) }?.contains("FOREIGN KEY") == true)
    #expect(try store.checkpoints().map(\.id) == [100])
  }

  @Test func aFileWithoutARowIsGarbageAfterAKill() throws {
    let files = try CheckpointFiles(directory: scratch.directory)
    let path = try files.write([1, 2, 3], named: "r0-s50.safetensors")
    try store.insertCheckpoint(
      CheckpointRecord(
        round: 0, step: 50, isFinal: false, path: path, bytes: 3, sha256: sha("1"), learnerSHA256: sha("b")),
      metrics: [])
    _ = try files.write([4, 5, 6], named: "r0-s60.safetensors")

    let killed = try scratch.afterKill()
    let resumed = try killed.store(.write)
    let resumedFiles = try CheckpointFiles(directory: killed.directory)
    #expect(
      try resumedFiles.removeUnknown(keeping: Set(try resumed.checkpointPaths())) == [
        "checkpoints/r0-s60.safetensors"
      ])
    #expect(try resumedFiles.read(path) == [1, 2, 3])
  }
}
