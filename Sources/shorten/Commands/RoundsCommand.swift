import ArgumentParser
import ExpertIteration

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
