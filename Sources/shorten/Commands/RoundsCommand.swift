import ArgumentParser
import ExpertIteration

/// `shorten rounds`: the table of rounds.
struct RoundsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rounds", abstract: "Print a table of a run's rounds.",
    discussion: RoundsTable.legend + " " + ReferenceTable.legend)

  @OptionGroup var place: RunArgument
  @Flag(help: "Print a line of JSON per round.") var json = false

  func run() throws {
    let reader = try RunReader(place.directory)
    let rounds = try reader.rounds()
    if json {
      for round in rounds { try Output.line(round.json) }
      return
    }
    try Output.line(RoundsTable.header)
    for round in rounds { try Output.line(RoundsTable.row(round)) }
    let references = ReferenceTable.lines(try reader.references())
    if !references.isEmpty { try Output.line("\n" + references.joined(separator: "\n")) }
  }
}
