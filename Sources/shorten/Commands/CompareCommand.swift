import ArgumentParser
import Configuration
import ExpertIteration
import Reading

/// `shorten compare`: compares runs on the same test tasks.
struct CompareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare", abstract: "Put runs side by side, task by task.",
    discussion: """
      Every run is held against the first one on the test tasks both have: runs of one seed and one domain \
      have all in common. optimal %: of their responses, correct and optimal. points: above the first run. \
      tokens: mean trace length on the tasks optimal in both; shorter %: than the first run's on these. In \
      brackets 95 % bootstrap intervals over tasks.
      """)

  @Argument(help: ArgumentHelp("The run directories, first the one to compare with.", valueName: "dir"))
  var directories: [String]
  @Option(help: ArgumentHelp("Compare this round. (default: each run's newest accepted)", valueName: "n"))
  var round: Int?
  @Flag(help: "Print a line of JSON per run.") var json = false

  func validate() throws {
    guard directories.count >= 2 else { throw ValidationError("compare needs two run directories or more") }
  }

  func run() throws {
    let readers = try directories.map { try RunReader($0) }
    let comparison = try Comparison(of: readers, round: round)
    let lines =
      json
      ? comparison.runs.map(\.json)
      : ComparisonTable.lines(comparison.runs, comparison.terms, unit: readers[0].unit)
    for line in lines { try Output.line(line) }
  }
}
