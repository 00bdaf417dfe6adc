import Determinism
import Foundation
import Learning
import Model
import NetworkSettings

/// A file of weights that round 0 starts from instead of the seed's: what `shorten export --weights`
/// writes, or a run's checkpoint.
public struct StartingWeights: Sendable {
  public let sha256: String
  private let path: String
  private let checkpoint: Checkpoint

  /// `path` is absolute. Throws `LearnerError` for a file that holds no weights of this network.
  public init(_ path: String) throws(LearnerError) {
    self.path = path
    do {
      let bytes = try [UInt8](Data(contentsOf: URL(filePath: path)))
      sha256 = SHA256.hexDigest(of: bytes)
      checkpoint = try Checkpoint(decoding: bytes)
    } catch let error as CheckpointError {
      throw .unreadable(path: path, reason: "holds no weights of shorten: \(error)")
    } catch let error as InvalidSetting {
      throw .unreadable(path: path, reason: "holds no weights of shorten: \(error)")
    } catch {
      throw .unreadable(path: path, reason: "cannot be read: \(error.localizedDescription)")
    }
  }

  /// Throws `LearnerError` if the weights are of another network, of other words, or of other bytes than
  /// those of `expected`, the SHA-256 they must have; nil: any.
  public func require(_ network: TransformerConfiguration, _ codec: Codec, sha256 expected: String?)
    throws(LearnerError)
  {
    if let expected, expected != sha256 {
      throw .otherLearner(
        path: path,
        reason:
          "was changed: its SHA-256 is \(sha256), not \(expected); restore it, or start a new run without "
          + "base.weightsSHA256")
    }
    guard checkpoint.vocabularyDigest == codec.digest else {
      throw .otherLearner(path: path, reason: "was trained with other words than this domain's")
    }
    guard checkpoint.configuration == network else {
      throw .otherLearner(
        path: path,
        reason: "is of another network: \(Self.difference(checkpoint.configuration, network))")
    }
  }

  func model(
    for network: TransformerConfiguration, _ codec: Codec, sha256 expected: String?, headsAhead: Int,
    seed: UInt64
  ) throws(LearnerError) -> Transformer {
    try require(network, codec, sha256: expected)
    do {
      return try checkpoint.model(headsAhead: headsAhead, seed: seed)
    } catch {
      throw .unreadable(path: path, reason: "cannot be used: \(error)")
    }
  }

  private static func difference(_ own: TransformerConfiguration, _ due: TransformerConfiguration) -> String {
    let settings: [(String, KeyPath<TransformerConfiguration, Int>)] = [
      ("width", \.width), ("encoderLayers", \.encoderLayers), ("decoderLayers", \.decoderLayers),
      ("heads", \.heads), ("hiddenWidth", \.hiddenWidth), ("tokenShift", \.tokenShift),
    ]
    var parts = settings.filter { own[keyPath: $0.1] != due[keyPath: $0.1] }.map { name, value in
      "its \(name) is \(own[keyPath: value]), model.\(name) \(due[keyPath: value])"
    }
    if own.architecture != due.architecture {
      parts.insert(
        "its architecture is \(own.architecture.rawValue), model.architecture \(due.architecture.rawValue)",
        at: 0)
    }
    return parts.joined(separator: ", ")
  }
}
