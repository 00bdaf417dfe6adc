import ArgumentParser
import ExpertIteration

/// The domain of `astar` and `verify`, which need no run.
struct DomainOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The family of problems: \(DomainConfiguration.drawnKinds.joined(separator: ", ")).", valueName: "name")
  )
  var domain: String
  @Option(help: ArgumentHelp("Columns.", valueName: "cells")) var width: Int
  @Option(help: ArgumentHelp("Rows.", valueName: "cells")) var height: Int
  @Option(
    help: ArgumentHelp(
      "How traces are written: \(DomainConfiguration.grammars.joined(separator: ", ")).", valueName: "name"))
  var grammar = "searchformer"
}

/// A line out for each line in, at once; status 65 after the last if some could not be read.
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
  throw ExitCode(65)
}
