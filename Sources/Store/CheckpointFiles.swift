import Foundation

/// The folder `checkpoints` of a run directory: each file is whole or absent.
///
/// A file is written under a temporary name, synced, renamed, and its folder synced; only then may its row be
/// inserted. So a file without a row is garbage, and a row's file is whole unless the disk damaged it.
///
///     let path = try files.write(bytes, named: "r03-s000500.safetensors")
///     // checkpoints/r03-s000500.safetensors
public struct CheckpointFiles: Sendable {
  public static let folder = "checkpoints"

  /// The system calls of `write`, in their order.
  enum Step: Equatable, Sendable {
    case create, write, sync, rename, syncFolder
  }

  let directory: URL
  /// Called before each step. An `Errno` thrown here is taken for the step's own failure; any other error
  /// passes through as if the process ended there.
  private let before: @Sendable (Step) throws -> Void

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

  private var folder: URL { directory.appending(path: Self.folder, directoryHint: .isDirectory) }

  /// Returns the path relative to the run directory, for the row. Replaces a file of the same name.
  public func write(_ bytes: [UInt8], named name: String) throws -> String {
    let path = "\(Self.folder)/\(name)"
    let target = try RunDirectory(directory).resolve(path).path
    guard !name.contains("/"), !name.hasSuffix(".tmp") else {
      throw StoreError.outsideRunDirectory(path: path, directory: directory.path)
    }
    try makeFolder()
    let temporary = target + ".tmp"
    do {
      try writeWhole(bytes, to: temporary)
      try before(.rename)
      guard rename(temporary, target) == 0 else { throw Errno() }
      try before(.syncFolder)
      try syncFolder(folder.path)
    } catch let error as Errno {
      unlink(temporary)
      throw StoreError.system(error.code, path: target, operation: "writing", bytesNeeded: bytes.count)
    }
    return path
  }

  /// The file of a row, whole: size and hash are the row's. Throws `checkpointMissing`, `checkpointDamaged`.
  /// `hexDigest` computes SHA-256 in lowercase hexadecimal.
  public func read(_ record: CheckpointRecord, hexDigest: ([UInt8]) -> String) throws -> [UInt8] {
    let content = try read(record.path, bytes: record.bytes)
    guard hexDigest(content) == record.sha256 else {
      throw StoreError.checkpointDamaged(
        path: directory.appending(path: record.path).path,
        detail: "its SHA-256 is not the one in the database")
    }
    return content
  }

  /// `path` is relative to the run directory; with `bytes`, another size is refused before anything is read.
  public func read(_ path: String, bytes: Int? = nil) throws -> [UInt8] {
    let file = try RunDirectory(directory).resolve(path).path
    let descriptor = open(file, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
    guard descriptor >= 0 else {
      switch errno {
      case ENOENT: throw StoreError.checkpointMissing(path: file)
      case ELOOP: throw StoreError.checkpointDamaged(path: file, detail: "it is a link")
      default: throw StoreError.system(errno, path: file, operation: "opening")
      }
    }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else {
      throw StoreError.system(errno, path: file, operation: "looking at the file")
    }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw StoreError.checkpointDamaged(path: file, detail: "it is not a file")
    }
    let size = Int(status.st_size)
    if let bytes, bytes != size {
      throw StoreError.checkpointDamaged(path: file, detail: "\(size) bytes instead of \(bytes)")
    }
    var failure: Int32 = 0
    let content = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      while count < size {
        let read = Foundation.read(descriptor, buffer.baseAddress! + count, min(size - count, 1 << 30))
        if read < 0, errno == EINTR { continue }
        if read < 0 { failure = errno }
        if read <= 0 { break }
        count += read
      }
    }
    guard failure == 0 else { throw StoreError.system(failure, path: file, operation: "reading") }
    guard content.count == size else {
      throw StoreError.checkpointDamaged(path: file, detail: "it ends after \(content.count) bytes")
    }
    return content
  }

  /// Whether there is a file at `path`, whole or not.
  public func has(_ path: String) -> Bool {
    guard let file = try? RunDirectory(directory).resolve(path).path else { return false }
    return access(file, F_OK) == 0
  }

  /// Removes a file whose row is gone already; one that is not there is fine.
  public func remove(_ path: String) throws {
    let file = try RunDirectory(directory).resolve(path).path
    guard unlink(file) == 0 || errno == ENOENT else {
      throw StoreError.system(errno, path: file, operation: "removing")
    }
  }

  /// Removes every file without a row, temporary ones included; returns their paths in order. `keeping`: the
  /// paths of all rows. Folders are left alone.
  public func removeUnknown(keeping: Set<String>) throws -> [String] {
    let names: [String]
    do {
      names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    } catch CocoaError.fileReadNoSuchFile {
      return []
    } catch {
      throw StoreError.io(path: folder.path, operation: "listing the folder", detail: "\(error)")
    }
    var removed: [String] = []
    for name in names {
      let path = "\(Self.folder)/\(name)"
      var status = stat()
      guard !keeping.contains(path), lstat("\(folder.path)/\(name)", &status) == 0,
        status.st_mode & S_IFMT != S_IFDIR
      else { continue }
      try remove(path)
      removed.append(path)
    }
    return removed
  }

  // MARK: - Steps

  private func makeFolder() throws {
    guard mkdir(folder.path, 0o777) == 0 else {
      if errno == EEXIST { return }
      throw StoreError.system(errno, path: folder.path, operation: "creating the folder")
    }
    do {
      try syncFolder(directory.path)
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
    var failure: Errno?
    bytes.withUnsafeBytes { buffer in
      var written = 0
      while written < buffer.count {
        let count = Foundation.write(
          descriptor, buffer.baseAddress! + written, min(buffer.count - written, 1 << 30))
        if count < 0, errno == EINTR { continue }
        if count <= 0 {
          failure = count < 0 ? Errno() : Errno(code: EIO)
          return
        }
        written += count
      }
    }
    if let failure { throw failure }
    try before(.sync)
    try sync(descriptor)
  }

  private func syncFolder(_ path: String) throws {
    let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw Errno() }
    defer { close(descriptor) }
    try sync(descriptor)
  }

  private func sync(_ descriptor: Int32) throws {
    #if canImport(Darwin)
      guard fcntl(descriptor, F_FULLFSYNC) == 0 || fsync(descriptor) == 0 else { throw Errno() }
    #else
      guard fsync(descriptor) == 0 else { throw Errno() }
    #endif
  }
}

/// A failed system call.
struct Errno: Error, Equatable {
  let code: Int32

  init(code: Int32 = errno) {
    self.code = code
  }
}
