import ArgumentParser
import ExpertIteration
import Foundation

/// `shorten status`: where a run stands and how to continue.
struct StatusCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status",
    abstract: "Tell whether a run is running, stale, stopped or finished, and how to continue.")

  @OptionGroup var place: RunArgument
  @Flag(help: "Print a line of JSON.") var json = false

  func run() throws {
    let reader = try RunReader(place.directory)
    let state = try reader.state()
    if json { return try Output.line(state.json) }
    let lines = StatusText.lines(
      state, isGone: Self.isGone(state), rejection: try reader.rejection(), directory: place.directory)
    for line in lines { try Output.line(line) }
  }

  /// Whether the process that says it works has ended without notice, as far as this machine can tell.
  private static func isGone(_ state: RunState) -> Bool {
    let here = Run.ProcessIdentity.current
    guard let pid = state.pid, state.host == here.host else { return false }
    // After a reboot its number may be another process's.
    return state.bootID != here.bootID || kill(pid, 0) != 0 && errno == ESRCH
  }
}
