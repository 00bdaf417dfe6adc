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
