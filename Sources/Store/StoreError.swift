import Foundation
import GRDB

/// Everything that can go wrong with the files of a run. Each text names the file and the remedy.
///
///     runs/maze/shorten.db: has schema 9, from a newer shorten; this one knows up to 2. Update shorten.
public enum StoreError: Error, Equatable, Sendable {
  case notFound(path: String)
  case isDirectory(path: String)
  case notADatabase(path: String)
  /// The file is a database, yet without a run: empty, or its creation was interrupted.
  case empty(path: String)
  case foreign(path: String, applicationID: Int32)
  case newerSchema(path: String, found: Int, known: Int)
  case damaged(path: String, detail: String)
  case io(path: String, operation: String, detail: String)
  /// The database lies in a folder that may not be written, and its last writer did not close it.
  case readOnlyFolder(path: String)
  case diskFull(path: String, bytesNeeded: Int?)
  /// Another process works on the run. pid and host as far as its lock file tells.
  case locked(path: String, pid: Int32?, host: String?)
  /// Another program holds a write transaction on the database.
  case busy(path: String)
  /// A path in a row or an argument that leaves the run directory.
  case outsideRunDirectory(path: String, directory: String)
  case checkpointMissing(path: String)
  case checkpointDamaged(path: String, detail: String)
  /// A row that breaks a rule of the schema: a fault of the program, or a database changed by hand.
  case refused(path: String, rule: String)

  /// A checkpoint's artifact is missing, or differs from its row.
  public var isLostCheckpoint: Bool {
    switch self {
    case .checkpointMissing, .checkpointDamaged: true
    default: false
    }
  }

  public enum Category: Sendable, Equatable {
    /// What is on disk, or was given to be stored, is wrong.
    case data
    /// Input or output failed.
    case io
    /// Somebody else works on it: try again later.
    case locked
  }

  public var category: Category {
    switch self {
    case .io, .readOnlyFolder, .diskFull: .io
    case .locked, .busy: .locked
    default: .data
    }
  }
}

extension StoreError: CustomStringConvertible, LocalizedError {
  public var errorDescription: String? { description }

  public var description: String {
    switch self {
    case .notFound(let path):
      "\(path): no such file. Name the folder of a run, or start one with `shorten run`."
    case .isDirectory(let path):
      "\(path): is a folder where the run's database should be. Move it, or choose another run directory."
    case .notADatabase(let path):
      "\(path): is not a SQLite database. Move it away, or choose another run directory."
    case .empty(let path):
      "\(path): holds no run yet. `shorten run` with this run directory starts one."
    case .foreign(let path, let id):
      "\(path): belongs to another application (application_id \(id)). Choose another run directory."
    case .newerSchema(let path, let found, let known):
      "\(path): has schema \(found), from a newer shorten; this one knows up to \(known). Update shorten."
    case .damaged(let path, let detail):
      "\(path): is damaged (\(detail)). Restore a copy, rescue what is left with `sqlite3 \(path) .dump`, "
        + "or start again in another run directory."
    case .io(let path, let operation, let detail):
      "\(path): \(operation) failed: \(detail). "
        + "Check the disk and the permissions, then run the same command again."
    case .readOnlyFolder(let path):
      "\(path): cannot be read where it is: its folder is read-only and the last process left a journal. "
        + "Copy the folder to a place that can be written."
    case .diskFull(let path, let bytes):
      "\(path): the disk is full"
        + (bytes.map { ", \($0) bytes are needed" } ?? "")
        + ". Free some space, then run the same command: nothing committed is lost."
    case .locked(let path, let pid, let host):
      "\(path): another process works on this run"
        + (pid.map { " (pid \($0)" + (host.map { " on \($0)" } ?? "") + ")" } ?? "")
        + ". Wait for it or stop it, then try again."
    case .busy(let path):
      "\(path): another program is writing to this database. Close it, then try again."
    case .outsideRunDirectory(let path, let directory):
      "\(path): leads out of the run directory \(directory), which no path of a run may. The database was "
        + "changed by another program: restore a copy of it."
    case .checkpointMissing(let path):
      "\(path): the checkpoint's file is missing. Restore it, or let `shorten run` train its round again."
    case .checkpointDamaged(let path, let detail):
      "\(path): the checkpoint is damaged (\(detail)). "
        + "Restore it, or let `shorten run` train its round again."
    case .refused(let path, let rule):
      "\(path): a row was refused: \(rule). Nothing of its transaction was kept; please report this."
    }
  }
}

extension StoreError {
  /// The meaning of SQLite's error `error` on the database at `path`.
  init(_ error: DatabaseError, path: String) {
    let detail = error.message ?? "SQLite error \(error.extendedResultCode.rawValue)"
    switch (error.resultCode, error.extendedResultCode) {
    case (.SQLITE_BUSY, _), (.SQLITE_LOCKED, _), (.SQLITE_PROTOCOL, _):
      self = .busy(path: path)
    case (.SQLITE_FULL, _):
      self = .diskFull(path: path, bytesNeeded: nil)
    case (.SQLITE_CORRUPT, _), (.SQLITE_FORMAT, _), (.SQLITE_SCHEMA, _), (.SQLITE_MISMATCH, _):
      self = .damaged(path: path, detail: detail)
    case (.SQLITE_NOTADB, _):
      self = .notADatabase(path: path)
    case (.SQLITE_CONSTRAINT, _):
      self = .refused(path: path, rule: detail)
    case (_, .SQLITE_READONLY_DIRECTORY), (_, .SQLITE_READONLY_CANTINIT), (_, .SQLITE_READONLY_RECOVERY),
      (_, .SQLITE_READONLY_CANTLOCK):
      self = .readOnlyFolder(path: path)
    case (.SQLITE_ERROR, _):
      // Our own SQL is right, so the schema is not what it should be.
      self = .damaged(path: path, detail: detail)
    default:
      self = .io(path: path, operation: "access to the database", detail: detail)
    }
  }

  /// The failure `code` of the system call `operation` on `path`.
  static func system(_ code: Int32, path: String, operation: String, bytesNeeded: Int? = nil) -> StoreError {
    switch code {
    case ENOSPC, EDQUOT: .diskFull(path: path, bytesNeeded: bytesNeeded)
    case ENOENT: .notFound(path: path)
    default: .io(path: path, operation: operation, detail: String(cString: strerror(code)))
    }
  }

  /// Turns an error that Foundation throws in `body` into one that names the file and the remedy.
  public static func translating<Value>(path: String, _ body: () throws -> Value) throws -> Value {
    do {
      return try body()
    } catch let error as StoreError {
      throw error
    } catch let error as CocoaError {
      if let code = (error.underlying as? POSIXError)?.code.rawValue {
        throw system(code, path: path, operation: "access")
      }
      switch error.code {
      case .fileWriteOutOfSpace: throw diskFull(path: path, bytesNeeded: nil)
      case .fileNoSuchFile, .fileReadNoSuchFile: throw notFound(path: path)
      default: throw io(path: path, operation: "access", detail: error.localizedDescription)
      }
    }
  }
}
