import ArgumentParser
import Configuration
import ExpertIteration
import Reading

/// `shorten reference`: runs the reference, A*, on prompts from standard input.
struct ReferenceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reference", abstract: "Run A* on prompts from standard input.",
    discussion: """
      A prompt is a line of words: start 0 2 goal 1 0 wall 1 2 wall 2 0. Each gives a line of JSON: prompt, \
      trace, answer (words separated by spaces), closedStates. An unsolvable task has "answer": null and the \
      trace until no cell was open; a prompt that cannot be read has "error", and the command \
      ends with status 65 \
      after the last line.
      """)

  @OptionGroup var domain: DomainOptions
  @Option(
    help: ArgumentHelp(
      "Which of equally promising nodes is first: \(DomainConfiguration.orders.joined(separator: ", ")). "
        + "(default: coin, or the configuration's)",
      valueName: "name"))
  var order: String?
  @Option(help: ArgumentHelp("Decides the coin; each line has its own draws.", valueName: "n")) var seed:
    UInt64 = 1

  func run() throws {
    let lines = try TraceLines(domain: try domain.selected(order: order), seed: seed)
    try answerLines { lines.search($0, line: $1) }
  }
}

/// `shorten astar`: the earlier name of `shorten reference`, kept for scripts and not listed.
struct AStarCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "astar", abstract: ReferenceCommand.configuration.abstract,
    discussion: ReferenceCommand.configuration.discussion, shouldDisplay: false)

  @OptionGroup var reference: ReferenceCommand

  func run() throws { try reference.run() }
}
