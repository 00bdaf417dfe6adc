/// What one sequence teaches: after `prompt`, write `response`.
///
/// Both carry their bounds: `[bos, words..., eos]`. An encoder-decoder's encoder reads the prompt, its
/// decoder reads `response` without the last token; a decoder-only model reads `prompt ++ response` without
/// the last token. Both predict `response[1...]`, and only that is in the loss, unless there are hints.
public struct Example: Sendable, Equatable {
  public let prompt: [Int32]
  public let response: [Int32]
  /// What a decoder-only model is to predict at each token of the prompt as well, `noHint` where nothing;
  /// empty: at none. Source: the setting `hint` of Li et al. 2024, arXiv:2402.12875.
  public let hints: [Int32]

  public static let noHint: Int32 = -1

  public init(prompt: [Int32], response: [Int32], hints: [Int32] = []) {
    self.prompt = prompt
    self.response = response
    self.hints = hints
  }
}

extension Example {
  /// What such a model cannot read in it; nil: nothing.
  func problem(_ configuration: TransformerConfiguration) -> String? {
    let vocabularySize = configuration.vocabularySize
    if prompt.isEmpty { return "its prompt is empty" }
    if response.count < 2 { return "its response has \(response.count) tokens; needed are bos and one more" }
    for (name, tokens) in [("prompt", prompt), ("response", response)] {
      if let index = tokens.firstIndex(where: { $0 < 0 || $0 >= vocabularySize }) {
        let token = tokens[index]
        return "token \(index) of its \(name) is \(token); the vocabulary ends at \(vocabularySize - 1)"
      }
    }
    return hints.isEmpty ? nil : problemOfHints(configuration)
  }

  private func problemOfHints(_ configuration: TransformerConfiguration) -> String? {
    if configuration.architecture != .decoderOnly {
      return "it has hints; only a decoder-only model takes them"
    }
    if hints.count != prompt.count {
      return "it has \(hints.count) hints for a prompt of \(prompt.count) tokens"
    }
    let end = configuration.vocabularySize
    guard let index = hints.firstIndex(where: { $0 != Self.noHint && !(0..<Int32(end)).contains($0) }) else {
      return nil
    }
    return "hint \(index) is \(hints[index]); the vocabulary ends at \(end - 1)"
  }
}
