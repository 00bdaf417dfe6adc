import NetworkSettings

/// Round 0: training on the reference's own traces, from scratch or from given weights.
public struct BaseSettings: Sendable, Equatable {
  /// The file of the weights to start from: as it was given, and its absolute path once it is read. Empty for
  /// the seed's weights.
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
  /// Tries on an exercise, after its samples, to leave a clause out of the shortest right response.
  public var shortcuts = 0
  public var temperature = 1.0
  public var curation = TraceDemand.sound
  /// The least share of optimal ones among an exercise's responses whose trace is no longer than a kept one.
  public var reliability = 0.0
  /// The least number of responses that `reliability` is a share of.
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
  public func ending(for method: TraceMethod) -> RoundSettings {
    var settings = self
    if !method.seeksTraces { settings.patience = 0 }
    return settings
  }

  /// Sequences that round `round`, 1 or later, trains on if every sampled exercise gets a new trace.
  public func mostSequences(round: Int) -> Int {
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

  /// The values that `maximumLength` may have.
  static let lengths = 1...65_535

  /// Holds every usual response of the reference, or as much as is allowed.
  static func defaultLength(for domain: DomainConfiguration) -> Int {
    min(domain.longestUsualResponse, lengths.upperBound)
  }

  /// The same for every domain that the run is evaluated on.
  static func defaultLength(for configuration: RunConfiguration) -> Int {
    ([configuration.domain] + configuration.evaluation.sets.map(\.domain)).map(defaultLength).max() ?? 1
  }
}
