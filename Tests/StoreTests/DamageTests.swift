import Foundation
import Testing

@testable import Store

/// A damaged database is an error with a text, never a crash or an endless query.
@Suite struct DamageTests {
  /// A small generator of its own: the cases are listed by their number.
  struct Cases: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
      state &+= 0x9e37_79b9_7f4a_7c15
      var mixed = state
      mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
      mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
      return mixed ^ (mixed >> 31)
    }
  }

  /// Reads everything there is. Errors other than `StoreError` are a failure.
  func readAll(_ scratch: Scratch, _ mode: RunStore.Mode, case number: Int) {
    do {
      let store = try scratch.store(mode)
      let readings: [() throws -> Void] = [
        { _ = try store.run() }, { _ = try store.table("SELECT * FROM attempts") },
        { _ = try store.rounds() },
        { _ = try store.exercises(split: "train") }, { _ = try store.samplings(round: 1) },
        { _ = try store.evaluations(round: 0) }, { _ = try store.newestKeptTraces() },
        { _ = try store.incumbentLengths() }, { _ = try store.intervals(round: 0) },
        { _ = try store.setSummaries() }, { _ = try store.responses(round: 0, exerciseID: 4) },
        { _ = try store.checkpoints() },
        { _ = try store.obsoleteCheckpoints() },
        { _ = try store.metric(round: 0, phase: .train, step: 100, name: "loss") },
        { _ = try store.roundsSummary() },
        { _ = try store.runState(now: noon) }, { _ = try store.canonicalDigestRows() },
        { _ = try store.table("SELECT * FROM best_traces") },
        { _ = try store.table("SELECT * FROM lineage") },
        { _ = try store.table("SELECT * FROM regressions") },
        { _ = try store.table("SELECT * FROM length_histogram") },
        { _ = try store.table("SELECT * FROM evaluation_summary") },
        { _ = try store.referenceSummary() }, { _ = try store.references(exerciseID: 4) },
        { _ = try store.exercisesWithoutReferences(["reference"]) },
        { _ = try store.table("SELECT * FROM failures_by_reason") },
      ]
      for reading in readings {
        do { try reading() } catch is StoreError {}
      }
      if mode == .write {
        do { try Scenario.two(store) } catch is StoreError {}
      }
    } catch is StoreError {
    } catch {
      Issue.record("case \(number): \(error)")
    }
  }

  func whole() throws -> [UInt8] {
    let scratch = try Scratch()
    let store = try scratch.store()
    try Scenario.zero(store)
    try Scenario.one(store)
    try store.close()
    return try scratch.bytes()
  }

  @Test func flippedBitsAreSurvived() throws {
    let whole = try whole()
    for number in 0..<300 {
      var random = Cases(state: UInt64(number))
      var bytes = whole
      for _ in 0..<Int.random(in: 1...8, using: &random) {
        // Every third case hits the schema, which fills the first pages.
        let range = number.isMultiple(of: 3) ? 16..<16_384 : 16..<bytes.count
        bytes[Int.random(in: range, using: &random)] ^= 1 << UInt8.random(in: 0..<8, using: &random)
      }
      let scratch = try Scratch()
      try scratch.write(bytes)
      readAll(scratch, .read, case: number)
      readAll(scratch, .write, case: number)
    }
  }

  @Test func truncatedFilesAreSurvived() throws {
    let whole = try whole()
    for number in 0..<100 {
      var random = Cases(state: UInt64(1000 + number))
      let scratch = try Scratch()
      try scratch.write(Array(whole.prefix(Int.random(in: 0..<whole.count, using: &random))))
      readAll(scratch, .read, case: number)
      readAll(scratch, .write, case: number)
    }
  }

  @Test func aDamagedLogIsSurvived() throws {
    let scratch = try Scratch()
    let store = try scratch.store()
    try Scenario.zero(store)
    try Scenario.one(store)
    for number in 0..<60 {
      let killed = try scratch.afterKill()
      let log = killed.database.path + "-wal"
      var bytes = [UInt8](try Data(contentsOf: URL(filePath: log)))
      var random = Cases(state: UInt64(2000 + number))
      if number.isMultiple(of: 2) {
        bytes.removeLast(Int.random(in: 1..<bytes.count, using: &random))
      } else {
        bytes[Int.random(in: 0..<bytes.count, using: &random)] ^= 0xff
      }
      try Data(bytes).write(to: URL(filePath: log))
      readAll(killed, .write, case: number)
    }
  }

  @Test func aRowOfAnotherTypeIsDamageNotACrash() throws {
    let scratch = try Scratch()
    let store = try scratch.store()
    try Scenario.all(store)
    // What a flipped bit in a row's header makes of it: the table's rule is lifted and the row changed.
    try store.execute(
      """
      PRAGMA writable_schema = ON;
      UPDATE sqlite_schema
        SET sql = replace(sql, 'trained_sequences INTEGER NOT NULL', 'trained_sequences INTEGER');
      PRAGMA writable_schema = RESET
      """)
    try store.close()
    let reader = try scratch.store(.write)
    try reader.execute(
      "PRAGMA ignore_check_constraints = ON; UPDATE rounds SET trained_sequences = NULL WHERE round = 2")
    do {
      _ = try reader.rounds()
      Issue.record("a NULL was read as a number")
    } catch StoreError.damaged(let path, let detail) {
      #expect(path == scratch.database.path)
      #expect(detail.contains("trained_sequences"))
    }
  }

  @Test func aWordOfNoMeaningIsDamageNotACrash() throws {
    let scratch = try Scratch()
    let store = try scratch.store()
    try Scenario.all(store)
    try store.execute("PRAGMA ignore_check_constraints = ON")
    let changes: [(sql: String, reading: () throws -> Void)] = [
      ("UPDATE rounds SET state = 'resting' WHERE round = 2", { _ = try store.rounds() }),
      ("SELECT 1", { _ = try store.roundsSummary() }),
      ("SELECT 1", { _ = try store.runState(now: noon) }),
      ("UPDATE checkpoints SET kind = 'link'", { _ = try store.checkpoints() }),
      ("UPDATE intervals SET figure = 'sound_pct' WHERE line <> ''", { _ = try store.intervals(round: 0) }),
    ]
    for (sql, reading) in changes {
      try store.execute(sql)
      let error = #expect(throws: StoreError.self, "\(sql)") { try reading() }
      guard case .damaged(scratch.database.path, _) = error else {
        Issue.record("\(sql): \(String(describing: error))")
        continue
      }
    }
  }
}
