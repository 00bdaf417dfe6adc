import ArgumentParser
import BuiltIn
import Configuration
import ExpertIteration
import JSON
import Learning
import Reading
import Words

/// `shorten export`: prints a round's traces as JSON lines, or writes its weights.
struct ExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export", abstract: "Print a round's traces as lines of JSON, or write its weights.",
    discussion: """
      Round 0 has the reference's own traces, of both splits, a later round those it kept. Keys: exercise, \
      split, prompt, trace, answer (also as plan), tokens (of the trace), sound, legal, round. \
      `shorten verify` reads these \
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
    let reader = try place.reader()
    if let weights {
      let (learner, artifact) = try builtIn(reader)
      try ReportFile.write(try learner.exported(artifact), to: weights)
    } else if let logits {
      let (learner, artifact) = try builtIn(reader)
      for rows in try learner.logits(artifact, on: reader.lessons(ofRound: round, count: logits)) {
        try Output.line(Self.line(rows))
      }
    } else {
      try reader.export(round: round) { try Output.line($0) }
    }
  }

  /// Only the network of this package has weights that this program can read.
  private func builtIn(
    _ reader: RunReader
  ) throws -> (learner: TransformerLearner, weights: Artifact) {
    guard let learner = try reader.experiment().learner as? TransformerLearner else {
      throw LearnerError.unsupported(
        "\(reader.run.learner) keeps its weights in its own form: see its folder")
    }
    return (learner, try reader.artifact(of: try reader.finalCheckpoint(ofRound: round)))
  }

  private static func line(_ rows: TransformerLearner.LogitRows) -> String {
    func list(_ tokens: [Token]) -> JSONTree { .array(tokens.map { .number(Int($0)) }) }
    return JSONTree.object([
      "prompt": list(rows.prompt), "response": list(rows.response),
      "logits": .array(rows.logits.map { .array($0.map { .leaf("\($0)") }) }),
    ]).line()
  }
}
