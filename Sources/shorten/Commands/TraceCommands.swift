import ArgumentParser
import ExpertIteration

/// The domain of `astar` and `verify`, which need no run.
struct DomainOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The family of problems: \(DomainConfiguration.kinds.joined(separator: ", ")).", valueName: "name"))
  var domain: String
  @Option(help: ArgumentHelp("Columns, 3 to 100.", valueName: "cells")) var width: Int
  @Option(help: ArgumentHelp("Rows, 3 to 100.", valueName: "cells")) var height: Int
  @Option(
    help: ArgumentHelp(
      "How traces are written: \(DomainConfiguration.grammars.joined(separator: ", ")).", valueName: "name"))
  var grammar = "searchformer"
}

/// `shorten astar`: A* on prompts from standard input.
struct AStarCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "astar", abstract: "Run A* on prompts from standard input.",
    discussion: """
      A prompt is a line of words: start 0 2 goal 1 0 wall 1 2 wall 2 0. Each gives a line of JSON: prompt, \
      trace, plan (words separated by spaces), expanded. An unsolvable task has "plan": null; a prompt that \
      cannot be read has "error", and the command ends with status 65 after the last line.
      """)

  @OptionGroup var domain: DomainOptions
  @Option(
    help: ArgumentHelp(
      "Which of equally promising nodes is first: \(DomainConfiguration.orders.joined(separator: ", ")).",
      valueName: "name"))
  var order = "coin"
  @Option(help: ArgumentHelp("Decides the coin; each line has its own draws.", valueName: "n")) var seed:
    UInt64 = 1

  func run() throws {
    let selected = try DomainConfiguration(
      kind: domain.domain, width: domain.width, height: domain.height, grammar: domain.grammar, order: order)
    let lines = try TraceLines(domain: selected, seed: seed)
    try answerLines { lines.search($0, line: $1) }
  }
}

/// `shorten verify`: the judge on responses from standard input.
struct VerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify", abstract: "Judge responses from standard input.",
    discussion: """
      A line is {"prompt": "start 0 2 ...", "response": "create 0 2 c0 c3 ... plan 0 2 ..."}, words \
      separated by spaces; "terminated": false marks a response that was cut. In place of "response" a line \
      may have "trace" and "plan", as `shorten astar` and `shorten export` print them. Each gives a line of \
      JSON: correct, optimal, sound, legal, traceLength, fault (of the answer, or else of the trace). A line \
      that cannot be read gets one too, whose fault says why, and the command ends with status 65 after the \
      last line.
      """)

  @OptionGroup var domain: DomainOptions

  func run() throws {
    let selected = try DomainConfiguration(
      kind: domain.domain, width: domain.width, height: domain.height, grammar: domain.grammar, order: nil)
    let lines = try TraceLines(domain: selected, seed: 1)
    try answerLines { lines.verify($0, line: $1) }
  }
}

/// A line out for each line in, at once; status 65 after the last if some could not be read.
private func answerLines(_ answer: (_ text: String, _ line: Int) -> TraceLines.Answer) throws {
  var count = 0
  var unreadable = 0
  var first: String?
  while let text = readLine() {
    count += 1
    let answer = answer(text, count)
    try Output.line(answer.json)
    if let error = answer.error {
      unreadable += 1
      if first == nil { first = error }
    }
  }
  guard let first else { return }
  Output.note("error: \(unreadable) of \(count) lines could not be read; the first: \(first)")
  throw ExitCode(65)
}
