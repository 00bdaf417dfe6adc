import BuiltIn
import Configuration
import Learning
import Model
import Words

/// Which learners there are: the one place that turns a configuration into one.
public enum Learners {
  /// Makes a configuration's learner; `threads` changes no result.
  public static func maker(
    threads: Int
  ) -> @Sendable (RunConfiguration, Vocabulary?) throws -> any Learner {
    { builtIn($0, vocabulary: $1, threads: threads) }
  }

  /// The network of this package, as the sections `model`, `optimizer`, `base`, `rounds` and `sampler`
  /// describe it.
  public static func builtIn(
    _ configuration: RunConfiguration, vocabulary: Vocabulary?, threads: Int
  ) -> TransformerLearner {
    let codec = Codec(vocabulary)
    let (base, rounds, sampler) = (configuration.base, configuration.rounds, configuration.sampler)
    return TransformerLearner(
      codec, network: configuration.model.configuration(vocabularySize: codec.vocabularySize),
      schedule: TransformerLearner.Schedule(
        optimizer: configuration.optimizer, objective: configuration.objective, base: base.learningRate,
        rounds: rounds.learningRate,
        retryScale: rounds.gate.retryScale),
      sampler: SamplerSettings(
        temperature: Float(rounds.temperature), maximumLength: sampler.maximumLength,
        rowsPerThread: sampler.rowsPerThread, threads: threads,
        halfPrecisionCache: sampler.halfPrecisionCache),
      start: base.weights.isEmpty
        ? nil
        : TransformerLearner.Start(
          path: base.weights, sha256: base.weightsSHA256.isEmpty ? nil : base.weightsSHA256))
  }

  /// Throws if this processor cannot run the built-in network.
  public static func requireSupportedProcessor() throws { try Processor.requireSupported() }

  /// Processors this process may use.
  public static var availableThreads: Int { max(1, Processor.availableThreads) }
}
