import Configuration
import ExpertIteration
import Foundation
import Learners
import Reading

extension RunReader {
  /// The run in a directory, with the learner that its configuration names.
  init(_ directory: String) throws { try self.init(directory, learner: Learners.maker(threads: 2)) }
}

extension Experiment {
  /// With the learner that the configuration names.
  init(_ configuration: RunConfiguration, threads: Int = 2) throws {
    try self.init(configuration, learner: Learners.maker(threads: threads))
  }
}

extension Run {
  /// With the learner that the configuration names; notices of a verifier are events.
  convenience init(
    _ configuration: RunConfiguration, in directory: URL, options: Options, surroundings: Surroundings
  ) throws {
    let experiment = try Experiment(
      configuration, learner: Learners.maker(threads: options.threads),
      hear: { surroundings.observe(.notice($0)) })
    try self.init(experiment, in: directory, options: options, surroundings: surroundings)
  }
}
