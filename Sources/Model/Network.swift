import Kernels

/// Forward and backward pass of a packed batch through the layers, for both architectures.
///
/// The encoder-decoder is the paper's: pre-norm blocks of self-attention, (in the decoder) cross-attention
/// and feed-forward; the encoder ends in a normalisation and a projection. The decoder-only network is the
/// same decoder without cross-attention; its last layer treats the prompt as keys and values only.
struct Network {
  let layout: ParameterLayout
  let pass: Pass
  /// What the loss of each head ahead counts in the gradient, beside 1 for the output layer's.
  let aheadWeight: Float

  init(_ pass: Pass, aheadWeight: Float = 0) {
    self.pass = pass
    self.aheadWeight = aheadWeight
    layout = pass.parameters.layout
  }

  /// Logits of every predicting row of the batch, in order: [V] each.
  func logits(_ batch: PackedBatch) -> [[Float]] {
    prepare(batch)
    let features = batch.encoder.tokens.isEmpty ? nil : encode(batch.encoder)
    let decoded = decode(batch, features: features?.features)
    return outputLayer.logits(decoded.output, pass)
  }

  /// The batch's share of the loss.
  func loss(_ batch: PackedBatch) -> Double {
    prepare(batch)
    let features = batch.encoder.tokens.isEmpty ? nil : encode(batch.encoder)
    let decoded = decode(batch, features: features?.features)
    return outputLayer.loss(decoded.output, batch, pass, backward: nil)
  }

  /// The batch's share of the loss, its gradients and those of heads ahead added to `gradients`.
  func lossAndGradients(_ batch: PackedBatch, addingTo gradients: Gradients) -> Double {
    prepare(batch)
    let encoded = batch.encoder.tokens.isEmpty ? nil : encode(batch.encoder)
    let decoded = decode(batch, features: encoded?.features)
    let d = pass.arena.matrix(rows: decoded.output.rows, columns: pass.configuration.width)
    d.clear()
    let loss = outputLayer.loss(decoded.output, batch, pass, backward: (d, gradients))
    let dFeatures = encoded.map { encoded in
      let dFeatures = pass.arena.matrix(rows: encoded.features.rows, columns: pass.configuration.width)
      dFeatures.clear()
      return dFeatures
    }
    decodeBackward(d, batch, decoded, dFeatures: dFeatures, gradients)
    if let encoded, let dFeatures { encodeBackward(dFeatures, batch.encoder, encoded, gradients) }
    return loss
  }

  /// What the encoder makes of a prompt: [rows, D]. Used by the sampler.
  func features(of prompts: PackedTokens) -> Matrix {
    pass.arena.reset()
    pass.prepare(positions: prompts.longest)
    return encode(prompts).features
  }

  private var outputLayer: OutputLayer {
    OutputLayer(
      norm: layout.decoder.norm, place: layout.decoder.output,
      headsAhead: aheadWeight > 0 ? layout.headsAhead : [], aheadWeight: aheadWeight)
  }

  private func prepare(_ batch: PackedBatch) {
    pass.arena.reset()
    pass.prepare(positions: batch.longest)
  }
}

// MARK: - Encoder

extension Network {
  private struct Encoded {
    let layers: [(attention: SelfAttentionLayer.Kept, feedForward: FeedForwardLayer.Kept)]
    let norm: NormLayer.Kept
    /// [rows, D]
    let features: Matrix
  }

  private func encode(_ input: PackedTokens) -> Encoded {
    guard let encoder = layout.encoder else { preconditionFailure("a decoder-only model encodes nothing") }
    var x = EmbeddingLayer(place: encoder.embedding).forward(input, pass)
    var layers: [(attention: SelfAttentionLayer.Kept, feedForward: FeedForwardLayer.Kept)] = []
    for layer in encoder.layers {
      let (h, attention) = SelfAttentionLayer(place: layer.attention, isCausal: false)
        .forward(x, input.bounds, pass)
      let (y, feedForward) = FeedForwardLayer(place: layer.feedForward).forward(h, pass)
      layers.append((attention, feedForward))
      x = y
    }
    let norm = NormLayer(place: encoder.norm).forward(x, pass)
    let features = pass.arena.matrix(rows: x.rows, columns: x.columns)
    pass.apply(encoder.output, to: norm.output, into: features)
    return Encoded(layers: layers, norm: norm, features: features)
  }

