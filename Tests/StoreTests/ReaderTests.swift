import Foundation
import GRDB
import Testing

@testable import Store

/// Reading while a run writes, and after it was killed.
@Suite struct ReaderTests {
  let scratch: Scratch
  init() throws { scratch = try Scratch() }

  @Test func aReaderSeesTheLastCommitDuringAWriteTransaction() throws {
    let store = try scratch.store()
    try Scenario.zero(store)
    let reader = try scratch.store(.read)
    let before = try reader.roundsSummary()
    try store.queue.inDatabase { database in
      try database.beginTransaction(.immediate)
      try database.execute(sql: "DELETE FROM evaluations")
      #expect(try reader.roundsSummary() == before)
      #expect(try scratch.shell("select optimal_pct from rounds_summary") == ["43.8"])
      #expect(try scratch.store(.read).roundsSummary() == before)
      try database.commit()
    }
    #expect(try reader.roundsSummary() != before)
  }

  @Test func aLongReadingDoesNotStopTheRun() throws {
    let store = try scratch.store()
    try Scenario.begin(store)
    let reader = try scratch.store(.read)
    var lines = 0
    try reader.forEachCanonicalRow { _ in
      if lines == 0 { try Scenario.train(store, round: 0, kept: 0) }
      lines += 1
    }
    #expect(try store.round(0)?.checkpoint == 100)
    #expect(lines == 1 + 1 + 7 + 8)
  }

  @Test func whatAKilledRunCommittedIsRead() throws {
    let store = try scratch.store()
    try Scenario.all(store)
    let killed = try scratch.afterKill()
    #expect(FileManager.default.fileExists(atPath: killed.database.path + "-wal"))
    let reader = try killed.store(.read)
    #expect(try reader.canonicalDigestRows() == store.canonicalDigestRows())
    try reader.close()
    #expect(try killed.store(.write).canonicalDigestRows() == store.canonicalDigestRows())
  }

  @Test func anOpenTransactionIsGoneAfterAKill() throws {
    let store = try scratch.store()
    try Scenario.begin(store)
    let before = try store.canonicalDigestRows()
    try store.queue.inDatabase { database in
      try database.beginTransaction(.immediate)
      try database.execute(sql: "PRAGMA cache_spill = 1; PRAGMA cache_size = 5")
      for round in 0..<2000 {
        try database.execute(sql: "INSERT INTO metrics VALUES (0, 'train', \(round), 'loss', 1.0)")
      }
      let killed = try scratch.afterKill()
      #expect(try killed.store(.write).canonicalDigestRows() == before)
      try database.rollback()
    }
  }

  @Test func aReaderChangesNothing() throws {
    let store = try scratch.store()
    try Scenario.all(store)
    try store.close()
    let before = try scratch.bytes()
    let reader = try scratch.store(.read)
    _ = try reader.canonicalDigestRows()
    #expect(throws: (any Error).self) {
      try reader.queue.inDatabase { try $0.execute(sql: "DELETE FROM traces") }
    }
    try reader.close()
    #expect(try scratch.bytes() == before)
  }

  @Test func inAReadOnlyFolderACleanlyClosedRunIsReadAsItIs() throws {
    let store = try scratch.store()
    try Scenario.zero(store)
    let path = scratch.database.path
    #expect(try RunStore.placeForReading(path, isFolderWritable: false) == path)
    try store.close()
    #expect(try RunStore.placeForReading(path, isFolderWritable: true) == path)
    let place = try RunStore.placeForReading(path, isFolderWritable: false)
    #expect(place == "file:\(path)?immutable=1")
    let before = try FileManager.default.contentsOfDirectory(atPath: scratch.directory.path)
    var configuration = Configuration()
    configuration.readonly = true
    let queue = try DatabaseQueue(path: place, configuration: configuration)
    #expect(try queue.read { try Double.fetchOne($0, sql: "SELECT optimal_pct FROM rounds_summary") } == 43.8)
    #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.directory.path) == before)
  }

  @Test func inAReadOnlyFolderAKilledRunIsRefused() throws {
    let store = try scratch.store()
    try Scenario.begin(store)
    let killed = try scratch.afterKill()
    let path = killed.database.path
    #expect(throws: StoreError.readOnlyFolder(path: path)) {
      try RunStore.placeForReading(path, isFolderWritable: false)
    }
    withExtendedLifetime(store) {}
  }
}
