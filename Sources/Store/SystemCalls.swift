import Foundation

/// A failed system call.
struct Errno: Error, Equatable {
  let code: Int32

  init(code: Int32 = errno) {
    self.code = code
  }
}

/// The system calls that make writing durable, and reading that follows no link. Failures are `Errno`s.
enum SystemCalls {
  /// What a name in a folder is.
  enum Entry: Equatable {
    case file(bytes: Int)
    case folder
    case link
    case special
  }

  /// nil if there is nothing at `path`. Follows no link.
  static func entry(at path: String) throws -> Entry? {
    var status = stat()
    guard lstat(path, &status) == 0 else {
      if errno == ENOENT { return nil }
      throw Errno()
    }
    return switch status.st_mode & S_IFMT {
    case S_IFREG: .file(bytes: Int(status.st_size))
    case S_IFDIR: .folder
    case S_IFLNK: .link
    default: .special
    }
  }

  static func write(_ bytes: [UInt8], to descriptor: Int32) throws {
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
  }

  /// Calls `body` with the bytes of a file from its start, a block at a time.
  static func readBlocks(of descriptor: Int32, _ body: (UnsafeRawBufferPointer) -> Void) throws {
    let block = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 16)
    defer { block.deallocate() }
    while true {
      let count = read(descriptor, block.baseAddress!, block.count)
      if count < 0, errno == EINTR { continue }
      if count < 0 { throw Errno() }
      if count == 0 { return }
      body(UnsafeRawBufferPointer(rebasing: block[..<count]))
    }
  }

  static func openFile(_ path: String) throws -> Int32 {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
    guard descriptor >= 0 else { throw Errno() }
    return descriptor
  }

  static func syncFolder(_ path: String) throws {
    let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw Errno() }
    defer { close(descriptor) }
    try sync(descriptor)
  }

  static func sync(_ descriptor: Int32) throws {
    #if canImport(Darwin)
      guard fcntl(descriptor, F_FULLFSYNC) == 0 || fsync(descriptor) == 0 else { throw Errno() }
    #else
      guard fsync(descriptor) == 0 else { throw Errno() }
    #endif
  }
}
