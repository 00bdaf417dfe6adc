import Determinism
import Foundation

/// Reading artifacts back, each checked against its row.
extension CheckpointFiles {
  /// The file of a row, whole: size and hash are the row's. Throws `checkpointMissing`, `checkpointDamaged`.
  public func read(_ record: CheckpointRecord) throws -> [UInt8] {
    let content = try read(record.path, bytes: record.bytes)
    guard SHA256.hexDigest(of: content) == record.sha256 else { throw otherHash(record) }
    return content
  }

  /// Checks that the artifact of a row is whole, in blocks: it may be larger than the memory. Throws
  /// `checkpointMissing`, `checkpointDamaged`.
  public func verify(_ record: CheckpointRecord) throws {
    let place = try RunDirectory(directory).resolve(record.path).path
    switch record.kind {
    case .file:
      let (descriptor, size) = try open(place)
      defer { close(descriptor) }
      try requireBytes(record.bytes, size, place)
      let found = try digest(of: descriptor, place)
      try requireBytes(size, found.bytes, place)
      guard found.sha256 == record.sha256 else { throw otherHash(record) }
    case .folder:
      guard let entry = try entry(at: place) else { throw StoreError.checkpointMissing(path: place) }
      guard entry == .folder else { throw damaged(place, "it is not a folder") }
      let content = try FolderContent(of: place)
      try requireBytes(record.bytes, content.bytes, place)
      let found = try content.digest { try self.digest(ofFile: $0) }
      guard found == record.sha256 else { throw otherHash(record) }
    }
  }

  /// `path` is relative to the run directory; with `bytes`, another size is refused before anything is read.
  public func read(_ path: String, bytes: Int? = nil) throws -> [UInt8] {
    let file = try RunDirectory(directory).resolve(path).path
    let (descriptor, size) = try open(file)
    defer { close(descriptor) }
    if let bytes { try requireBytes(bytes, size, file) }
    var content: [UInt8] = []
    content.reserveCapacity(size)
    do {
      try SystemCalls.readBlocks(of: descriptor) { content.append(contentsOf: $0) }
    } catch let error as Errno {
      throw StoreError.system(error.code, path: file, operation: "reading")
    }
    guard content.count == size else { throw damaged(file, "it ends after \(content.count) bytes") }
    return content
  }

  // MARK: - Parts

  /// Bytes and SHA-256 of a file, a block at a time. Synced before that, if asked.
  func digest(ofFile path: String, syncing: Bool = false) throws -> (bytes: Int, sha256: String) {
    let (descriptor, size) = try open(path)
    defer { close(descriptor) }
    if syncing { try SystemCalls.sync(descriptor) }
    let found = try digest(of: descriptor, path)
    try requireBytes(size, found.bytes, path)
    return found
  }

  func entry(at path: String) throws -> SystemCalls.Entry? {
    do {
      return try SystemCalls.entry(at: path)
    } catch let error as Errno {
      throw StoreError.system(error.code, path: path, operation: "looking at the artifact")
    }
  }

  func damaged(_ path: String, _ detail: String) -> StoreError {
    .checkpointDamaged(path: path, detail: detail)
  }

  private func digest(of descriptor: Int32, _ path: String) throws -> (bytes: Int, sha256: String) {
    var hash = SHA256()
    var bytes = 0
    do {
      try SystemCalls.readBlocks(of: descriptor) {
        hash.update($0)
        bytes += $0.count
      }
    } catch let error as Errno {
      throw StoreError.system(error.code, path: path, operation: "reading")
    }
    return (bytes, SHA256.hexadecimal(hash.finalize()))
  }

  /// An open file and its size. Follows no link, and waits for nobody at a pipe.
  private func open(_ file: String) throws -> (descriptor: Int32, size: Int) {
    let descriptor: Int32
    do {
      descriptor = try SystemCalls.openFile(file)
    } catch let error as Errno {
      switch error.code {
      case ENOENT: throw StoreError.checkpointMissing(path: file)
      case ELOOP: throw damaged(file, "it is a link")
      default: throw StoreError.system(error.code, path: file, operation: "opening")
      }
    }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else {
      let code = errno
      close(descriptor)
      throw StoreError.system(code, path: file, operation: "looking at the file")
    }
    guard status.st_mode & S_IFMT == S_IFREG else {
      close(descriptor)
      throw damaged(file, "it is not a file")
    }
    return (descriptor, Int(status.st_size))
  }

  private func requireBytes(_ expected: Int, _ found: Int, _ path: String) throws {
    guard expected == found else { throw damaged(path, "\(found) bytes instead of \(expected)") }
  }

  private func otherHash(_ record: CheckpointRecord) -> StoreError {
    damaged(directory.appending(path: record.path).path, "its SHA-256 is not the one in the database")
  }
}
