import Foundation
import GRDB

/// The memory of a run, in one SQLite file: a method per fact, one transaction each.
///
/// A run has no other memory. Writing is idempotent: repeating a commit with the same key changes
/// nothing, so a process killed at any moment repeats its last unit of work and ends with the same rows.
/// WAL with `synchronous=FULL`: a commit that returned survives a power failure; readers never wait for
/// the run, nor it for them. Errors are `StoreError`s.
///
///     let store = try RunStore(directory.appending(path: "shorten.db"), mode: .create)
///     try store.beginRound(RoundRecord(round: 0, startedAt: "2025-03-01T12:00:00Z"))
public final class RunStore: Sendable {
  public enum Mode: Sendable {
    /// Opens for writing; creates what is missing.
    case create
    /// Opens an existing run for writing: checks it whole, migrates an older schema.
    case write
    /// Opens an existing run for reading, while another process may be writing to it. Changes nothing: an
    /// older schema is read from a copy in memory that was brought up to date, as the run was at this
    /// moment.
    case read
    /// As `read`, and the schema may be older: for `run()`, which works with every schema.
    case inspect

    var isForReading: Bool { self == .read || self == .inspect }
  }

  static let applicationID: Int32 = Schema.applicationID
  /// The schema this program writes (`PRAGMA user_version`).
  static let schemaVersion = Schema.version

  public let url: URL
  public let mode: Mode
  let queue: DatabaseQueue

  /// Throws a `StoreError` whose text names the file and the remedy.
  public init(_ url: URL, mode: Mode) throws {
    self.url = url
    self.mode = mode
    let path = url.path
    let exists = try Self.inspectFile(path)
    guard exists || mode == .create else { throw StoreError.notFound(path: path) }
    let folder = url.deletingLastPathComponent().path
    let place =
      mode.isForReading
      ? try Self.placeForReading(path, isFolderWritable: access(folder, W_OK) == 0) : path
    queue = try Self.translating(path) {
      if mode.isForReading { Self.rollBackAbandoned(path) }
      let queue = try DatabaseQueue(path: place, configuration: Self.configuration(mode))
      try Self.inspectContent(of: queue, path: path, mode: mode)
      guard !mode.isForReading else { return try Self.upToDate(queue, mode) }
      try queue.inDatabase { database in
        guard try String.fetchOne(database, sql: "PRAGMA journal_mode = WAL") == "wal" else {
          throw StoreError.io(
            path: path, operation: "switching to a write-ahead log",
            detail: "this file system does not support it")
        }
        // 64 MB of cache: the indexes of 100,000 exercises, so that a commit reads nothing back.
        try database.execute(
          sql: "PRAGMA synchronous = FULL; PRAGMA cache_size = -65536; PRAGMA wal_autocheckpoint = 4000")
      }
      try Schema.migrator().migrate(queue)
      return queue
    }
  }

  /// What to read of an older schema: a migrated copy in memory, for a connection for reading changes
  /// nothing.
  private static func upToDate(_ queue: DatabaseQueue, _ mode: Mode) throws -> DatabaseQueue {
    let version = try queue.read { try Int.fetchOne($0, sql: "PRAGMA user_version") ?? 0 }
    guard mode == .read, version < schemaVersion else { return queue }
    let copy = try DatabaseQueue(configuration: configuration(.write))
    try queue.backup(to: copy)
    try Schema.migrator().migrate(copy)
    return copy
  }

  /// Closes the file. Later calls throw.
  public func close() throws {
    try Self.translating(url.path) { try queue.close() }
  }

  // MARK: - Access

  func read<Value>(_ body: (Database) throws -> Value) throws -> Value {
    try Self.translating(url.path) { try queue.read(body) }
  }

  /// One transaction that takes the write lock at once.
  func write<Value>(_ body: (Database) throws -> Value) throws -> Value {
    precondition(!mode.isForReading, "the store was opened for reading")
    return try Self.translating(url.path) {
      try queue.inDatabase { database in
        var value: Value?
        try database.inTransaction(.immediate) {
          value = try body(database)
          return .commit
        }
        return value!
      }
    }
  }

