import ArgumentParser
import Configuration
import ExpertIteration
import Reading

/// `shorten digest`: prints one hash of everything that a run computed.
struct DigestCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "digest", abstract: "Print a SHA-256 of all that a run computed.",
    discussion: """
      It covers exercises, reference lines, kept traces, samplings, responses, evaluations, metrics, \
      intervals and weights, not times and processes. If the run's learner promises it, as the built-in \
      network does, equal configurations and seeds give equal digests, however often a run was \
      interrupted and whatever the number of threads.
      """)

  @OptionGroup var place: RunArgument

  func run() throws {
    let reader = try place.reader()
    try Output.line(try reader.digest())
    if reader.promise != .reproducible { Output.note("promise: \(reader.promise.sentence)") }
  }
}
