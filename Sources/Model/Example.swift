/// What one sequence teaches: after `prompt`, write `response`.
///
/// Both carry their bounds: `[bos, words..., eos]`. An encoder-decoder's encoder reads the prompt, its
/// decoder reads `response` without the last token; a decoder-only model reads `prompt ++ response` without
/// the last token. Both predict `response[1...]`, and only that is in the loss.
public struct Example: Sendable, Equatable {
  public let prompt: [Int32]
  public let response: [Int32]

  public init(prompt: [Int32], response: [Int32]) {
    self.prompt = prompt
    self.response = response
  }
}

extension Example {
  /// What a model of this vocabulary cannot read in it; nil: nothing.
  func problem(vocabularySize: Int) -> String? {
    if prompt.isEmpty { return "its prompt is empty" }
    if response.count < 2 { return "its response has \(response.count) tokens; needed are bos and one more" }
    for (name, tokens) in [("prompt", prompt), ("response", response)] {
      if let index = tokens.firstIndex(where: { $0 < 0 || $0 >= vocabularySize }) {
        let token = tokens[index]
        return "token \(index) of its \(name) is \(token); the vocabulary ends at \(vocabularySize - 1)"
      }
    }
    return nil
  }
}