  /// Gives SQLite's errors their file's name.
  static func translating<Value>(_ path: String, _ body: () throws -> Value) throws -> Value {
    do {
      return try body()
    } catch let error as DatabaseError {
      throw StoreError(error, path: path)
    } catch let error as RowDecodingError {
      throw StoreError.damaged(path: path, detail: "a row does not fit its table: \(error)")
    } catch let error as DecodingError {
      throw StoreError.damaged(path: path, detail: "a value has no meaning: \(error)")
    }
  }

  // MARK: - Opening

  private static func configuration(_ mode: Mode) -> Configuration {
    var configuration = Configuration()
    configuration.readonly = mode.isForReading
    configuration.busyMode = .timeout(10)
    configuration.label = "shorten.store"
    configuration.prepareDatabase { database in
      try database.execute(sql: "PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON")
    }
    return configuration
  }

  /// Whether there is a file; throws for what cannot be a database of ours.
  private static func inspectFile(_ path: String) throws -> Bool {
    var status = stat()
    guard stat(path, &status) == 0 else {
      let folder = URL(filePath: path).deletingLastPathComponent().path
      if errno == ENOENT, access(folder, F_OK) == 0 { return false }
      throw StoreError.system(errno, path: path, operation: "looking at the file")
    }
    if status.st_mode & S_IFMT == S_IFDIR { throw StoreError.isDirectory(path: path) }
    guard status.st_mode & S_IFMT == S_IFREG else { throw StoreError.notADatabase(path: path) }
    return true
  }

  /// What to open for reading. SQLite reads a database in WAL mode through two files beside it. If they are
  /// missing and the folder is read-only, they cannot be made: then a database that was closed cleanly is
  /// read as it is, and another one is refused.
  static func placeForReading(_ path: String, isFolderWritable: Bool) throws -> String {
    guard !isFolderWritable, access(path + "-shm", R_OK) != 0 else { return path }
    var log = stat()
    if stat(path + "-wal", &log) == 0, log.st_size > 0 { throw StoreError.readOnlyFolder(path: path) }
    let allowed = CharacterSet.urlPathAllowed.subtracting(CharacterSet(charactersIn: "?#%"))
    guard let escaped = path.addingPercentEncoding(withAllowedCharacters: allowed) else { return path }
    return "file:\(escaped)?immutable=1"
  }

  /// Rolls back what a killed process left half-written while it made the database. Until its first commit a
  /// database has a rollback journal, which a connection for reading must not touch. A journal in use stays.
  private static func rollBackAbandoned(_ path: String) {
    guard access(path + "-journal", F_OK) == 0 else { return }
    // If this cannot be done, opening says why.
    let queue = try? DatabaseQueue(path: path, configuration: configuration(.write))
    _ = try? queue?.inDatabase { try Int.fetchOne($0, sql: "SELECT count(*) FROM sqlite_schema") }
    try? queue?.close()
  }

  private static func inspectContent(of queue: DatabaseQueue, path: String, mode: Mode) throws {
    try queue.inDatabase { database in
      func pragma(_ name: String) throws -> Int { try Int.fetchOne(database, sql: "PRAGMA \(name)") ?? 0 }
      let id = Int32(truncatingIfNeeded: try pragma("application_id"))
      let version = try pragma("user_version")
      // The migrator's own table comes first: a process killed just before our first commit may leave it.
      let objects =
        try Int.fetchOne(
          database, sql: "SELECT count(*) FROM sqlite_schema WHERE tbl_name <> 'grdb_migrations'") ?? 0
      if id == 0, version == 0, objects == 0 {
        guard mode == .create else { throw StoreError.empty(path: path) }
        return
      }
      guard id == applicationID else { throw StoreError.foreign(path: path, applicationID: id) }
      guard version <= schemaVersion else {
        throw StoreError.newerSchema(path: path, found: version, known: schemaVersion)
      }
      if !mode.isForReading, let fault = try String.fetchOne(database, sql: "PRAGMA quick_check(1)"),
        fault != "ok"
      {
        throw StoreError.damaged(path: path, detail: fault)
      }
    }
  }
}
