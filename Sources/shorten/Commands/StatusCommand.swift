import ArgumentParser
import Configuration
import ExpertIteration
import Reading

/// `shorten status`: prints the state of a run and how to continue it.
struct StatusCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status",
    abstract: "Tell whether a run is running, stale, stopped or finished, and how to continue.")

  @OptionGroup var place: RunArgument
  @Flag(help: "Print a line of JSON.") var json = false

  func run() throws {
    let reader = try place.reader()
    let state = try reader.state(now: Clock.utc)
    if json { return try Output.line(state.json) }
    let lines = StatusText.lines(
      state, RunLiveness(onThisMachine: state), rejection: try reader.rejection(), directory: place.directory)
    for line in lines { try Output.line(line) }
  }
}
