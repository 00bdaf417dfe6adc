import Foundation
import GRDB
import Testing

@testable import Store

/// The stored databases: `schema1` ... of each published schema, as the program of its time left them.
enum Goldens {
  static let maze = (1...5).map { "schema\($0)" }
  static let external = "schema5-external"
  static let newest = "schema6"

  /// A run directory with the database of that name.
  static func open(_ name: String) throws -> Scratch {
    let url = try #require(
      Bundle.module.url(forResource: name, withExtension: "sql", subdirectory: "Goldens"))
    let sql = try String(contentsOf: url, encoding: .utf8)
    let scratch = try Scratch()
    let queue = try DatabaseQueue(path: scratch.database.path)
    try queue.writeWithoutTransaction { try $0.execute(sql: sql) }
    try queue.close()
    return scratch
  }

  /// The newest schema's rows: the scenario, and of what it leaves out a row each.
  static func fill(_ store: RunStore) throws {
    try Scenario.all(store)
    try store.execute("UPDATE runs SET learner = 'a server', length_unit = 'words', promise = 'recorded'")
    var task = Scenario.exercise(9, "train", round: 2)
    task.trace = nil
    task.traceLength = nil
    task.optimalCost = nil
    try store.appendExercises([task], split: "train", nextIndex: 300)
    var sampling = Scenario.sampling(9, round: 2, best: 70)
    sampling.incumbentLength = 70.5
    try store.commitSampling(round: 2, rows: [sampling], faults: ["noAnswer": 1])
    let kept = Scenario.trace(9, round: 2, length: 70)
    try store.commitCuration(round: 2, kept: [kept], nextPhase: .train)
    var row = Scenario.evaluations(Scenario.firstEvaluation, round: 2)[0]
    row.setName = "dense"
    let response = ResponseRecord(
      round: 2, setName: "dense", exerciseID: 4, attempt: 1, trace: "close", answer: "plan", length: 1,
      terminated: true, correct: true, optimal: false, sound: true, legal: false)
    try store.commitEvaluation(
      round: 2, set: "dense", rows: [row], faults: ["longerThanOptimal": 2], responses: [response])
    var artifact = Scenario.checkpoint(round: 2, step: 50, isFinal: false)
    artifact.kind = .folder
    artifact.path = "checkpoints/r02-s000050"
    try store.insertCheckpoint(artifact, metrics: [])
    _ = try store.beginAttempt(pid: 7, bootID: "boot", host: "host", at: noon)
  }
}
