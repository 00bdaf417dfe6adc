import ArgumentParser
import Configuration
import ExpertIteration
import Reading

/// `shorten rounds`: prints the table of rounds, the reference lines and the sets.
struct RoundsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rounds", abstract: "Print a table of a run's rounds.",
    discussion: RoundsTable.legend + " " + ReferenceTable.legend + " " + SetsTable.legend)

  @OptionGroup var place: RunArgument
  @Flag(help: "Print a line of JSON per round.") var json = false

  func run() throws {
    let reader = try place.reader()
    if json {
      for line in try reader.roundLines() { try Output.line(line) }
      return
    }
    let rounds = try reader.rounds()
    let terms = try reader.terms()
    let unit = reader.unit
    let table = RoundsTable(terms: terms, unit: unit)
    try Output.line(table.header)
    for round in rounds { try Output.line(table.row(round)) }
    if let level = try reader.chanceLevel() { try Output.line("\n" + level.sentence) }
    let references = ReferenceTable.lines(try reader.references(), unit: unit)
    let newest = rounds.last { $0.state == .accepted }?.round
    let sets = SetsTable(terms: terms, unit: unit).lines(try reader.sets(), round: newest)
    for table in [Sparkline.lines(rounds, terms, unit: unit), references, sets] where !table.isEmpty {
      try Output.line("\n" + table.joined(separator: "\n"))
    }
  }
}
