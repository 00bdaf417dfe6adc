import Determinism
import Foundation

/// The folder `checkpoints` of a run directory: each artifact in it, a file or a folder, is whole or absent.
///
/// An artifact is written under a temporary name, synced, renamed, and `checkpoints` synced; only then may
/// its row be inserted. So an artifact without a row is garbage, and that of a row is whole unless the disk
/// damaged it.
///
///     let path = try files.write(bytes, named: "r03-s000500.safetensors")
///     // checkpoints/r03-s000500.safetensors
public struct CheckpointFiles: Sendable {
  public static let folder = "checkpoints"

  /// The steps of `write` and, with `clear`, of `adopt`, in their order.
  enum Step: Equatable, Sendable {
    case create, write, sync, clear, rename, syncFolder
  }

  public let directory: URL
  /// Called before each step. An `Errno` thrown here is taken for the step's own failure; any other error
  /// passes through as if the process ended there.
  let before: @Sendable (Step) throws -> Void

  /// directory: the run directory, which exists.
  public init(directory: URL) throws {
    try self.init(directory: directory, before: { _ in })
  }

  init(directory: URL, before: @escaping @Sendable (Step) throws -> Void) throws {
    var status = stat()
    guard stat(directory.path, &status) == 0 else {
      throw StoreError.system(errno, path: directory.path, operation: "looking at the folder")
    }
    self.directory = directory
    self.before = before
  }

  var folder: URL { directory.appending(path: Self.folder, directoryHint: .isDirectory) }

  /// Returns the path relative to the run directory, for the row. Replaces a file of the same name.
  public func write(_ bytes: [UInt8], named name: String) throws -> String {
    let (path, target) = try resolve(named: name)
    try makeFolder()
    let temporary = target + Self.temporarySuffix
    do {
      try writeWhole(bytes, to: temporary)
      try before(.rename)
      guard rename(temporary, target) == 0 else { throw Errno() }
      try before(.syncFolder)
      try SystemCalls.syncFolder(folder.path)
    } catch let error as Errno {
      unlink(temporary)
      throw StoreError.system(error.code, path: target, operation: "writing", bytesNeeded: bytes.count)
    }
    return path
  }

  /// Whether there is a file or a folder at `path`, whole or not.
  public func has(_ path: String) -> Bool {
    guard let file = try? RunDirectory(directory).resolve(path).path else { return false }
    return access(file, F_OK) == 0
  }

  // MARK: - Names and steps

  static let temporarySuffix = ".tmp"

  /// The path of an artifact relative to the run directory, and its absolute one. Refuses temporary names.
  func resolve(named name: String) throws -> (path: String, target: String) {
    let path = "\(Self.folder)/\(name)"
    let target = try RunDirectory(directory).resolve(path).path
    guard !name.contains("/"), !name.hasSuffix(Self.temporarySuffix) else {
      throw StoreError.outsideRunDirectory(path: path, directory: directory.path)
    }
    return (path, target)
  }

  func makeFolder() throws {
    guard mkdir(folder.path, 0o777) == 0 else {
      if errno == EEXIST { return }
      throw StoreError.system(errno, path: folder.path, operation: "creating the folder")
    }
    do {
      try SystemCalls.syncFolder(directory.path)
    } catch let error as Errno {
      throw StoreError.system(error.code, path: directory.path, operation: "syncing the folder")
    }
  }

  private func writeWhole(_ bytes: [UInt8], to path: String) throws {
    try before(.create)
    // A link left at the temporary name must not lead the write elsewhere.
    unlink(path)
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o666)
    guard descriptor >= 0 else { throw Errno() }
    defer { close(descriptor) }
    try before(.write)
    try SystemCalls.write(bytes, to: descriptor)
    try before(.sync)
    try SystemCalls.sync(descriptor)
  }
}
