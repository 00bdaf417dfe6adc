import Model
import Search

/// Everything that decides what a run computes: problems, network, training, rounds, evaluation.
///
/// Two runs with equal configurations end with the same rows and the same weights, whatever the number of
/// threads. The keys of the JSON file, their ranges and meanings stand once, in `ConfigurationField`; the
/// defaults stand here.
///
///     let configuration = try RunConfiguration(contentsOf: "configs/maze.json")
///     let domain = try configuration.domain.makeDomain()
public struct RunConfiguration: Sendable, Equatable {
  public var seed: UInt64 = 1
  public var method = Method.expertIteration
  public var domain: DomainConfiguration
  public var model = ModelSettings()
  public var optimizer = OptimizerSettings()
  public var base = BaseSettings()
  public var rounds = RoundSettings()
  public var evaluation = EvaluationSettings()
  public var sampler: SamplerConfiguration

  /// How the test exercises' reference lines are computed: the best of as many runs as a round has samples.
  var referenceSettings: ReferenceSettings {
    ReferenceSettings(seed: seed, runs: evaluation.referenceRuns, samples: rounds.samples)
  }

  /// The defaults for a domain.
  public init(domain: DomainConfiguration) {
    self.domain = domain
    sampler = SamplerConfiguration(maximumLength: SamplerConfiguration.defaultLength(for: domain))
  }
}

/// Round 0: training on the reference's own traces, from scratch or from given weights.
public struct BaseSettings: Sendable, Equatable {
  /// The file of the weights to start from, as it was given, or its absolute path once it is read; empty: the
  /// seed's.
  public var weights = ""
  /// Of that file's bytes.
  public var weightsSHA256 = ""
  public var exercises = 20_000
  public var epochs = 1.0
  public var batchSize = 16
  public var learningRate = LearningRate(
    peak: 2e-3, warmupSteps: 100, decay: .linear, decayShare: 0.3, finalShare: 0.03)
  /// In steps.
  public var checkpointInterval = 500

  public init() {}
}

/// The rounds after round 0: sample, keep what is shorter, fine-tune.
public struct RoundSettings: Sendable, Equatable {
  public var count = 4
  /// Fresh ones, each round.
  public var exercises = 400
  /// Earlier ones sampled again, each round.
  public var revisitedExercises = 0
  /// Responses per exercise.
  public var samples = 8
  public var temperature = 1.0
  public var curation = TraceDemand.sound
  /// The least share of optimal ones among an exercise's responses whose trace is no longer than a kept one.
  public var reliability = 0.0
  /// The least number of responses that this is a share of.
  public var reliabilitySamples = 1
  public var epochs = 3.0
  public var batchSize = 16
  public var learningRate = LearningRate(
    peak: 5e-4, warmupSteps: 20, decay: .linear, decayShare: 1, finalShare: 0.1)
  /// Of the reference's own traces among the sequences trained on.
  public var fullTraceShare = 0.0
  /// Earlier rounds whose kept traces are trained on again.
  public var replayRounds = 0
  /// In steps.
  public var checkpointInterval = 100
  public var gate = GateSettings()
  /// Accepted rounds in a row with less than `minimumGain` before the run ends; 0: never.
  public var patience = 2
  /// In percent of the paired length, per round.
  public var minimumGain = 0.5

  public init() {}

  /// Without shorter traces there is no gain to be patient for.
  func ending(for method: Method) -> RoundSettings {
    var settings = self
    if !method.seeksTraces { settings.patience = 0 }
    return settings
  }

  /// Sequences that round `round`, 1 or later, trains on when every sampled exercise gets a new trace.
  func mostSequences(round: Int) -> Int {
    let kept = (exercises + revisitedExercises) * (1 + min(replayRounds, round - 1))
    // There are no more exercises than this.
    let most = Double(Int32.max)
    return fullTraceShare < 1 ? Int(min(Double(kept) / (1 - fullTraceShare), most)) : kept + exercises
  }
}

/// When a round is rejected and what the next try changes.
public struct GateSettings: Sendable, Equatable {
  /// In points of optimal_pct.
  public var maximumDrop = 3.0
  /// In a row, before the run ends.
  public var maximumRejections = 2
  /// Of the peak learning rate, per rejection in a row.
  public var retryScale = 0.5

  public init() {}
}

/// What every round is measured on: the test exercises, drawn once.
public struct EvaluationSettings: Sendable, Equatable {
  public var exercises = 500
  /// Responses per exercise: what pass@1 is estimated from.
  public var samples = 8
  /// Independent runs of the reference per exercise, for its mean length; 64 as in the paper.
  public var referenceRuns = 64
  /// In the order they are evaluated in, after the test exercises.
  public var sets: [EvaluationSet] = []

  public init() {}

  /// Of drawing them: pass@1 is that of the model's own distribution.
  public var temperature: Double { 1 }
}

/// How responses are drawn.
public struct SamplerConfiguration: Sendable, Equatable {
  /// Tokens after which a response is cut and counts as failed.
  public var maximumLength: Int
  /// Sequences a thread works on at once, at most; changes no result.
  public var rowsPerThread = 6
  public var halfPrecisionCache = false

  public init(maximumLength: Int) {
    self.maximumLength = maximumLength
  }

  /// What `maximumLength` may be.
  static let lengths = 1...65_535

  /// Holds every usual response of the reference, or as much as is allowed.
  static func defaultLength(for domain: DomainConfiguration) -> Int {
    min(domain.longestUsualResponse, lengths.upperBound)
  }

  /// The same for every domain that the run is evaluated on.
  static func defaultLength(for configuration: RunConfiguration) -> Int {
    ([configuration.domain] + configuration.evaluation.sets.map(\.domain)).map(defaultLength).max() ?? 1
  }

  /// For the engine; a temperature of 0 is greedy.
  public func settings(_ temperature: Double, _ threads: Int) -> SamplerSettings {
    SamplerSettings(
      temperature: Float(temperature), maximumLength: maximumLength, rowsPerThread: rowsPerThread,
      threads: threads, halfPrecisionCache: halfPrecisionCache)
  }
}
