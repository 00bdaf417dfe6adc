import ArgumentParser
import ExpertIteration

/// `shorten export`: a round's traces as JSON lines.
struct ExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export", abstract: "Print a round's traces as lines of JSON.",
    discussion: """
      Round 0 has the reference's own traces, of both splits, a later round those it kept. Keys: exercise, split, \
      prompt, trace, plan, tokens (of the trace), sound, legal, round. `shorten verify` reads these lines.
      """)

  @OptionGroup var place: RunArgument
  @Option(help: ArgumentHelp("The round.", valueName: "n")) var round: Int

  func run() throws {
    try RunReader(place.directory).export(round: round) { try Output.line($0) }
  }
}
