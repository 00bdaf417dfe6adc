import Foundation
import GRDB
import Testing

@testable import Store

/// What can be wrong with the file, and what a person is told.
@Suite struct OpeningTests {
  let scratch: Scratch
  init() throws { scratch = try Scratch() }

  func error(_ mode: RunStore.Mode) -> StoreError? {
    do {
      _ = try scratch.store(mode)
      return nil
    } catch {
      return error as? StoreError
    }
  }

  @Test func aMissingFileIsNotFound() {
    for mode in [RunStore.Mode.write, .read] {
      #expect(error(mode) == .notFound(path: scratch.database.path))
    }
    #expect(!FileManager.default.fileExists(atPath: scratch.database.path))
  }

  @Test func aMissingFolderIsNotFound() throws {
    let url = scratch.directory.appending(path: "no/shorten.db")
    for mode in [RunStore.Mode.create, .write, .read] {
      #expect(throws: StoreError.notFound(path: url.path)) { try RunStore(url, mode: mode) }
    }
  }

  @Test func aFolderIsRefused() throws {
    try FileManager.default.createDirectory(at: scratch.database, withIntermediateDirectories: false)
    for mode in [RunStore.Mode.create, .write, .read] {
      #expect(error(mode) == .isDirectory(path: scratch.database.path))
    }
  }

  @Test func textIsNotADatabase() throws {
    try scratch.write(Array(repeating: UInt8(ascii: "x"), count: 5000))
    for mode in [RunStore.Mode.create, .write, .read] {
      #expect(error(mode) == .notADatabase(path: scratch.database.path))
    }
  }

  @Test func aDeviceIsNotADatabase() throws {
    let url = scratch.directory.appending(path: "null")
    try FileManager.default.createSymbolicLink(atPath: url.path, withDestinationPath: "/dev/null")
    #expect(throws: StoreError.notADatabase(path: url.path)) { try RunStore(url, mode: .write) }
  }

  @Test func anEmptyFileHoldsNoRunYet() throws {
    try scratch.write([])
    for mode in [RunStore.Mode.write, .read] { #expect(error(mode) == .empty(path: scratch.database.path)) }
    #expect(error(.create) == nil)
    #expect(error(.write) == nil)
  }

  @Test func aCreationInterruptedBeforeItsTablesIsCompleted() throws {
    _ = try scratch.shell("PRAGMA journal_mode = WAL; CREATE TABLE x (y); DROP TABLE x")
    #expect(error(.read) == .empty(path: scratch.database.path))
    #expect(error(.create) == nil)
  }

  /// The migrator makes its own table in a transaction of its own, before the first of ours.
  @Test func aCreationInterruptedAfterTheMigratorsTableIsCompleted() throws {
    _ = try scratch.shell("CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY)")
    for mode in [RunStore.Mode.write, .read] { #expect(error(mode) == .empty(path: scratch.database.path)) }
    #expect(error(.create) == nil)
    #expect(error(.write) == nil)
    #expect(try scratch.shell("SELECT count(*) FROM grdb_migrations") == ["\(RunStore.schemaVersion)"])
  }

  @Test func anotherApplicationsDatabaseIsLeftAlone() throws {
    _ = try scratch.shell("CREATE TABLE theirs (x); PRAGMA application_id = 77")
    let before = try scratch.bytes()
    for mode in [RunStore.Mode.create, .write, .read] {
      #expect(error(mode) == .foreign(path: scratch.database.path, applicationID: 77))
    }
    #expect(try scratch.bytes() == before)
  }

  @Test func aNewerSchemaIsLeftAlone() throws {
    try scratch.store().close()
    _ = try scratch.shell("PRAGMA user_version = 99")
    for mode in [RunStore.Mode.create, .write, .read] {
      #expect(
        error(mode) == .newerSchema(path: scratch.database.path, found: 99, known: RunStore.schemaVersion))
    }
  }

  /// Killed while it made the file: a journal that must be rolled back before anything is read.
  @Test func aDatabaseLeftHalfMadeIsRolledBack() throws {
    let other = try Scratch()
    let queue = try DatabaseQueue(path: other.database.path)
    try queue.inDatabase { database in
      try database.execute(sql: "PRAGMA cache_size = 1; BEGIN IMMEDIATE; CREATE TABLE half (text TEXT)")
      for _ in 0..<200 {
        try database.execute(
          sql: "INSERT INTO half VALUES (?)", arguments: [String(repeating: "x", count: 3000)])
      }
      // What a kill would leave: pages of an unfinished transaction and the journal that undoes them.
      for suffix in ["", "-journal"] {
        try FileManager.default.copyItem(
          atPath: other.database.path + suffix, toPath: scratch.database.path + suffix)
      }
      try database.execute(sql: "ROLLBACK")
    }
    #expect(try Data(contentsOf: scratch.database).count > 100_000)
    #expect(throws: StoreError.empty(path: scratch.database.path)) {
      try RunStore(scratch.database, mode: .inspect)
    }
    #expect(try scratch.store().run() == nil)
  }

