import Words

/// What a model takes of this machine.
public struct Footprint: Sendable, Equatable {
  public let parameters: Int
  /// Weights, moments, gradients and caches, in bytes.
  public let memoryBytes: Int

  public init(parameters: Int, memoryBytes: Int) {
    self.parameters = parameters
    self.memoryBytes = memoryBytes
  }
}

/// Work to measure speeds with: lessons like the run's own.
public struct SpeedTrial: Sendable {
  public let seed: UInt64
  public let lessons: [Lesson]
  public let batchSize: Int
  /// Of the lessons, in the learner's unit: a prompt with a response, and a response.
  public let meanSequence: Double
  public let meanResponse: Double
  /// To spend on training and on writing together.
  public let seconds: Double
  /// Monotonic seconds.
  public let clock: @Sendable () -> Double

  public init(
    seed: UInt64, lessons: [Lesson], batchSize: Int, meanSequence: Double, meanResponse: Double,
    seconds: Double, clock: @escaping @Sendable () -> Double
  ) {
    self.seed = seed
    self.lessons = lessons
    self.batchSize = batchSize
    self.meanSequence = meanSequence
    self.meanResponse = meanResponse
    self.seconds = seconds
    self.clock = clock
  }
}

/// Measured, in the learner's unit a second.
public struct Speeds: Sendable, Equatable {
  public let training: Double
  public let writing: Double

  public init(training: Double, writing: Double) {
    self.training = training
    self.writing = writing
  }
}
