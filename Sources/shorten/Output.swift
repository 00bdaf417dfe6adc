import Foundation

/// Writes results to stdout and everything else to stderr, without a buffer, so that nothing is lost in a
/// crash.
enum Output {
  /// Prints a line of results. Throws `OutputFailure`.
  static func line(_ text: String) throws(OutputFailure) { try self.text(text + "\n") }

  /// Prints results that have their own line breaks. Throws `OutputFailure`.
  static func text(_ text: String) throws(OutputFailure) {
    let code = write(text, to: STDOUT_FILENO)
    guard code == 0 else { throw OutputFailure(code: code) }
  }

  /// Prints a line for people. If the reader has closed the pipe, the line is dropped and the work continues.
  static func note(_ text: String) {
    _ = write(text + "\n", to: STDERR_FILENO)
  }

  /// Prints text for people without a line break, as `note` otherwise.
  static func draw(_ text: String) {
    _ = write(text, to: STDERR_FILENO)
  }

  /// Writes all bytes. Returns 0 or the number of the error.
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

/// Standard output cannot be written any more.
struct OutputFailure: Error {
  let code: Int32

  /// Ends the process: with status 0 if the reader closed the pipe, as in `shorten rounds | head -1`, else
  /// with 74.
  func end() -> Never {
    if code == EPIPE { exit(ExitStatus.done.rawValue) }
    Output.note("error: standard output cannot be written: \(String(cString: strerror(code)))")
    exit(ExitStatus.inputOutput.rawValue)
  }
}

/// What a terminal can show.
struct Terminal: Sendable {
  let isInteractive: Bool
  let hasColour: Bool
  private let file: Int32

  /// `file` is a file descriptor. It is interactive if it is a terminal that can move its cursor.
  init(_ file: Int32, environment: [String: String] = ProcessInfo.processInfo.environment) {
    self.file = file
    isInteractive = isatty(file) == 1 && environment["TERM"] ?? "dumb" != "dumb"
    hasColour = isInteractive && (environment["NO_COLOR"] ?? "").isEmpty
  }

  /// The width in columns; 80 if it is unknown.
  var width: Int {
    var size = winsize()
    guard ioctl(file, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
    return Int(size.ws_col)
  }
}
