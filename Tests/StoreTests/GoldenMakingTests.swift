import Foundation
import GRDB
import Testing

@testable import Store

/// Makes the stored databases in `Goldens`, if asked to: `SHORTEN_MAKE_GOLDENS=1 swift test --filter Making`.
///
/// A file is what `sqlite3 .dump` prints of a database of one published schema with the rows of `GoldenRows`,
/// and the two pragmas that say whose file it is. Those of older schemas stay as they were first made.
@Suite(.enabled(if: ProcessInfo.processInfo.environment["SHORTEN_MAKE_GOLDENS"] != nil))
struct GoldenMakingTests {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Goldens")

  @Test(arguments: 1...5) func olderSchemasAreDumped(version: Int) throws {
    try dump(version, GoldenRows.maze(version: version), to: "schema\(version).sql")
  }

  @Test func aRunOfTheDomainExternalIsDumped() throws {
    try dump(5, GoldenRows.external, to: "schema5-external.sql")
  }

  @Test func theNewestSchemaIsDumped() throws {
    let scratch = try Scratch()
    let store = try scratch.store()
    try Goldens.fill(store)
    try store.close()
    try dump(scratch, Schema.version, to: "schema\(Schema.version).sql")
  }

  private func dump(_ version: Int, _ rows: String, to name: String) throws {
    let scratch = try Scratch()
    let queue = try DatabaseQueue(path: scratch.database.path)
    try Schema.migrator(through: version).migrate(queue)
    try queue.write { try $0.execute(sql: rows) }
    try queue.close()
    try dump(scratch, version, to: name)
  }

  private func dump(_ scratch: Scratch, _ version: Int, to name: String) throws {
    var lines = try scratch.shell(".dump")
    lines.insert("PRAGMA application_id=\(Schema.applicationID);", at: lines.count - 1)
    lines.insert("PRAGMA user_version=\(version);", at: lines.count - 1)
    try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: Self.folder.appending(path: name))
  }
}
