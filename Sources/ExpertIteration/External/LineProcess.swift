import Foundation
import Synchronization

/// A program that answers lines of text with lines of text.
///
/// Nothing it does takes longer than a time limit or more memory than a line may have: neither death nor
/// silence, nor output without an end. It has a process group of its own, so that ctrl-C in a terminal does
/// not end it before its last answer, and is killed when this object goes.
final class LineProcess {
  /// What went wrong, in words that follow "the verifier".
  struct Fault: Error {
    let text: String
  }

  static let longestReply = 1 << 20

  private let pid: pid_t
  private let input: Int32
  private let output: Int32
  private let errors: Int32
  private var received: [UInt8] = []
  private var complaints: [UInt8] = []
  private var hasErrors = true

  /// `command` is a program and its arguments; a program without a slash is looked up on the PATH. One that is
  /// not there is found out by the first question.
  init(_ command: [String], in folder: String) throws(Fault) {
    // A write to a process that has died is to be an error, not the end of this one.
    _ = Self.ignoresBrokenPipes
    let started = Self.start(command, in: folder)
    (input, output, errors) = (started.files[0], started.files[1], started.files[2])
    pid = started.pid
    guard started.code == 0 else {
      for end in [input, output, errors] { close(end) }
      throw Fault(text: "cannot be started: \(String(cString: strerror(started.code)))")
    }
  }

  deinit {
    guard pid > 0 else { return }
    kill(-pid, SIGKILL)
    var status: Int32 = 0
    while waitpid(pid, &status, 0) == -1, errno == EINTR {}
    for file in [input, output, errors] { close(file) }
  }

  /// The line that answers `line`, without its end; neither has a line break inside. Throws what went wrong
  /// within `seconds`; the process is of no further use then.
  func answer(to line: String, within seconds: Double) throws(Fault) -> [UInt8] {
    let deadline = ContinuousClock.now + .seconds(seconds)
    // What was written before it was asked would pass for the answer.
    var isOpen = receive()
    guard received.isEmpty else { throw Fault(text: "wrote without being asked: \(shown)") }
    var unsent = Array(line.utf8)[...]
    unsent.append(UInt8(ascii: "\n"))
    while true {
      if let end = received.firstIndex(of: UInt8(ascii: "\n")) {
        guard end == received.count - 1 else { throw Fault(text: "wrote more than one line: \(shown)") }
        defer { received.removeAll(keepingCapacity: true) }
        return Array(received[..<end])
      }
      guard isOpen else { throw Fault(text: ending) }
      guard received.count <= Self.longestReply else {
        throw Fault(text: "wrote \(received.count) bytes without a line end: \(shown)")
      }
      guard wait(toWrite: !unsent.isEmpty, until: deadline) else {
        let found = received.isEmpty ? "nothing" : "no line end after \(shown)"
        let limit = "\(ConfigurationValue.number(seconds).json) seconds (domain.secondsPerReply)"
        throw Fault(text: "wrote \(found) within \(limit)")
      }
      send(&unsent)
      isOpen = receive()
    }
  }

  /// The last lines that it wrote to its standard error; nil: none.
  var lastComplaints: String? {
    receiveErrors()
    // Lines of marks under a place, as Python draws them, say nothing once they are joined.
    let lines = String(decoding: complaints, as: UTF8.self).split(separator: "\n")
      .filter { !$0.allSatisfy { " ^~".contains($0) } }.suffix(4)
    return lines.isEmpty ? nil : lines.map { String($0.prefix(200)) }.joined(separator: " | ")
  }
}

// MARK: - Reading and writing

extension LineProcess {
  private static let longestComplaints = 4096

  /// Until something can be read, or written where that is wanted; false: the time is up.
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
      // Its pipe must not fill up, or it would wait for ever.
      if files[1].revents != 0 { receiveErrors() }
      if files[0].revents != 0 || files[2].revents != 0 { return true }
    }
  }

  /// As much as it takes now. Where it reads no more, the rest is dropped: its end will be seen.
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

  /// Takes what is there; false: there will be no more.
  private func receive() -> Bool {
    Self.read(output, into: &received, atMost: Self.longestReply + 1)
  }

  private func receiveErrors() {
    if hasErrors { hasErrors = Self.read(errors, into: &complaints, atMost: .max) }
    complaints.removeFirst(max(0, complaints.count - Self.longestComplaints))
  }

  private static func read(_ file: Int32, into bytes: inout [UInt8], atMost limit: Int) -> Bool {
    var part = [UInt8](repeating: 0, count: 16_384)
    while bytes.count < limit {
      let count = part.withUnsafeMutableBytes { Foundation.read(file, $0.baseAddress, $0.count) }
      if count > 0 {
        bytes += part[..<count]
      } else if count == 0 {
        return false
      } else if errno != EINTR {
        return errno == EAGAIN
      }
    }
    return true
  }

  private var shown: String { quoted(String(decoding: received.prefix(60), as: UTF8.self)) }
}

