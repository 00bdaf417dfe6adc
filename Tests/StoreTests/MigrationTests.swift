import Foundation
import GRDB
import Testing

@testable import Store

@Suite struct MigrationTests {
  /// A database as the first schema left it, with rows.
  func firstVersion() throws -> Scratch {
    let scratch = try Scratch()
    let queue = try DatabaseQueue(path: scratch.database.path)
    try Schema.migrator(through: 1).migrate(queue)
    try queue.write { database in
      try database.execute(
        sql: "INSERT INTO rounds VALUES (0, 'train', NULL, NULL, ?, NULL, NULL, 0, 0, 0, NULL)",
        arguments: [noon])
    }
    try queue.close()
    return scratch
  }

  @Test func everySchemaLeadsToTheSame() throws {
    let fresh = try Scratch()
    let old = try firstVersion()
    let schema = "SELECT name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%' ORDER BY name"
    let migrated = try old.store(.write)
    #expect(try migrated.table(schema) == fresh.store().table(schema))
    #expect(try migrated.table("PRAGMA user_version") == [String(RunStore.schemaVersion)])
    #expect(
      try migrated.table("SELECT identifier FROM grdb_migrations ORDER BY rowid") == [
        "tables", "views for people", "reference lines and measures", "evaluation sets",
        "references that are not A*",
      ])
  }

  @Test func anOldSchemaKeepsItsRows() throws {
    let old = try firstVersion()
    #expect(try old.store(.write).rounds().map(\.state) == ["train"])
    #expect(try old.store(.write).roundsSummary().map(\.round) == [0])
  }

  /// A* means stood with the exercises once.
  @Test func anOldReferenceBecomesALine() throws {
    let old = try firstVersion()
    let queue = try DatabaseQueue(path: old.database.path)
    try queue.write { database in
      try database.execute(
        sql: "INSERT INTO exercises VALUES (1, 'test', 0, 0, 'p', 't', 'a', 1, 1, ?, 61.25)",
        arguments: [sha("a")])
      try database.execute(
        sql: "INSERT INTO evaluations VALUES (0, 'test', 1, 4, 4, 2, 2, 2, 1, 300, 80, 35)")
    }
    try queue.close()
    let store = try old.store(.write)
    #expect(
      try store.references(exerciseID: 1) == [
        ReferenceRecord(exerciseID: 1, name: "reference", tokens: 61.25)
      ])
    #expect(try store.exercise(id: 1)?.prompt == "p")
    #expect(try store.evaluations(round: 0).map(\.measures) == [nil])
    #expect(try store.roundsSummary().map(\.referenceTraceTokens) == [61.3])
  }

  @Test func aReaderLeavesAnOldSchemaAlone() throws {
    let old = try firstVersion()
    #expect(throws: StoreError.olderSchema(path: old.database.path, found: 1, known: RunStore.schemaVersion))
    {
      try old.store(.read)
    }
  }

  @Test func theRunOfAnOldSchemaCanBeInspected() throws {
    let old = try firstVersion()
    #expect(try old.store(.inspect).run() == nil)
    #expect(try old.store(.inspect).table("PRAGMA user_version") == ["1"])
    try old.store(.write).insertRun(Scenario.run())
    #expect(try old.store(.inspect).run()?.name == "maze")
  }

  @Test func openingAgainMigratesNothing() throws {
    let scratch = try Scratch()
    try Scenario.all(try scratch.store())
    let rows = try scratch.store(.create).canonicalDigestRows()
    #expect(try scratch.store(.write).canonicalDigestRows() == rows)
    #expect(rows.count == 54)
  }
}
