import ArgumentParser
import Configuration
import ExpertIteration
import Foundation
import Learners
import Reading

/// `shorten eval`: evaluates a round's weights on one evaluation set.
struct EvalCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "eval", abstract: "Sample a round's weights on an evaluation set, and print every measure.",
    discussion: """
      The set is test, or one that the run's configuration declares, or one of another configuration of the \
      same words (--config). Nothing is written: a running run is not disturbed. The first samples are those \
      of the run's own evaluation, so more of them sharpen its figures; 64 is the paper's number.
      """)

  @OptionGroup var place: RunArgument
  @Option(name: .customLong("set"), help: ArgumentHelp("The set.", valueName: "name")) var setName = "test"
  @Option(help: ArgumentHelp("The round. (default: the newest accepted)", valueName: "n")) var round: Int?
  @Option(help: ArgumentHelp("Responses per exercise. (default: as in the run)", valueName: "k"))
  var samples: Int?
  @Option(
    help: ArgumentHelp(
      "The configuration that declares the set. (default: the run's own)", valueName: "file"))
  var config: String?
  @Option(help: ArgumentHelp("Worker threads; changes no result. (default: all processors)", valueName: "n"))
  var threads: Int?
  @Flag(help: "Print a line of JSON.") var json = false
  @Flag(help: "Show no progress.") var quiet = false

  func validate() throws {
    if let samples, !(1...4096).contains(samples) {
      throw ValidationError("--samples is \(samples); allowed: 1 to 4096")
    }
    if let threads, !(1...1024).contains(threads) {
      throw ValidationError("--threads is \(threads); allowed: 1 to 1024")
    }
  }

  func run() throws {
    let interruption = Interruption()
    let view = ProgressView(quiet: quiet)
    interruption.listen {}
    let reader = try place.reader(threads: threads)
    try reader.experiment().learner.requireSupported()
    let request = EvaluationRequest(
      set: setName, round: round, samples: samples, threads: threads ?? Learners.availableThreads,
      configuration: try config.map { try RunConfiguration(contentsOf: $0, loading: .tasks) })
    let evaluation = try reader.evaluate(
      request, shouldStop: { interruption.isRequested }, observe: { view.observe($0) })
    if json { return try Output.line(evaluation.json) }
    let table = SetsTable(terms: try reader.terms(), unit: reader.unit)
    for line in table.lines(of: evaluation) { try Output.line(line) }
  }
}