// MARK: - Start and end

extension LineProcess {
  private static let ignoresBrokenPipes: Void = { signal(SIGPIPE, SIG_IGN) }()

  /// How it ended, its output being closed: `ended with status 3`. It is waited for a second.
  private var ending: String {
    var info = siginfo_t()
    for _ in 0..<100 {
      // It stays there to be killed and reaped.
      if waitid(P_PID, id_t(pid), &info, WEXITED | WNOHANG | WNOWAIT) == 0, info.si_code != 0 { break }
      usleep(10_000)
    }
    let status = Self.status(of: info)
    switch Int(info.si_code) {
    case 0: return "closed its output"
    case Int(CLD_EXITED): return "ended with status \(status)"
    default: return "was ended by signal \(status) (\(String(cString: strsignal(status))))"
    }
  }

  private static func status(of info: siginfo_t) -> Int32 {
    #if canImport(Darwin)
      info.si_status
    #else
      info._sifields._sigchld.si_status
    #endif
  }

  /// Pipes and a process at their other ends, by one thread at a time: a process that another thread starts
  /// would keep the ends open that it inherits. `files` are ours: its input, output and errors.
  private static func start(
    _ command: [String], in folder: String
  ) -> (pid: pid_t, code: Int32, files: [Int32]) {
    starting.withLock { _ in
      var ends: [Int32] = []
      for _ in 0..<3 {
        var pair: [Int32] = [-1, -1]
        _ = pipe(&pair)
        for end in pair { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        ends += pair
      }
      let (ours, theirs) = ([ends[1], ends[2], ends[4]], [ends[0], ends[3], ends[5]])
      for end in ours { _ = fcntl(end, F_SETFL, fcntl(end, F_GETFL) | O_NONBLOCK) }
      let started = spawn(command, in: folder, files: theirs)
      for end in theirs { close(end) }
      return (started.pid, started.code, ours)
    }
  }

  private static let starting = Mutex(())

  /// `files` become its standard input, output and error. `code` is 0 or the error's number.
  private static func spawn(
    _ command: [String], in folder: String, files: [Int32]
  ) -> (pid: pid_t, code: Int32) {
    #if canImport(Darwin)
      var actions: posix_spawn_file_actions_t?
      var attributes: posix_spawnattr_t?
    #else
      var actions = posix_spawn_file_actions_t()
      var attributes = posix_spawnattr_t()
    #endif
    posix_spawn_file_actions_init(&actions)
    posix_spawnattr_init(&attributes)
    defer {
      posix_spawn_file_actions_destroy(&actions)
      posix_spawnattr_destroy(&attributes)
    }
    for (number, file) in files.enumerated() {
      posix_spawn_file_actions_adddup2(&actions, file, Int32(number))
    }
    // A run blocks the signals it stops by, and ignores others: what it starts, and what that starts, does not.
    var signals = sigset_t()
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    for signal in [SIGPIPE, SIGINT, SIGTERM, SIGHUP] { sigaddset(&signals, signal) }
    posix_spawnattr_setsigdefault(&attributes, &signals)
    posix_spawnattr_setpgroup(&attributes, 0)
    posix_spawnattr_setflags(
      &attributes, Int16(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETPGROUP))
    // The shell changes the folder, for which there is no portable action, and becomes the program.
    let words = ["/bin/sh", "-c", "cd \"$0\" && exec \"$@\"", folder] + command
    var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
    let variables = ProcessInfo.processInfo.environment.map { "\($0)=\($1)" }
    var environment: [UnsafeMutablePointer<CChar>?] = variables.map { strdup($0) } + [nil]
    defer { for text in arguments + environment { free(text) } }
    var pid: pid_t = 0
    let code = posix_spawn(&pid, words[0], &actions, &attributes, &arguments, &environment)
    return (code == 0 ? pid : 0, code)
  }
}
