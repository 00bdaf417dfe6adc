import ArgumentParser
import ExpertIteration
import Foundation

/// The run that a reading command is about.
struct RunArgument: ParsableArguments {
  @Argument(help: ArgumentHelp("The run directory.", valueName: "dir")) var directory: String
}

/// `shorten rounds`: the table of rounds.
struct RoundsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rounds", abstract: "Print a table of a run's rounds.", discussion: RoundsTable.legend)

  @OptionGroup var place: RunArgument
  @Flag(help: "Print a line of JSON per round.") var json = false

  func run() throws {
    let rounds = try RunReader(place.directory).rounds()
    if json {
      for round in rounds { try Output.line(round.json) }
      return
    }
    try Output.line(RoundsTable.header)
    for round in rounds { try Output.line(RoundsTable.row(round)) }
  }
}

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
    guard let pid = state.pid, state.host == Run.ProcessIdentity.current.host else { return false }
    return kill(pid, 0) != 0 && errno == ESRCH
  }
}

/// `shorten digest`: one hash over all that a run computed.
struct DigestCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "digest", abstract: "Print a SHA-256 of all that a run computed.",
    discussion: """
      Over exercises, kept traces, samplings, evaluations, metrics and weights; not over times and \
      processes. Equal configurations and seeds give equal digests, however often a run was interrupted and \
      whatever the number of threads.
      """)

  @OptionGroup var place: RunArgument

  func run() throws {
    try Output.line(try RunReader(place.directory).digest())
  }
}

/// `shorten export`: a round's traces as JSON lines.
struct ExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export", abstract: "Print a round's traces as lines of JSON.",
    discussion: """
      Round 0 has A*'s own traces, a later round those it kept. Keys: exercise, split, prompt, trace, plan, \
      tokens (of the trace), sound, legal, round. `shorten verify` reads these lines.
      """)

  @OptionGroup var place: RunArgument
  @Option(help: ArgumentHelp("The round.", valueName: "n")) var round: Int

  func run() throws {
    try RunReader(place.directory).export(round: round) { try Output.line($0) }
  }
}
