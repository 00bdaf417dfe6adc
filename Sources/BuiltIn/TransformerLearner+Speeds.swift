import Learning
import Model

extension TransformerLearner {
  public func footprint(longestPrompt: Int, temperature: Double) -> Footprint? {
    let parameters = network.parameterCount
    let heads = schedule.objective.headsAhead * network.vocabularySize * network.width
    var settings = sampler
    settings.temperature = Float(temperature)
    // Weights, two moments, eight gradient lanes, two packed copies: thirteen floats a parameter.
    return Footprint(
      parameters: parameters,
      memoryBytes: 13 * 4 * (parameters + heads)
        + Sampler.memoryEstimate(
          configuration: network, settings: settings, promptLength: longestPrompt))
  }

  /// One step is the least, so of a large batch as much as `measuredTokens` is measured instead of the
  /// whole, and long responses are not sampled to the end.
  public func speeds(_ trial: SpeedTrial, _ watch: WritingWatch) throws -> Speeds? {
    let examples = trial.lessons.map { Batches.example($0, codec) }
    guard !examples.isEmpty else { return nil }
    let model = Transformer(network, seed: trial.seed, headsAhead: schedule.objective.headsAhead)
    guard let training = try trainingSpeed(of: model, examples, trial, watch),
      let writing = writingSpeed(of: model, examples, trial, watch)
    else { return nil }
    return Speeds(training: training, writing: writing)
  }

  private func trainingSpeed(
    of model: Transformer, _ examples: [Example], _ trial: SpeedTrial, _ watch: WritingWatch
  ) throws -> Double? {
    let trainer = trainer(of: model)
    let sequences = max(1, min(trial.batchSize, Int(Self.measuredTokens / trial.meanSequence)))
    let batch = (0..<sequences).map { examples[$0 % examples.count] }
    _ = try trainer.step(batch, learningRate: 0)
    let start = trial.clock()
    var tokens = 0
    repeat {
      if watch.isCancelled() { return nil }
      tokens += try trainer.step(batch, learningRate: 0).tokens
    } while trial.clock() - start < trial.seconds / 2
    return Double(tokens) / (trial.clock() - start)
  }

  private func writingSpeed(
    of model: Transformer, _ examples: [Example], _ trial: SpeedTrial, _ watch: WritingWatch
  ) -> Double? {
    var settings = sampler
    settings.temperature = 1
    settings.maximumLength = max(1, Int(min(trial.meanResponse, Self.measuredLength)))
    let sampler = Sampler(model: model, settings: settings)
    let start = trial.clock()
    var tokens = 0
    var key: UInt64 = 0
    repeat {
      let requests = examples.prefix(4 * threads).map { example in
        key += 8
        return SampleRequest(prompt: example.prompt, keys: (0..<8).map { key + $0 })
      }
      guard let samples = sampler.sample(requests, isCancelled: watch.isCancelled) else { return nil }
      tokens += samples.joined().reduce(0) { $0 + $1.tokens.count }
    } while trial.clock() - start < trial.seconds / 2
    return Double(tokens) / (trial.clock() - start)
  }

  private static let measuredTokens = 8192.0
  private static let measuredLength = 512.0
}
