import ArgumentParser
import Configuration
import ExpertIteration
import Reading

/// The domain of `reference` and `verify`, which need no run: by name and size, or from a configuration.
struct DomainOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The family of problems: \(DomainConfiguration.boards.joined(separator: ", ")).", valueName: "name"))
  var domain: String?
  @Option(help: ArgumentHelp("Columns.", valueName: "cells")) var width: Int?
  @Option(help: ArgumentHelp("Rows.", valueName: "cells")) var height: Int?
  @Option(
    help: ArgumentHelp(
      "How traces are written: \(DomainConfiguration.grammars.joined(separator: ", ")). "
        + "(default: searchformer)",
      valueName: "name"))
  var grammar: String?
  @Option(
    help: ArgumentHelp("A configuration that has the domain, in place of the four above.", valueName: "file"))
  var config: String?

  func validate() throws {
    let given = [("domain", domain != nil), ("width", width != nil), ("height", height != nil)]
    if config != nil {
      if let name = (given + [("grammar", grammar != nil)]).first(where: \.1)?.0 {
        throw ValidationError("--\(name) cannot stand beside --config, whose file says it; remove one")
      }
    } else if let name = given.first(where: { !$0.1 })?.0 {
      throw ValidationError("--\(name) is missing; give --domain, --width and --height, or --config")
    }
  }

  /// The domain, with another order of A* among equally promising nodes if there is one.
  func selected(order: String? = nil) throws -> DomainConfiguration {
    if let config { return try RunConfiguration(contentsOf: config, loading: .tasks).domain.ordered(order) }
    guard let domain, let width, let height else { preconditionFailure("validated") }
    return try DomainConfiguration(kind: domain, width: width, height: height, grammar: grammar).ordered(
      order)
  }
}

/// Prints an answer for each line of standard input at once. Throws status 65 after the last if a line could
/// not be read.
func answerLines(_ answer: (_ text: String, _ line: Int) -> TraceLines.Answer) throws {
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
  throw ExitStatus.badData.error
}
