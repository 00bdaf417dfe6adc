import Model
import Search

/// What a run will need, before it starts: tokens by phase, memory, and seconds from a short measurement of
/// this machine with this model. The token counts do not depend on the machine.
public struct RunEstimate: Sendable, Equatable {
  /// Mean prompt and response length of the reference traces, in tokens.
  public let meanPromptTokens: Double
  public let meanResponseTokens: Double
  /// Percent of the references that `sampler.maximumLength` would cut.
  public let truncatedPercent: Double
  private let maximumLength: Int
  public let parameters: Int
  public let trainedTokens: Double
  public let sampledTokens: Double
  /// Bytes of weights, moments, gradient lanes and key/value caches.
  public let memoryBytes: Int
  /// Tokens per second, measured; nil when nothing was measured.
  public private(set) var trainingSpeed: Double?
  public private(set) var samplingSpeed: Double?

  /// Seconds of training and sampling together; generation and judging are small beside them.
  public var seconds: Double? {
    guard let trainingSpeed, let samplingSpeed else { return nil }
    return trainedTokens / trainingSpeed + sampledTokens / samplingSpeed
  }

  /// Counts from the first exercises of the run; measures nothing.
  public init(of configuration: RunConfiguration, threads: Int) throws {
    let domain = try configuration.domain.makeDomain()
    let exercises = Self.firstExercises(of: domain, seed: configuration.seed)
    let count = Double(max(1, exercises.count))
    let prompts = exercises.map { Double($0.prompt.count + 2) }
    let hasTraces = configuration.method.writesTraces
    let responses = exercises.map { Double((hasTraces ? $0.trace.count : 0) + $0.answer.count + 1) }
    meanPromptTokens = prompts.reduce(0, +) / count
    meanResponseTokens = responses.reduce(0, +) / count
    maximumLength = configuration.sampler.maximumLength
    let limit = Double(maximumLength)
    truncatedPercent = 100 * Double(responses.count { $0 > limit }) / count
    let transformer = configuration.model.configuration(vocabularySize: domain.vocabulary.count)
    parameters = transformer.parameterCount
    let rounds = configuration.rounds
    let sequence = meanPromptTokens + meanResponseTokens
    trainedTokens =
      sequence
      * (Double(configuration.base.exercises) * configuration.base.epochs
        + (1..<rounds.count + 1).reduce(0) { $0 + Double(rounds.mostSequences(round: $1)) * rounds.epochs })
    sampledTokens =
      meanResponseTokens
      * ((configuration.method.samplesModel ? Double(rounds.count) : 0)
        * Double((rounds.exercises + rounds.revisitedExercises) * rounds.samples)
        + Double(rounds.count + 1)
        * Double(
          try configuration.evaluationSets(test: domain).reduce(0) { $0 + $1.count }
            * configuration.evaluation.samples))
    // Weights, two moments, eight gradient lanes, two packed copies: thirteen floats a parameter.
    memoryBytes =
      13 * 4 * parameters
      + Sampler.memoryEstimate(
        configuration: transformer, settings: configuration.sampler.settings(rounds.temperature, threads),
        promptLength: Int(prompts.max() ?? 0))
  }

  /// Throws `RunError.truncated` where the sampler would cut more than a percent of the reference's own responses.
  func refuseTruncation() throws {
    guard truncatedPercent <= 1 else {
      throw RunError.truncated(percent: truncatedPercent, maximumLength: maximumLength)
    }
  }

  /// Trains and samples for about `seconds` with fresh weights and keeps the speeds. One step is the least, so of
  /// a large batch as much as `measuredTokens` stands for the whole, and long responses are not sampled to the end.
  /// Throws `Stopped` if `shouldStop` says so.
  public mutating func measure(
    _ configuration: RunConfiguration, threads: Int, seconds: Double, clock: () -> Double,
    shouldStop: @escaping @Sendable () -> Bool = { false }
  ) throws {
    let domain = try configuration.domain.makeDomain()
    let exercises = Self.firstExercises(of: domain, seed: configuration.seed)
    let examples = exercises.map {
      Example(prompt: framed($0.prompt), response: framed($0.trace + $0.answer))
    }
    guard !examples.isEmpty else { return }
    let transformer = configuration.model.configuration(vocabularySize: domain.vocabulary.count)
    let model = Transformer(transformer, seed: configuration.seed)
    let trainer = Trainer(model: model, optimizer: configuration.optimizer, threads: threads)
    let mean = meanPromptTokens + meanResponseTokens
    let sequences = max(1, min(configuration.base.batchSize, Int(Self.measuredTokens / mean)))
    let batch = (0..<sequences).map { examples[$0 % examples.count] }
    _ = try trainer.step(batch, learningRate: 0)
    var start = clock()
    var tokens = 0
    repeat {
      if shouldStop() { throw Stopped() }
      tokens += try trainer.step(batch, learningRate: 0).tokens
    } while clock() - start < seconds / 2
    trainingSpeed = Double(tokens) / (clock() - start)

    var settings = configuration.sampler.settings(1, threads)
    settings.maximumLength = max(1, Int(min(meanResponseTokens, Self.measuredLength)))
    let sampler = Sampler(model: model, settings: settings)
    start = clock()
    tokens = 0
    var key: UInt64 = 0
    repeat {
      let requests = examples.prefix(4 * threads).map { example in
        key += 8
        return SampleRequest(prompt: example.prompt, keys: (0..<8).map { key + $0 })
      }
      guard let samples = sampler.sample(requests, isCancelled: shouldStop) else { throw Stopped() }
      tokens += samples.joined().reduce(0) { $0 + $1.tokens.count }
    } while clock() - start < seconds / 2
    samplingSpeed = Double(tokens) / (clock() - start)
  }

  private static let measuredTokens = 8192.0
  private static let measuredLength = 512.0

  static func firstExercises(of domain: any Domain, seed: UInt64) -> [Exercise] {
    var found: [Exercise] = []
    for index in 0..<20_000 where found.count < 512 {
      if let exercise = domain.exercise(seed: seed, index: index, split: .train) { found.append(exercise) }
    }
    return found
  }
}
