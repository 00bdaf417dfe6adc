import Foundation

/// Keeps a run directory to one process: `flock` on `run.lock`, whose content names the owner for people.
///
/// The kernel releases the lock when the process ends, however it ends, so the file's text means nothing
/// without a lock. The lock lasts as long as this object.
///
///     // StoreError.locked: another process has it
///     let lock = try RunLock(directory: directory, pid: 4321, host: "name")
public final class RunLock: Sendable {
  public static let fileName = "run.lock"

  private let descriptor: Int32

  /// Creates `run.lock` in `directory`, which exists, in the name of process `pid` of `host`. Throws
  /// `StoreError.locked` with the pid and host of the owner, if the file has them.
  public init(directory: URL, pid: Int32, host: String) throws {
    let path = try RunDirectory(directory).resolve(Self.fileName).path
    let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0o666)
    guard descriptor >= 0 else { throw StoreError.system(errno, path: path, operation: "opening the lock") }
    self.descriptor = descriptor
    while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
      if errno == EINTR { continue }
      guard errno == EWOULDBLOCK else {
        throw StoreError.system(errno, path: path, operation: "locking")
      }
      let owner = Self.owner(readFrom: descriptor)
      throw StoreError.locked(path: path, pid: owner.pid, host: owner.host)
    }
    let text = Array("pid \(pid)\nhost \(host)\n".utf8)
    guard ftruncate(descriptor, 0) == 0, pwrite(descriptor, text, text.count, 0) == text.count else {
      throw StoreError.system(errno, path: path, operation: "writing the lock")
    }
  }

  deinit {
    // Unlocking first: a child that was forked just now shares the lock until it executes its program.
    flock(descriptor, LOCK_UN)
    close(descriptor)
  }

  private static func owner(readFrom descriptor: Int32) -> (pid: Int32?, host: String?) {
    var buffer = [UInt8](repeating: 0, count: 512)
    let count = pread(descriptor, &buffer, buffer.count, 0)
    var owner: (pid: Int32?, host: String?) = (nil, nil)
    for line in String(decoding: buffer.prefix(max(0, count)), as: UTF8.self).split(separator: "\n") {
      let words = line.split(separator: " ", maxSplits: 1)
      guard words.count == 2 else { continue }
      if words[0] == "pid" { owner.pid = Int32(words[1]) }
      if words[0] == "host" { owner.host = String(words[1]) }
    }
    return owner
  }
}
