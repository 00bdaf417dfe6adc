import ArgumentParser
import Configuration
import ExpertIteration
import Foundation
import Reading
import Text

/// The command `shorten`. It parses its arguments, calls ExpertIteration and prints.
///
/// Results go to stdout, everything else to stderr. How it ends is an `ExitStatus`.
@main
struct Shorten: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "shorten",
    abstract: "Trains small transformers on written reasoning and makes it shorter, round by round.",
    discussion: """
      The first steps:
        shorten init maze > maze.json        a small configuration
        shorten run --config maze.json       trains; the same command continues
        shorten rounds runs/maze             what came of it
        shorten report runs/maze             the same as a page, with drawings

      Exit statuses: 0 done, 1 failed, 2 usage or configuration, 65 bad data, 74 input or output failed, \
      75 locked by another process, 130 stopped by a signal.
      """,
    version: version,
    subcommands: [
      RunCommand.self, RoundsCommand.self, BudgetCommand.self, ReportCommand.self, PlotCommand.self,
      WatchCommand.self, CompareCommand.self, DepthsCommand.self, EvalCommand.self, StatusCommand.self,
      ShowCommand.self, SolveCommand.self, ReferenceCommand.self, AStarCommand.self, VerifyCommand.self,
      ExportCommand.self, ImportCommand.self, DigestCommand.self, InitCommand.self, ConfigCommand.self,
    ])

  static let version = "0.1.0"

  /// How a person calls this program: the path it was started by, or its name if it was found on the PATH.
  static var program: String {
    guard let path = CommandLine.arguments.first, path.contains("/") else { return "shorten" }
    return path.shellQuoted
  }

  static func main() {
    signal(SIGPIPE, SIG_IGN)
    do {
      var command = try parseAsRoot()
      try command.run()
    } catch {
      end(after: error)
    }
  }

  /// Prints what went wrong on stderr and exits with its status. Help and version go to stdout with status 0.
  static func end(after error: any Error) -> Never {
    if let code = error as? ExitCode { Foundation.exit(code.rawValue) }
    if let failure = error as? OutputFailure { failure.end() }
    switch exitCode(for: error) {
    case .success:
      do { try Output.line(fullMessage(for: error)) } catch { error.end() }
      Foundation.exit(ExitStatus.done.rawValue)
    case .validationFailure:
      let message = fullMessage(for: error)
      let prefix = "Error: "
      Output.note(message.hasPrefix(prefix) ? "error: " + message.dropFirst(prefix.count) : message)
      Foundation.exit(ExitStatus.usage.rawValue)
    default:
      if let failure = error as? FileFailure {
        Output.note("error: \(failure)")
        Foundation.exit(ExitStatus.inputOutput.rawValue)
      }
      let failure = Failure(error)
      Output.note(failure.message)
      Foundation.exit(failure.status.rawValue)
    }
  }
}
