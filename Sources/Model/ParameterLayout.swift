/// Where each learned tensor lies in the one buffer that holds them all. Gradients and moments are buffers
/// of the same layout. Tensors start at multiples of 16 floats; the gaps stay zero.
struct ParameterLayout: Sendable {
  /// A matrix [outputs, inputs], row by row, as `y = x W^T` uses it. `index` counts the matrices.
  struct Linear: Sendable {
    let index: Int
    let offset: Int
    let outputs: Int
    let inputs: Int
  }

  /// Multiplies each channel after RMS normalisation.
  struct Gain: Sendable {
    let offset: Int
    let count: Int
  }

  /// Tables [V, D]: the token's own, then one for each previous token that is added.
  struct Embedding: Sendable {
    let offsets: [Int]
    let rows: Int
    let columns: Int
  }

  /// `queryKeyValue` is three matrices [D, D] on end: one product computes all three.
  struct SelfAttention: Sendable {
    let norm: Gain
    let queryKeyValue: Linear
    let output: Linear
  }

  struct CrossAttention: Sendable {
    let norm: Gain
    let query: Linear
    let keyValue: Linear
    let output: Linear
  }

  /// `gateUp` is two matrices [H, D] on end.
  struct FeedForward: Sendable {
    let norm: Gain
    let gateUp: Linear
    let down: Linear
  }

  struct Layer: Sendable {
    let attention: SelfAttention
    let crossAttention: CrossAttention?
    let feedForward: FeedForward
  }

  struct Stack: Sendable {
    let embedding: Embedding
    let layers: [Layer]
    let norm: Gain
    let output: Linear
  }

  /// nil for a decoder-only model.
  let encoder: Stack?
  let decoder: Stack
  /// Matrices [V, D] that predict the token after the next, the one after that, and so on, in training only.
  let headsAhead: [Linear]
  /// In the order of the buffer.
  let tensors: [Parameters.Tensor]
  let linears: [Linear]
  /// Floats of the whole buffer, a multiple of 16.
  let count: Int

  init(_ configuration: TransformerConfiguration, headsAhead heads: Int = 0) {
    var builder = Builder(configuration: configuration)
    encoder = configuration.architecture == .encoderDecoder ? builder.stack(isEncoder: true) : nil
    decoder = builder.stack(isEncoder: false)
    // Last of all: the other tensors lie, and begin, as without them.
    headsAhead = (0..<heads).map { head in
      builder.linear(
        ["\(Self.headPrefix)\(head + 1)"], outputs: configuration.vocabularySize, inputs: configuration.width,
        .output)
    }
    tensors = builder.tensors
    linears = builder.linears
    count = builder.count
  }

  /// How the names of heads ahead begin.
  static let headPrefix = "ahead."
}

extension ParameterLayout {
  /// Hands out places one after the other.
  private struct Builder {
    let configuration: TransformerConfiguration
    var tensors: [Parameters.Tensor] = []
    var linears: [Linear] = []
    var count = 0

    mutating func place(_ name: String, _ shape: [Int], _ kind: Parameters.Tensor.Kind) -> Int {
      let tensor = Parameters.Tensor(name: name, shape: shape, offset: count, kind: kind)
      tensors.append(tensor)
      count += (tensor.count + 15) / 16 * 16
      return tensor.offset
    }

    mutating func linear(
      _ names: [String], outputs: Int, inputs: Int, _ kind: Parameters.Tensor.Kind = .linear
    ) -> Linear {
      let offsets = names.map { place($0, [outputs, inputs], kind) }
      let linear = Linear(
        index: linears.count, offset: offsets[0], outputs: outputs * names.count, inputs: inputs)
      linears.append(linear)
      return linear
    }

    mutating func gain(_ name: String) -> Gain {
      Gain(offset: place(name, [configuration.width], .gain), count: configuration.width)
    }

    mutating func stack(isEncoder: Bool) -> Stack {
      let name = isEncoder ? "encoder" : "decoder"
      let (width, vocabulary) = (configuration.width, configuration.vocabularySize)
      var offsets = [place("\(name).embedding", [vocabulary, width], .embedding)]
      for shift in 0..<configuration.tokenShift {
        offsets.append(place("\(name).shift.\(shift + 1).embedding", [vocabulary, width], .shift))
      }
      let layerCount = isEncoder ? configuration.encoderLayers : configuration.decoderLayers
      let hasCross = !isEncoder && configuration.architecture == .encoderDecoder
      let layers = (0..<layerCount).map { layer("\(name).layers.\($0)", hasCross: hasCross) }
      return Stack(
        embedding: Embedding(offsets: offsets, rows: vocabulary, columns: width), layers: layers,
        norm: gain("\(name).norm"),
        output: linear(
          ["\(name).output"], outputs: isEncoder ? width : vocabulary, inputs: width,
          isEncoder ? .linear : .output))
    }

    mutating func layer(_ name: String, hasCross: Bool) -> Layer {
      let (width, hidden) = (configuration.width, configuration.hiddenWidth)
      let attention = SelfAttention(
        norm: gain("\(name).norm1"),
        queryKeyValue: linear(
          ["query", "key", "value"].map { "\(name).attention.\($0)" }, outputs: width, inputs: width),
        output: linear(["\(name).attention.output"], outputs: width, inputs: width))
      var cross: CrossAttention?
      if hasCross {
        cross = CrossAttention(
          norm: gain("\(name).norm2"),
          query: linear(["\(name).crossAttention.query"], outputs: width, inputs: width),
          keyValue: linear(
            ["key", "value"].map { "\(name).crossAttention.\($0)" }, outputs: width, inputs: width),
          output: linear(["\(name).crossAttention.output"], outputs: width, inputs: width))
      }
      let feedForward = FeedForward(
        norm: gain(hasCross ? "\(name).norm3" : "\(name).norm2"),
        gateUp: linear(["gate", "up"].map { "\(name).feedForward.\($0)" }, outputs: hidden, inputs: width),
        down: linear(["\(name).feedForward.down"], outputs: width, inputs: hidden))
      return Layer(attention: attention, crossAttention: cross, feedForward: feedForward)
    }
  }
}
