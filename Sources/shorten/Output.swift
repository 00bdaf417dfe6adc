import Foundation

/// Text to stdout (results) and stderr (everything else), unbuffered, so that nothing is lost in a crash.
enum Output {
  /// A line of results. Throws `OutputFailure`.
  static func line(_ text: String) throws(OutputFailure) { try self.text(text + "\n") }

  /// Results that end their own lines. Throws `OutputFailure`.
  static func text(_ text: String) throws(OutputFailure) {
    let code = write(text, to: STDOUT_FILENO)
    guard code == 0 else { throw OutputFailure(code: code) }
  }

  /// A line for people. Where nobody listens any more it is lost, and the work goes on.
  static func note(_ text: String) {
    _ = write(text + "\n", to: STDERR_FILENO)
  }

  /// Without a line break.
  static func draw(_ text: String) {
    _ = write(text, to: STDERR_FILENO)
  }

  /// All bytes; 0 or the error's number.
  private static func write(_ text: String, to file: Int32) -> Int32 {
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let count = bytes.withUnsafeBytes { Foundation.write(file, $0.baseAddress, $0.count) }
      if count >= 0 {
        bytes = bytes.dropFirst(count)
      } else if errno == EAGAIN {
        usleep(1000)
      } else if errno != EINTR {
        return errno
      }
    }
    return 0
  }
}

/// stdout took no more.
struct OutputFailure: Error {
  let code: Int32

  /// A reader that went away (`shorten rounds | head -1`) has what it wanted: status 0. Anything else: 74.
  func end() -> Never {
    if code == EPIPE { exit(ExitStatus.done.rawValue) }
    Output.note("error: standard output cannot be written: \(String(cString: strerror(code)))")
    exit(ExitStatus.inputOutput.rawValue)
  }
}

/// What a terminal allows.
struct Terminal: Sendable {
  let isInteractive: Bool
  let hasColour: Bool
  private let file: Int32

  /// `file` is a file descriptor. Interactive: a terminal that can move its cursor.
  init(_ file: Int32, environment: [String: String] = ProcessInfo.processInfo.environment) {
    self.file = file
    isInteractive = isatty(file) == 1 && environment["TERM"] ?? "dumb" != "dumb"
    hasColour = isInteractive && (environment["NO_COLOR"] ?? "").isEmpty
  }

  /// Columns; 80 where unknown.
  var width: Int {
    var size = winsize()
    guard ioctl(file, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
    return Int(size.ws_col)
  }
}
