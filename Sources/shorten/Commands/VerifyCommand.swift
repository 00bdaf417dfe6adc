import ArgumentParser
import Configuration
import ExpertIteration
import Reading

/// `shorten verify`: judges responses from standard input.
struct VerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify", abstract: "Judge responses from standard input.",
    discussion: """
      A line is {"prompt": "start 0 2 ...", "response": "create 0 2 c0 c3 ... plan 0 2 ..."}, words \
      separated by spaces; "terminated": false marks a response that was cut. Instead of "response" a line \
      may have "trace" and "answer", as `shorten reference` and `shorten export` print them. \
      Each gives a line \
      of JSON: correct, optimal, sound, legal, traceLength, fault (of the answer, or else of the trace). A \
      line that cannot be read gets one too, whose fault says why, and the command ends with status 65 after \
      the last line.
      """)

  @OptionGroup var domain: DomainOptions

  func run() throws {
    let lines = try TraceLines(domain: try domain.selected(), seed: 1)
    try answerLines { lines.verify($0, line: $1) }
  }
}
