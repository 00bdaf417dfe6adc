import Determinism
import Foundation
import Model
import Search

/// The file that `base.weights` names: what round 0 starts from in place of the seed's weights.
struct StartingWeights {
  /// Why it cannot be used, in words that follow the key.
  struct Refusal: Error {
    let text: String
  }

  let sha256: String
  private let path: String
  private let checkpoint: Checkpoint

  /// `file` as `shorten export --weights` writes it, or a run's checkpoint.
  init(_ file: String, in directory: String = ".") throws(Refusal) {
    path = Self.path(file, in: directory)
    do {
      let bytes = try [UInt8](Data(contentsOf: URL(filePath: path)))
      sha256 = SHA256.hexDigest(of: bytes)
      checkpoint = try Checkpoint(decoding: bytes)
    } catch let error as CheckpointError {
      throw Refusal(text: "\(path) holds no weights of shorten: \(error)")
    } catch let error as ModelError {
      throw Refusal(text: "\(path) holds no weights of shorten: \(error)")
    } catch {
      throw Refusal(text: "\(path) cannot be read: \(error.localizedDescription)")
    }
  }

  /// The network, if it is the configuration's and reads its words; the bytes must be those of
  /// `base.weightsSHA256`, if that is given.
  func model(for configuration: RunConfiguration) throws(Refusal) -> Transformer {
    let expected = configuration.base.weightsSHA256
    guard expected.isEmpty || expected == sha256 else {
      throw Refusal(
        text:
          "\(path) was changed: its SHA-256 is \(sha256), not \(expected); restore it, or start a new run "
          + "without base.weightsSHA256")
    }
    let vocabulary: Vocabulary
    do { vocabulary = try configuration.domain.makeDomain().vocabulary } catch {
      throw Refusal(text: "\(error)")
    }
    guard checkpoint.vocabularyDigest == vocabulary.digest else {
      throw Refusal(text: "\(path) was trained with other words than this domain's")
    }
    let (own, due) = (
      checkpoint.configuration, configuration.model.configuration(vocabularySize: vocabulary.count)
    )
    guard own == due else {
      throw Refusal(text: "\(path) is of another network: \(Self.difference(own, due))")
    }
    do { return try checkpoint.model() } catch { throw Refusal(text: "\(path): \(error)") }
  }

  /// Reads what the configuration names and puts its path and digest in it. `unlessGone`: leaves them as they are
  /// where there is no such file.
  static func load(
    _ configuration: inout RunConfiguration, from directory: String, unlessGone: Bool
  ) throws(Refusal) {
    let file = configuration.base.weights
    guard !file.isEmpty else { return }
    if unlessGone, !FileManager.default.fileExists(atPath: path(file, in: directory)) { return }
    let weights = try StartingWeights(file, in: directory)
    _ = try weights.model(for: configuration)
    (configuration.base.weights, configuration.base.weightsSHA256) = (weights.path, weights.sha256)
  }

  /// Absolute.
  private static func path(_ file: String, in directory: String) -> String {
    let base = URL(filePath: directory, directoryHint: .isDirectory)
    return URL(filePath: file, relativeTo: base).standardizedFileURL.path
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
