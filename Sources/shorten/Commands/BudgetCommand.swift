import ArgumentParser
import Configuration
import Reading

/// `shorten budget`: prints what several responses and a vote bring, in round 0 and in the newest round.
struct BudgetCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "budget", abstract: "Put accuracy against the tokens spent on a task.",
    discussion: """
      Shorter reasoning leaves room for more of it: several short responses and a vote may cost what a long \
      one does. A line for each number of responses, in round 0 and in the newest accepted round.

      \(BudgetTable.legend())
      """)

  @OptionGroup var place: RunArgument
  @Option(help: ArgumentHelp("The evaluation set.", valueName: "name")) var set = EvaluationSet.testName
  @Flag(help: "Print a line of JSON per round and number of responses.") var json = false

  func run() throws {
    let reader = try place.reader()
    let budgets = try reader.budgets(set: set)
    let lines = json ? budgets.map(\.json) : BudgetTable.lines(budgets, unit: reader.unit)
    for line in lines { try Output.line(line) }
  }
}
