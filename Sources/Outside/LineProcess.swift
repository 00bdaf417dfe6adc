import Foundation
import JSON

/// A program that answers lines of text with lines of text: one question after the other, each with a time
/// limit.
///
///     let process = try LineProcess(["./check"], in: "/tasks")
///     let reply = try process.answer(to: "3 5", within: 30)       // bytes of "8"
///
/// A question takes no longer than its time limit and no more memory than `limits` allow, whether the program
/// dies, is silent, or writes without an end. The time limit is measured with the system's continuous clock,
/// the one clock that a library of this package reads; it can end a question, never change an answer.
///
/// The program gets a process group of its own, so that ctrl-C in a terminal does not end it before its last
/// answer. It is killed when this object goes. An object is used by one thread at a time.
public final class LineProcess {
  /// What went wrong, in words that follow the name of the program. The process cannot be used any more.
  public struct Fault: Error, Sendable, Equatable {
    public let text: String
    /// Whether the time limit ended the question.
    public let isTimeUp: Bool

    public init(_ text: String, isTimeUp: Bool = false) {
      self.text = text
      self.isTimeUp = isTimeUp
    }
  }

  /// What the program may write at most, in bytes.
  public struct Limits: Sendable, Equatable {
    /// The longest line that is an answer.
    public var longestReply: Int
    /// The end of its standard error that is kept; all of it is read.
    public var longestComplaints: Int

    public init(longestReply: Int = 1 << 20, longestComplaints: Int = 4096) {
      self.longestReply = longestReply
      self.longestComplaints = longestComplaints
    }
  }

  private let pid: pid_t
  private let input: Int32
  private let output: Int32
  private let errors: Int32
  private let limits: Limits
  private var received: [UInt8] = []
  private var complaints: [UInt8] = []
  private var hasErrors = true

  /// Starts `command`, a program and its arguments, in a folder. A program without a slash is looked up on
  /// the PATH of the environment. If there is no such program, the first question fails.
  public init(
    _ command: [String], in folder: String, environment: ProcessEnvironment = .current,
    limits: Limits = Limits()
  ) throws(Fault) {
    let started = ChildProcess.start(command, in: folder, environment)
    guard started.code == 0 else {
      for end in started.files { close(end) }
      throw Fault("cannot be started: \(String(cString: strerror(started.code)))")
    }
    (input, output, errors) = (started.files[0], started.files[1], started.files[2])
    pid = started.pid
    self.limits = limits
  }

  deinit {
    guard pid > 0 else { return }
    ChildProcess.kill(pid)
    for file in [input, output, errors] { close(file) }
  }

  /// The line that answers `line`, without its end. `line` has no line break inside.
  public func answer(to line: String, within seconds: Double) throws(Fault) -> [UInt8] {
    let deadline = ContinuousClock.now + .seconds(seconds)
    // What was written before the question would pass for its answer.
    var isOpen = receive()
    guard received.isEmpty else { throw Fault("wrote without being asked: \(shown)") }
    var unsent = Array(line.utf8)[...]
    unsent.append(UInt8(ascii: "\n"))
    while true {
      if let end = received.firstIndex(of: UInt8(ascii: "\n")) {
        guard end == received.count - 1 else { throw Fault("wrote more than one line: \(shown)") }
        defer { received.removeAll(keepingCapacity: true) }
        return Array(received[..<end])
      }
      guard isOpen else { throw Fault(ChildProcess.ending(of: pid)) }
      guard received.count <= limits.longestReply else {
        throw Fault("wrote \(received.count) bytes without a line end: \(shown)")
      }
      guard wait(toWrite: !unsent.isEmpty, until: deadline) else {
        let found = received.isEmpty ? "nothing" : "no line end after \(shown)"
        throw Fault("wrote \(found) within \(seconds.json) seconds", isTimeUp: true)
      }
      send(&unsent)
      isOpen = receive()
    }
  }

  /// The last lines of its standard error, joined by ` | `; nil if there are none.
  public var lastComplaints: String? {
    receiveErrors()
    // Lines of marks under a place, as Python draws them, say nothing once they are joined.
    let lines = String(decoding: complaints, as: UTF8.self).split(separator: "\n")
      .filter { !$0.allSatisfy { " ^~".contains($0) } }.suffix(4)
    return lines.isEmpty ? nil : lines.map { String($0.prefix(200)) }.joined(separator: " | ")
  }
}

// MARK: - Reading and writing

extension LineProcess {
  /// Waits until something can be read, or written if that is wanted; false if the time is up.
  private func wait(toWrite: Bool, until deadline: ContinuousClock.Instant) -> Bool {
    while true {
      let left = deadline - .now
      guard left > .zero else { return false }
      let milliseconds = min(60_000, left / .milliseconds(1)).rounded(.up)
      var files = [
        pollfd(fd: output, events: Int16(POLLIN), revents: 0),
        pollfd(fd: hasErrors ? errors : -1, events: Int16(POLLIN), revents: 0),
        pollfd(fd: toWrite ? input : -1, events: Int16(POLLOUT), revents: 0),
      ]
      _ = poll(&files, nfds_t(files.count), Int32(milliseconds))
      // If its pipe filled up, the program would wait for ever.
      if files[1].revents != 0 { receiveErrors() }
      if files[0].revents != 0 || files[2].revents != 0 { return true }
    }
  }

  /// Writes as much as the program takes now. If it reads no more, the rest is dropped: its end will be seen.
  private func send(_ unsent: inout ArraySlice<UInt8>) {
    while !unsent.isEmpty {
      let count = unsent.withUnsafeBytes { write(input, $0.baseAddress, $0.count) }
      if count >= 0 {
        unsent = unsent.dropFirst(count)
      } else if errno != EINTR {
        if errno != EAGAIN { unsent = [] }
        return
      }
    }
  }

  /// Takes what is there; false if there will be no more.
  private func receive() -> Bool {
    while received.count <= limits.longestReply {
      guard let count = read(output, into: &received) else { return false }
      if count == 0 { return true }
    }
    return true
  }

  /// A program may write faster than it is read, so that one call takes a few parts at most.
  private func receiveErrors() {
    for _ in 0..<16 where hasErrors {
      let count = read(errors, into: &complaints)
      hasErrors = count != nil
      complaints.removeFirst(max(0, complaints.count - limits.longestComplaints))
      if count == 0 { return }
    }
  }

  /// The number of bytes that were there, at most 16 KiB; nil at the end of the file.
  private func read(_ file: Int32, into bytes: inout [UInt8]) -> Int? {
    var part = [UInt8](repeating: 0, count: 16_384)
    while true {
      let count = part.withUnsafeMutableBytes { Foundation.read(file, $0.baseAddress, $0.count) }
      if count > 0 {
        bytes += part[..<count]
        return count
      }
      if count == 0 { return nil }
      if errno != EINTR { return errno == EAGAIN ? 0 : nil }
    }
  }

  private var shown: String { String(decoding: received.prefix(60), as: UTF8.self).jsonQuoted }
}
