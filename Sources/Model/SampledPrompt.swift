import Kernels

/// What every sample of one prompt shares, computed once.
///
/// Encoder-decoder: each decoder layer's keys and values of the encoded prompt, packed for products.
/// Decoder-only: the prompt's own keys and values, of whole blocks of 16 tokens as a segment that all samples
/// read, and of the tokens after the last whole block as rows that each sample copies into its own segment.
final class SampledPrompt {
  /// Index among the requests.
  let request: Int
  /// Tokens of the cached sequence that come before the response; 0 with an encoder.
  let prefixCount: Int
  /// The last tokens of the prefix, for token shift.
  let recentTokens: [Int32]
  /// Whole blocks of the prefix; nil where there are none.
  private(set) var sharedSegment: DecodeSegment?
  /// Layer by layer, the prefix's tokens after the shared ones: [layers * rest, 2D], keys then values.
  private let rest: FloatBuffer?
  private let restCount: Int
  /// Owns what `sharedSegment` or `head(_:layer:)` look into.
  private let memory: FloatBuffer
  private let tokens: Int
  private let headWidth: Int
  private let heads: Int

  /// `prompt` has been checked against the vocabulary; `pass` is the calling thread's.
  init(_ prompt: [Int32], request: Int, shape: DecodeShape, pass: Pass) {
    self.request = request
    let configuration = pass.configuration
    (tokens, heads, headWidth) = (prompt.count, configuration.heads, configuration.headWidth)
    var packed = PackedTokens()
    packed.append(prompt)
    if configuration.architecture == .encoderDecoder {
      (prefixCount, restCount, recentTokens, rest) = (0, 0, [], nil)
      let perHead = PromptHead.count(tokens: tokens, headWidth: headWidth)
      memory = FloatBuffer(count: configuration.decoderLayers * heads * perHead)
      encode(packed, pass)
    } else {
      (prefixCount, restCount) = (tokens, tokens % 16)
      recentTokens = prompt.suffix(configuration.tokenShift)
      let sharedCount = tokens - restCount
      let bytes = shape.segmentByteCount(capacity: sharedCount, layers: configuration.decoderLayers)
      memory = FloatBuffer(count: bytes / 4)
      rest = FloatBuffer(count: configuration.decoderLayers * restCount * 2 * configuration.width)
      if sharedCount > 0 {
        sharedSegment = DecodeSegment(base: UnsafeMutableRawPointer(memory.base), capacity: sharedCount)
      }
      prefill(packed, shape, pass)
    }
  }

  /// Keys and values that head `head` of decoder layer `layer` looks at.
  func head(_ head: Int, layer: Int) -> PromptHead {
    let perHead = PromptHead.count(tokens: tokens, headWidth: headWidth)
    return PromptHead(
      base: memory.base + (layer * heads + head) * perHead, tokens: tokens, headWidth: headWidth)
  }

  /// Stores the prefix's last tokens, those of no whole block, at the start of a sample's own segment.
  func copyRest(to segment: DecodeSegment, layers: Int, shape: DecodeShape) {
    guard let rest else { return }
    let width = heads * headWidth
    for layer in 0..<layers {
      for index in 0..<restCount {
        let row = (layer * restCount + index) * 2 * width
        segment.store(
          key: rest.vector(at: row, count: width), value: rest.vector(at: row + width, count: width),
          layer: layer, at: index, shape: shape)
      }
    }
  }

  private func encode(_ prompt: PackedTokens, _ pass: Pass) {
    let features = Network(pass).features(of: prompt)
    let width = features.columns
    for (index, layer) in pass.parameters.layout.decoder.layers.enumerated() {
      guard let cross = layer.crossAttention else { continue }
      let mark = pass.arena.mark
      let keyValue = pass.arena.matrix(rows: features.rows, columns: 2 * width)
      pass.apply(cross.keyValue, to: features, into: keyValue)
      for head in 0..<heads {
        let own = head * headWidth..<(head + 1) * headWidth
        self.head(head, layer: index).pack(
          keys: keyValue.columns(own),
          values: keyValue.columns(own.lowerBound + width..<own.upperBound + width))
      }
      pass.arena.rewind(to: mark)
    }
  }

  /// The prompt through the decoder as far as its keys and values need it.
  private func prefill(_ prompt: PackedTokens, _ shape: DecodeShape, _ pass: Pass) {
    pass.arena.reset()
    pass.prepare(positions: tokens)
    let decoder = pass.parameters.layout.decoder
    var x = EmbeddingLayer(place: decoder.embedding).forward(prompt, pass)
    for (index, layer) in decoder.layers.enumerated() {
      if index + 1 == decoder.layers.count {
        let norm = NormLayer(place: layer.attention.norm).forward(x, pass)
        let rows = pass.arena.matrix(rows: tokens, columns: 3 * x.columns)
        pass.apply(layer.attention.queryKeyValue, to: norm.output, into: rows)
        rotateRows(rows.columns(0..<2 * x.columns), table: pass.rotation.rows, firstPosition: 0)
        keep(rows, layer: index, shape)
      } else {
        let (h, attention) = SelfAttentionLayer(place: layer.attention, isCausal: true)
          .forward(x, prompt.bounds, pass)
        keep(attention.queryKeyValue, layer: index, shape)
        x = FeedForwardLayer(place: layer.feedForward).forward(h, pass).y
      }
    }
  }

  private func keep(_ queryKeyValue: Matrix, layer: Int, _ shape: DecodeShape) {
    let width = queryKeyValue.columns / 3
    let sharedCount = tokens - restCount
    for token in 0..<tokens {
      let row = queryKeyValue.row(token)
      let (key, value) = (row.slice(width..<2 * width), row.slice(2 * width..<3 * width))
      if token < sharedCount {
        sharedSegment?.store(key: key, value: value, layer: layer, at: token, shape: shape)
      } else if let rest {
        let place = (layer * restCount + token - sharedCount) * 2 * width
        for i in 0..<width {
          rest[place + i] = key[i]
          rest[place + width + i] = value[i]
        }
      }
    }
  }
}