  @Test func theFileSaysWhoseItIs() throws {
    let store = try scratch.store()
    #expect(
      try scratch.shell("PRAGMA application_id; PRAGMA user_version; PRAGMA journal_mode") == [
        "1936224884", "6", "wal",
      ])
    #expect(RunStore.applicationID == 1_936_224_884)
    #expect(try store.table("PRAGMA synchronous") == ["2"])
    #expect(try store.table("PRAGMA foreign_keys") == ["1"])
    #expect(try store.table("PRAGMA trusted_schema") == ["0"])
    #expect(try store.table("PRAGMA cell_size_check") == ["1"])
    #expect(try store.table("PRAGMA busy_timeout") == ["10000"])
    #expect(
      try store.table("SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE '%STRICT%'") == [
        "grdb_migrations"
      ])
  }

  @Test func aDamagedPageIsFoundOnOpening() throws {
    let store = try scratch.store()
    try Scenario.all(store)
    try store.close()
    var bytes = try scratch.bytes()
    for index in 8192..<12288 { bytes[index] = 0xff }
    try scratch.write(bytes)
    guard case .damaged(scratch.database.path, _) = error(.write) else {
      Issue.record("opened: \(String(describing: error(.write)))")
      return
    }
  }

  @Test func everyErrorNamesItsFileAndHasACategory() {
    let path = "runs/maze/shorten.db"
    let errors: [(StoreError, StoreError.Category)] = [
      (.notFound(path: path), .data), (.isDirectory(path: path), .data), (.notADatabase(path: path), .data),
      (.empty(path: path), .data), (.foreign(path: path, applicationID: 7), .data),
      (.newerSchema(path: path, found: 9, known: 2), .data),
      (.damaged(path: path, detail: "a page"), .data),
      (.io(path: path, operation: "writing", detail: "no"), .io),
      (.readOnlyFolder(path: path), .io), (.diskFull(path: path, bytesNeeded: 12_345), .io),
      (.locked(path: path, pid: 7, host: "there"), .locked), (.busy(path: path), .locked),
      (.outsideRunDirectory(path: path, directory: "/"), .data), (.checkpointMissing(path: path), .data),
      (.checkpointDamaged(path: path, detail: "short"), .data), (.refused(path: path, rule: "a rule"), .data),
    ]
    for (error, category) in errors {
      #expect(error.description.hasPrefix("\(path): "))
      #expect(error.category == category)
    }
    #expect(StoreError.diskFull(path: path, bytesNeeded: 12_345).description.contains("12345 bytes"))
    #expect(StoreError.locked(path: path, pid: 7, host: "there").description.contains("pid 7 on there"))
  }

  @Test func aFullDiskIsCalledSo() throws {
    let store = try scratch.store()
    try Scenario.begin(store)
    try store.queue.inDatabase { try $0.execute(sql: "PRAGMA max_page_count = 60") }
    let block = (100..<2000).map { Scenario.exercise($0, "train") }
    #expect(throws: StoreError.diskFull(path: scratch.database.path, bytesNeeded: nil)) {
      try store.appendExercises(block, split: "train", nextIndex: 100_000)
    }
    #expect(try store.exerciseCount(split: "train") == 3)
    try store.queue.inDatabase { try $0.execute(sql: "PRAGMA max_page_count = 100000") }
    #expect(try store.appendExercises(block, split: "train", nextIndex: 100_000) == 1900)
  }

  @Test func anotherWritersLockIsBusy() throws {
    let store = try scratch.store()
    try store.queue.inDatabase { try $0.execute(sql: "PRAGMA busy_timeout = 0") }
    let other = try scratch.store(.write)
    try other.queue.inDatabase { database in
      try database.beginTransaction(.immediate)
      #expect(throws: StoreError.busy(path: scratch.database.path)) { try store.insertRun(Scenario.run()) }
      try database.rollback()
    }
    try store.insertRun(Scenario.run())
  }
}
