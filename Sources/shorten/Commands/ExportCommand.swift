import ArgumentParser
import ExpertIteration

/// `shorten export`: prints a round's traces as JSON lines, or writes its weights.
struct ExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export", abstract: "Print a round's traces as lines of JSON, or write its weights.",
    discussion: """
      Round 0 has the reference's own traces, of both splits, a later round those it kept. Keys: exercise, \
      split, prompt, trace, plan, tokens (of the trace), sound, legal, round. `shorten verify` reads these \
      lines. --weights writes a safetensors file that examples/load_weights.py reads, --logits what such a \
      reader must compute.
      """)

  @OptionGroup var place: RunArgument
  @Option(help: ArgumentHelp("The round.", valueName: "n")) var round: Int

  @Option(help: ArgumentHelp("Write the round's weights here, and print nothing.", valueName: "file"))
  var weights: String?
  @Option(
    help: ArgumentHelp(
      "Print tokens and logits of the first n responses in place of all as words.", valueName: "n"))
  var logits: Int?

  func validate() throws {
    if let logits, !(1...100_000).contains(logits) {
      throw ValidationError("--logits is \(logits); allowed: 1 to 100000")
    }
    guard weights == nil || logits == nil else {
      throw ValidationError("export takes either --weights or --logits")
    }
  }

  func run() throws {
    let reader = try RunReader(place.directory)
    if let weights {
      try ReportFile.write(try reader.weights(round: round), to: weights)
    } else if let logits {
      try reader.exportLogits(round: round, count: logits) { try Output.line($0) }
    } else {
      try reader.export(round: round) { try Output.line($0) }
    }
  }
}
