import ArgumentParser

/// How the command ended, for the shell. The numbers from 64 on are those of `sysexits.h`.
enum ExitStatus: Int32 {
  case done = 0
  /// The work failed, or `solve` found nothing correct.
  case failed = 1
  /// The command line or the configuration is wrong.
  case usage = 2
  /// A file, a run or a line of input cannot be read for what it should be.
  case badData = 65
  /// A file or standard output cannot be read or written.
  case inputOutput = 74
  /// Another process works on the run; try again later.
  case locked = 75
  /// A signal stopped the work.
  case stopped = 130

  /// To be thrown where everything was said already.
  var error: ExitCode { ExitCode(rawValue) }
}
