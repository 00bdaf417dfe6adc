import Words

/// What one sequence teaches: after `prompt`, write `response`.
public struct Lesson: Sendable, Equatable {
  public let prompt: Writing
  public let response: Writing
  /// For each word of the prompt the word to predict there as well; nil: nothing. A learner that has no use
  /// for labels refuses a job that has them.
  public let labels: [Token?]?

  public init(prompt: Writing, response: Writing, labels: [Token?]? = nil) {
    self.prompt = prompt
    self.response = response
    self.labels = labels
  }
}

/// One round's training.
public struct TrainingJob: Sendable {
  public let round: Int
  public let seed: UInt64
  /// nil: the learner's own beginning.
  public let start: Artifact?
  /// The newest whole artifact of this same job, which may be its last; nil: the job begins.
  public let resume: Artifact?
  public let lessons: [Lesson]
  public let batchSize: Int
  /// Passes over the lessons; 0 takes the start as it is.
  public let epochs: Double
  /// Steps between artifacts: the most that a kill can cost.
  public let checkpointInterval: Int
  /// Rejected rounds in a row before this one, so that the next try differs.
  public let rejections: Int
  /// What is made of lesson `index` each time it is trained on, a pure function; nil: they are trained on as
  /// they are.
  public let vary: (@Sendable (_ index: Int, _ epoch: Int) -> Lesson)?

  public init(
    round: Int, seed: UInt64, start: Artifact?, resume: Artifact? = nil, lessons: [Lesson], batchSize: Int,
    epochs: Double, checkpointInterval: Int, rejections: Int = 0,
    vary: (@Sendable (_ index: Int, _ epoch: Int) -> Lesson)? = nil
  ) {
    self.round = round
    self.seed = seed
    self.start = start
    self.resume = resume
    self.lessons = lessons
    self.batchSize = batchSize
    self.epochs = epochs
    self.checkpointInterval = checkpointInterval
    self.rejections = rejections
    self.vary = vary
  }
}

/// What a job came to. All of it follows from the job alone, whatever was interrupted.
public struct Trained: Sendable, Equatable {
  public let weights: Artifact
  /// Sequences trained on, repeats counted, and their length, prompts and responses, in the learner's unit.
  public let sequences: Int
  public let length: Int

  public init(weights: Artifact, sequences: Int, length: Int) {
    self.weights = weights
    self.sequences = sequences
    self.length = length
  }
}

/// A value measured while training.
public struct TrainingMetric: Sendable, Equatable {
  public let step: Int
  /// `loss`, `gradient_norm`, `learning_rate`.
  public let name: String
  public let value: Double

  public init(step: Int, name: String, value: Double) {
    self.step = step
    self.name = name
    self.value = value
  }
}

/// Where a learner that trains delivers its work: the run's folder, its rows and its observers.
public protocol TrainingDesk: AnyObject {
  /// Called once, before the first step.
  func begins(steps: Int)

  /// A path inside the run directory for an artifact that is a folder. What is written there counts for
  /// nothing before `keep`.
  func folder(step: Int) throws -> String

  /// Makes an artifact durable, with the measurements since the last one.
  func keep(_ product: TrainingProduct, step: Int, isFinal: Bool, _ measurements: [TrainingMetric]) throws
    -> Artifact

  func advanced(to step: Int, of steps: Int, length: Int, loss: Double?)

  /// True: the work is to stop. The learner may keep what it has before it calls `checkForStop`.
  var isStopping: Bool { get }

  /// Throws if the work is to stop, and says that the process lives.
  func checkForStop() throws
}

/// New weights.
public enum TrainingProduct: Sendable {
  /// The bytes of a file.
  case bytes([UInt8])
  /// A folder that `TrainingDesk.folder` named.
  case folder(String)
}
