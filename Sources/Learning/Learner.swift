import Text
import Words

/// A model that can be trained and asked: a network of this package, or a program outside it.
///
/// The rounds know nothing else of a model. They choose what it learns from, keep what it wrote, and
/// decide; how it is trained and sampled is the learner's own affair. A learner is a description, cheap to
/// make, that holds no weights: those are artifacts, which outlive it.
///
///     let trained = try learner.train(job, at: desk)                 // lessons in, an artifact out
///     let writer = try learner.writer(of: trained.weights)
///     let responses = try writer.respond(to: requests, settings, watch)
public protocol Learner: Sendable {
  var identity: LearnerIdentity { get }

  /// Throws what this machine, server or program lacks. Called before anything is written.
  func requireSupported() throws

  /// The length of each writing in `identity.lengthUnit`. References, incumbents and samples are all
  /// measured by this function, so that *strictly shorter* compares like with like.
  func lengths(of writings: [Writing]) throws -> [Int]

  /// The learner with these weights, ready to answer. Throws `LearnerError` if they are not its own.
  func writer(of weights: Artifact) throws -> any Writer

  /// Trains from `job.start`, or goes on from `job.resume`. The result has been kept at the desk as final.
  /// Throws what `desk.checkForStop` throws.
  func train(_ job: TrainingJob, at desk: any TrainingDesk) throws -> Trained

  /// What the model takes of this machine; nil: not known, as for a server elsewhere.
  func footprint(longestPrompt: Int, temperature: Double) -> Footprint?

  /// Speeds measured now with fresh weights; nil: this learner has no cheap way to measure them.
  func speeds(_ trial: SpeedTrial, _ watch: WritingWatch) throws -> Speeds?
}

extension Learner {
  public func requireSupported() throws {}

  /// What `lengths` says of each writing. Throws `LearnerError.unsupported` if it does not say one of each.
  public func measured(_ writings: [Writing]) throws -> [Int] {
    let lengths = try lengths(of: writings)
    guard lengths.count == writings.count, lengths.allSatisfy({ $0 >= 0 }) else {
      throw LearnerError.unsupported(
        "the learner \(identity.name) gave \(lengths.count) lengths of \(writings.count) writings, or one "
          + "below 0; its program must measure each")
    }
    return lengths
  }

  public func footprint(longestPrompt: Int, temperature: Double) -> Footprint? { nil }
  public func speeds(_ trial: SpeedTrial, _ watch: WritingWatch) throws -> Speeds? { nil }
}

/// Who a learner is, and what it promises.
public struct LearnerIdentity: Sendable, Equatable {
  /// For people: `built-in`, `Qwen3-0.6B at gpu-1`.
  public let name: String
  /// SHA-256 in lowercase hexadecimal of what its weights must fit: words, or model and tokeniser. Weights of
  /// another digest are refused.
  public let digest: String
  /// What a length counts.
  public let unit: LengthUnit
  /// Whether a length counts the words of a domain. Only then can it be compared with one that a domain
  /// knows as a number alone, such as the shortest run of A*.
  public let countsWords: Bool
  public let promise: Promise

  public init(name: String, digest: String, unit: LengthUnit, countsWords: Bool, promise: Promise) {
    self.name = name
    self.digest = digest
    self.unit = unit
    self.countsWords = countsWords
    self.promise = promise
  }
}

/// What a run promises of its rows.
public enum Promise: String, Sendable, CaseIterable {
  /// The same configuration and seed give the same rows and weights, byte for byte.
  case reproducible
  /// Equal requests get equal responses from the same weights; training again may give others.
  case repeatable
  /// What was written is stored. Asking again may give something else.
  case recorded

  /// Whether a response can be drawn again, so that a reader need not have stored it.
  public var drawsAgain: Bool { self != .recorded }

  /// Whether lost weights can be trained again.
  public var trainsAgain: Bool { self == .reproducible }

  /// In a sentence: `the same configuration and seed give the same bytes`.
  public var sentence: String {
    switch self {
    case .reproducible: "the same configuration and seed give the same rows and weights, byte for byte"
    case .repeatable: "equal requests get equal responses, but training again may give other weights"
    case .recorded: "every figure is computed from stored rows, but asking again may give other responses"
    }
  }
}

/// Why a learner cannot do what it was asked for. Each text says what helps.
public enum LearnerError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The artifact was trained by, or for, something else.
  case otherLearner(path: String, reason: String)
  /// The artifact's content is no weights of this learner.
  case unreadable(path: String, reason: String)
  /// It does not take such a job.
  case unsupported(String)

  public var description: String {
    switch self {
    case .otherLearner(let path, let reason), .unreadable(let path, let reason): "\(path) \(reason)"
    case .unsupported(let reason): reason
    }
  }
}