  private func encodeBackward(
    _ dFeatures: Matrix, _ input: PackedTokens, _ encoded: Encoded, _ gradients: Gradients
  ) {
    guard let encoder = layout.encoder else { preconditionFailure("a decoder-only model encodes nothing") }
    let dNormed = pass.arena.matrix(rows: dFeatures.rows, columns: dFeatures.columns)
    pass.applyBackward(encoder.output, dy: dFeatures, x: encoded.norm.output, into: dNormed, gradients)
    let d = pass.arena.matrix(rows: dFeatures.rows, columns: dFeatures.columns)
    d.clear()
    NormLayer(place: encoder.norm).backward(dNormed, encoded.norm, addingTo: d, pass, gradients)
    for (layer, kept) in zip(encoder.layers, encoded.layers).reversed() {
      FeedForwardLayer(place: layer.feedForward).backward(d, kept.feedForward, pass, gradients)
      _ = SelfAttentionLayer(place: layer.attention, isCausal: false)
        .backward(d, kept.attention, pass, gradients)
    }
    EmbeddingLayer(place: encoder.embedding).backward(d, input, gradients)
  }
}

// MARK: - Decoder

extension Network {
  private struct DecoderLayer {
    let attention: SelfAttentionLayer.Kept
    let crossAttention: CrossAttentionLayer.Kept?
    let feedForward: FeedForwardLayer.Kept
  }

  private struct Decoded {
    let layers: [DecoderLayer]
    /// The rows that predict, before the final normalisation: [targets, D].
    let output: Matrix
  }

  private func decode(_ batch: PackedBatch, features: Matrix?) -> Decoded {
    let (bounds, promptBounds) = (batch.decoder.bounds, batch.encoder.bounds)
    var x = EmbeddingLayer(place: layout.decoder.embedding).forward(batch.decoder, pass)
    var layers: [DecoderLayer] = []
    for (index, layer) in layout.decoder.layers.enumerated() {
      let isLast = index == layout.decoder.layers.count - 1
      let (h, attention) = SelfAttentionLayer(place: layer.attention, isCausal: true)
        .forward(x, bounds, live: isLast ? batch.targetRows : nil, pass)
      x = h
      var crossAttention: CrossAttentionLayer.Kept?
      if let place = layer.crossAttention, let features {
        let (z, kept) = CrossAttentionLayer(place: place)
          .forward(x, bounds, features: features, promptBounds, pass)
        crossAttention = kept
        x = z
      }
      let (y, feedForward) = FeedForwardLayer(place: layer.feedForward).forward(x, pass)
      x = y
      layers.append(
        DecoderLayer(attention: attention, crossAttention: crossAttention, feedForward: feedForward))
    }
    return Decoded(layers: layers, output: x)
  }

  private func decodeBackward(
    _ d: Matrix, _ batch: PackedBatch, _ decoded: Decoded, dFeatures: Matrix?, _ gradients: Gradients
  ) {
    var d = d
    for (layer, kept) in zip(layout.decoder.layers, decoded.layers).reversed() {
      FeedForwardLayer(place: layer.feedForward).backward(d, kept.feedForward, pass, gradients)
      if let place = layer.crossAttention, let cross = kept.crossAttention, let dFeatures {
        CrossAttentionLayer(place: place)
          .backward(d, cross, addingTo: dFeatures, pass, gradients)
      }
      d = SelfAttentionLayer(place: layer.attention, isCausal: true)
        .backward(d, kept.attention, pass, gradients)
    }
    EmbeddingLayer(place: layout.decoder.embedding).backward(d, batch.decoder, gradients)
  }
}
