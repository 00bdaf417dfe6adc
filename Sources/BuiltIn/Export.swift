import Foundation
import Learning
import Model
import Words

/// Weights for other programs.
extension TransformerLearner {
  /// The parameters of an artifact as a safetensors file, without the optimiser's moments and heads ahead.
  /// Beside the checkpoint's own metadata it has `words`: the vocabulary in the order of its tokens, a space
  /// between two.
  public func exported(_ weights: Artifact) throws -> Data {
    let checkpoint = try checkpoint(weights)
    let bare = checkpoint.withoutTraining
    let plain = Checkpoint(
      configuration: bare.configuration, vocabularyDigest: bare.vocabularyDigest, step: bare.step,
      metadata: bare.metadata.merging(["words": codec.words]) { $1 }, tensors: bare.tensors)
    return Data(plain.encoded())
  }

  /// A lesson as the network read it, and what it says to it.
  public struct LogitRows: Sendable {
    /// With `bos` and `eos`.
    public let prompt: [Token]
    public let response: [Token]
    /// [response.count - 1, vocabulary]: a row for each token of the response but the last, for the token
    /// after it.
    public let logits: [[Float]]
  }

  /// Against these another program's reading of the weights is checked.
  public func logits(_ weights: Artifact, on lessons: [Lesson]) throws -> some Sequence<LogitRows> {
    let model = try checkpoint(weights).model()
    let codec = codec
    return lessons.lazy.map { lesson in
      let (prompt, response) = (codec.framed(lesson.prompt), codec.framed(lesson.response))
      return LogitRows(
        prompt: prompt, response: response, logits: model.logits(prompt: prompt, response: response))
    }
  }
}
