import NetworkSettings
import Search

/// Everything that decides what a run computes: tasks, network, training, rounds, evaluation.
///
/// Two runs with equal configurations end with the same rows and the same weights, whatever the number of
/// threads. `ConfigurationTable` has the keys of the JSON file with their ranges and meanings; the defaults
/// are here.
///
///     let configuration = try RunConfiguration(contentsOf: "configs/maze.json", loading: .tasks)
///     let domain = try configuration.domain.makeDomain()
public struct RunConfiguration: Sendable, Equatable {
  public var seed: UInt64 = 1
  public var method = TraceMethod.expertIteration
  public var domain: DomainConfiguration
  public var model = ModelSettings()
  public var optimizer = OptimizerSettings()
  public var objective = ObjectiveSettings()
  public var base = BaseSettings()
  public var rounds = RoundSettings()
  public var evaluation = EvaluationSettings()
  public var sampler: SamplerConfiguration

  /// How the test exercises' reference lines are computed: the best of as many runs as an exercise of a
  /// round has responses.
  public var referenceSettings: ReferenceSettings {
    ReferenceSettings(
      seed: seed, runs: evaluation.referenceRuns, samples: rounds.samples + rounds.shortcuts)
  }

  /// The defaults for a domain.
  public init(domain: DomainConfiguration) {
    self.domain = domain
    sampler = SamplerConfiguration(maximumLength: SamplerConfiguration.defaultLength(for: domain))
  }
}

extension RunConfiguration {
  /// The words in which people speak of the run's domain.
  public func terms() throws -> DomainTerms { try domain.makeDomain().terms }
}
