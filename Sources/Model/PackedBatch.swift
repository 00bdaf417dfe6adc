/// Sequences laid end to end, none padded: rows of every matrix are tokens, and `bounds[i]` are those of
/// sequence i.
struct PackedTokens {
  private(set) var tokens: [Int32] = []
  private(set) var bounds: [Range<Int>] = []

  mutating func append(_ sequence: some Collection<Int32>) {
    let start = tokens.count
    tokens.append(contentsOf: sequence)
    bounds.append(start..<tokens.count)
  }

  var longest: Int { bounds.map(\.count).max() ?? 0 }
}

/// The examples of one pass in packed form.
struct PackedBatch {
  /// Prompts; empty for a decoder-only model.
  private(set) var encoder = PackedTokens()
  /// What the decoder reads.
  private(set) var decoder = PackedTokens()
  /// Rows of the decoder that predict, one stretch per sequence.
  private(set) var targetRows: [Range<Int>] = []
  /// What they are to predict, all stretches end to end.
  private(set) var targets: [Int32] = []
  /// For each target the place after the last of its sequence.
  private(set) var ends: [Int] = []
  /// Weight of each target in the loss; 0 for a token of a prompt without a hint.
  private(set) var weights: [Float] = []

  /// `sequenceWeight` is what each sequence's mean counts in the loss: one over the size of the whole batch.
  init(_ examples: [Example], architecture: TransformerConfiguration.Architecture, sequenceWeight: Double) {
    for example in examples {
      let labels = example.hints + example.response.dropFirst()
      switch architecture {
      case .encoderDecoder:
        encoder.append(example.prompt)
        decoder.append(example.response.dropLast())
      case .decoderOnly: decoder.append(example.prompt + example.response.dropLast())
      }
      targetRows.append(decoder.tokens.count - labels.count..<decoder.tokens.count)
      let weight = Float(sequenceWeight / Double(labels.count { $0 != Example.noHint }))
      ends += repeatElement(targets.count + labels.count, count: labels.count)
      for label in labels {
        targets.append(max(label, 0))
        weights.append(label == Example.noHint ? 0 : weight)
      }
    }
  }

  var longest: Int { max(encoder.longest, decoder.longest) }
}
