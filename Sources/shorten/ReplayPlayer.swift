import Foundation

/// Shows pictures one after another in the same place.
enum ReplayPlayer {
  /// Plays all pictures on a terminal, with a delay in seconds; elsewhere prints the last one.
  static func play(_ frames: [String], on terminal: Terminal, delay: Double) throws {
    guard terminal.isInteractive, delay > 0 else {
      if let last = frames.last { try Output.line(last) }
      return
    }
    var height = 0
    for frame in frames {
      let back = height > 0 ? "\u{1B}[\(height)A\u{1B}[J" : ""
      // A longer line would wrap, and the cursor would move back too little.
      let lines = frame.split(separator: "\n", omittingEmptySubsequences: false).map {
        $0.prefix(terminal.width - 1)
      }
      try Output.line(back + lines.joined(separator: "\n"))
      height = lines.count
      usleep(UInt32(delay * 1e6))
    }
  }
}
