import Configuration
import Learning
import Search
import Words

/// What a run will need, before it starts: lengths by phase, memory, and seconds from a short measurement
/// of this machine with this learner. The lengths do not depend on the machine.
public struct RunEstimate: Sendable, Equatable {
  /// Mean prompt and response length of the reference traces, ends included, in the learner's unit.
  public let meanPrompt: Double
  public let meanResponse: Double
  /// Percent of the references that `sampler.maximumLength` would cut.
  public let truncatedPercent: Double
  private let maximumLength: Int
  /// In the learner's unit, repeats counted.
  public let trained: Double
  public let sampled: Double
  /// nil: the learner does not say.
  public let footprint: Footprint?
  public var memoryBytes: Int? { footprint?.memoryBytes }
  /// nil if nothing was measured.
  public private(set) var speeds: Speeds?

  /// Seconds of training and sampling together; generation and judging are small compared with them.
  public var seconds: Double? {
    speeds.map { trained / $0.training + sampled / $0.writing }
  }

  /// Counts from the first exercises of the run; measures nothing.
  public init(of experiment: Experiment) throws {
    let configuration = experiment.configuration
    let lengths = try ReferenceLengths(of: experiment)
    meanPrompt = lengths.meanPrompt
    meanResponse = lengths.meanResponse
    maximumLength = configuration.sampler.maximumLength
    truncatedPercent = lengths.percent(above: maximumLength)
    let rounds = configuration.rounds
    let base = Double(configuration.base.exercises) * configuration.base.epochs
    trained =
      (meanPrompt + meanResponse)
      * (base
        + (1..<rounds.count + 1).reduce(0) { $0 + Double(rounds.mostSequences(round: $1)) * rounds.epochs })
    let sampledRounds = configuration.method.samplesModel ? Double(rounds.count) : 0
    let answered =
      Double(rounds.exercises + rounds.revisitedExercises) * Double(rounds.samples + rounds.shortcuts)
    let evaluated = experiment.evaluationSets.reduce(0) { $0 + $1.count }
    sampled =
      meanResponse
      * (sampledRounds * answered
        + Double(rounds.count + 1) * Double(evaluated * configuration.evaluation.samples))
    footprint = experiment.learner.footprint(
      longestPrompt: lengths.longestPrompt, temperature: rounds.temperature)
  }

  /// Throws `RunError.truncated` if the sampler would cut more than a percent of the reference's own
  /// responses.
  func requireRoomForReferences() throws {
    guard truncatedPercent <= 1 else {
      throw RunError.truncated(percent: truncatedPercent, maximumLength: maximumLength)
    }
  }

  /// Trains and samples for about `seconds` with fresh weights and keeps the speeds. Throws `Stopped` if
  /// `shouldStop` says so.
  public mutating func measure(
    _ experiment: Experiment, seconds: Double, clock: @escaping @Sendable () -> Double,
    shouldStop: @escaping @Sendable () -> Bool = { false }
  ) throws {
    let lessons = experiment.firstExercises.map {
      Lesson(prompt: $0.prompt, response: $0.wholeResponse)
    }
    speeds = try experiment.learner.speeds(
      SpeedTrial(
        seed: experiment.configuration.seed, lessons: lessons,
        batchSize: experiment.configuration.base.batchSize, meanSequence: meanPrompt + meanResponse,
        meanResponse: meanResponse, seconds: seconds, clock: clock),
      WritingWatch(isCancelled: shouldStop))
    if shouldStop() { throw Stopped() }
  }
}

/// Lengths of the first exercises, with one for each end.
private struct ReferenceLengths {
  let prompts: [Int]
  let responses: [Int]

  init(of experiment: Experiment) throws {
    let exercises = experiment.firstExercises
    let writesTraces = experiment.configuration.method.writesTraces
    let learner = experiment.learner
    prompts = try learner.measured(exercises.map(\.prompt)).map { $0 + 2 }
    let responses = exercises.map { writesTraces ? $0.wholeResponse : $0.answer }
    self.responses = try learner.measured(responses).map { $0 + 1 }
  }

  var meanPrompt: Double { Self.mean(prompts) }
  var meanResponse: Double { Self.mean(responses) }
  var longestPrompt: Int { prompts.max() ?? 0 }

  func percent(above limit: Int) -> Double {
    100 * Double(responses.count { $0 > limit }) / Double(max(1, responses.count))
  }

  private static func mean(_ lengths: [Int]) -> Double {
    Double(lengths.reduce(0, +)) / Double(max(1, lengths.count))
  }
}
