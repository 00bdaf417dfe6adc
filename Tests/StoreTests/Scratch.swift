import Foundation
import GRDB
import Testing

@testable import Store

/// A run directory for one test, removed with it.
final class Scratch: Sendable {
  let directory: URL

  init() throws {
    // In memory where possible: thousands of commits are synced here, and no power fails.
    let memory = URL(filePath: "/dev/shm")
    let parent =
      FileManager.default.isWritableFile(atPath: memory.path)
      ? memory : FileManager.default.temporaryDirectory
    directory = parent.appending(path: "store-tests-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: directory) }

  var database: URL { directory.appending(path: "shorten.db") }

  func store(_ mode: RunStore.Mode = .create) throws -> RunStore { try RunStore(database, mode: mode) }

  /// What a kill at this moment leaves behind: the files as they are, without a clean end.
  func afterKill() throws -> Scratch {
    let copy = try Scratch()
    for name in try FileManager.default.contentsOfDirectory(atPath: directory.path)
    where !name.hasSuffix("-shm") {
      try FileManager.default.copyItem(
        at: directory.appending(path: name), to: copy.directory.appending(path: name))
    }
    return copy
  }

  func bytes() throws -> [UInt8] { [UInt8](try Data(contentsOf: database)) }
  func write(_ bytes: [UInt8]) throws { try Data(bytes).write(to: database) }

  /// Rows as the `sqlite3` shell prints them: columns joined by `|`.
  func shell(_ sql: String) throws -> [String] {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["sqlite3", database.path, sql]
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    return String(decoding: data, as: UTF8.self).split(separator: "\n").map(String.init)
  }
}

extension RunStore {
  func execute(_ sql: String) throws { try write { try $0.execute(sql: sql) } }

  /// Rows with columns joined by `|`, NULL as an empty one.
  func table(_ sql: String) throws -> [String] {
    try read { try $0.lines(sql) }
  }
}

extension Database {
  /// Rows with columns joined by `|`, NULL as an empty one.
  func lines(_ sql: String) throws -> [String] {
    try GRDBRow.fetchAll(self, sql: sql).map { row in
      row.databaseValues.map { value in
        switch value.storage {
        case .null: ""
        case .int64(let number): String(number)
        case .double(let number): String(number)
        case .string(let text): text
        case .blob: "blob"
        }
      }.joined(separator: "|")
    }
  }
}

let noon = "2025-03-01T12:00:00Z"
func sha(_ digit: Character) -> String { String(repeating: digit, count: 64) }
func layout(_ number: Int) -> String {
  let hex = String(number, radix: 16)
  return String(repeating: "0", count: 64 - hex.count) + hex
}

/// The rule a refused row breaks, as SQLite puts it; nil when it was not refused.
func rule(_ body: () throws -> Void) -> String? {
  do {
    try body()
    return nil
  } catch StoreError.refused(_, let rule) {
    return rule
  } catch {
    return "another error: \(error)"
  }
}
