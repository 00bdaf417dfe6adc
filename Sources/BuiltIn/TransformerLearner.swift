import Determinism
import Foundation
import Learning
import Model
import Text
import Words

/// The network of this package as a learner: it keeps every promise there is, byte for byte, whatever the
/// number of threads.
public struct TransformerLearner: Learner {
  /// How the network is trained.
  public struct Schedule: Sendable {
    public var optimizer: OptimizerSettings
    public var objective: ObjectiveSettings
    /// The learning rate of round 0, and that of later rounds.
    public var base: LearningRate
    public var rounds: LearningRate
    /// The peak of a round is multiplied by this for each rejection in a row.
    public var retryScale: Double

    public init(
      optimizer: OptimizerSettings, objective: ObjectiveSettings, base: LearningRate,
      rounds: LearningRate, retryScale: Double
    ) {
      self.optimizer = optimizer
      self.objective = objective
      self.base = base
      self.rounds = rounds
      self.retryScale = retryScale
    }
  }

  /// The file that round 0 starts from instead of the seed's weights.
  public struct Start: Sendable {
    public var path: String
    /// That its bytes must have; nil: any.
    public var sha256: String?

    public init(path: String, sha256: String?) {
      self.path = path
      self.sha256 = sha256
    }
  }

  public let codec: Codec
  public let network: TransformerConfiguration
  public let schedule: Schedule
  public let sampler: SamplerSettings
  public let threads: Int
  public let start: Start?

  /// `network` has the codec's number of tokens. `sampler` gives rows, cache and the limit for the estimate
  /// of memory; temperature and limit of a writing come with each request.
  public init(
    _ codec: Codec, network: TransformerConfiguration, schedule: Schedule, sampler: SamplerSettings,
    start: Start? = nil
  ) {
    precondition(network.vocabularySize == codec.vocabularySize, "the network reads the codec's tokens")
    self.codec = codec
    self.network = network
    self.schedule = schedule
    self.sampler = sampler
    self.threads = sampler.threads
    self.start = start
  }

  public var identity: LearnerIdentity {
    let countsWords = if case .words = codec { true } else { false }
    return LearnerIdentity(
      name: Self.name, digest: codec.digest, unit: LengthUnit(name: countsWords ? "tokens" : "bytes"),
      countsWords: countsWords, promise: .reproducible)
  }

  public static let name = "built-in"

  public func requireSupported() throws { try Processor.requireSupported() }

  public func lengths(of writings: [Writing]) -> [Int] {
    writings.map { writing in
      if case .words(let words) = writing { words.count } else { codec.tokens(of: writing).count }
    }
  }

  public func writer(of weights: Artifact) throws -> any Writer {
    TransformerWriter(model: try checkpoint(weights).model(), codec: codec, sampler: sampler)
  }

  /// The artifact's content. Throws `LearnerError` if its bytes are not those of its SHA-256, no checkpoint,
  /// or of other words than this learner's.
  func checkpoint(_ artifact: Artifact) throws -> Checkpoint {
    let bytes: [UInt8]
    do {
      bytes = [UInt8](try Data(contentsOf: URL(filePath: artifact.path)))
    } catch {
      throw LearnerError.unreadable(
        path: artifact.path, reason: "cannot be read: \(error.localizedDescription)")
    }
    guard SHA256.hexDigest(of: bytes) == artifact.sha256 else {
      throw LearnerError.unreadable(
        path: artifact.path,
        reason: "is damaged: its SHA-256 is not the recorded one; `shorten run` trains these weights again")
    }
    let checkpoint: Checkpoint
    do {
      checkpoint = try Checkpoint(decoding: bytes)
    } catch {
      throw LearnerError.unreadable(path: artifact.path, reason: "holds no weights of shorten: \(error)")
    }
    guard checkpoint.vocabularyDigest == codec.digest else {
      throw LearnerError.otherLearner(
        path: artifact.path,
        reason: "was trained with another vocabulary than this run's; it belongs to another run")
    }
    return checkpoint
  }
}
