import Testing

@testable import Kernels
@testable import Model

/// Each layer's gradient against central differences of `sum(c * layer(x))` for fixed random c.
@Suite struct LayerTests {
  private let bounds = [0..<1, 1..<14, 14..<19]
  private let model: Transformer
  private let layout: ParameterLayout
  private let pass: Pass
  private let gradients: Gradients

  init() {
    model = Transformer(
      TransformerConfiguration(
        architecture: .encoderDecoder, vocabularySize: 11, width: 32, encoderLayers: 1, decoderLayers: 1,
        heads: 2, hiddenWidth: 48, tokenShift: 1),
      seed: 5)
    layout = model.parameters.layout
    model.weights.keepTransposed()
    model.weights.packAll(of: model.parameters)
    pass = Pass(model)
    pass.prepare(positions: 32)
    gradients = Gradients(layout: layout)
    gradients.reset()
  }

  @Test(arguments: [false, true]) func selfAttention(isCausal: Bool) throws {
    checkSelfAttention(SelfAttentionLayer(place: layout.decoder.layers[0].attention, isCausal: isCausal))
  }

  @Test func selfAttentionOfTheLastRowsOnly() {
    let layer = SelfAttentionLayer(place: layout.decoder.layers[0].attention, isCausal: true)
    checkSelfAttention(layer, live: [0..<1, 10..<14, 16..<19])
    var numbers = Numbers(seed: 8)
    let x = numbers.matrix(19, 32)
    let some = layer.forward(x, bounds, live: [0..<1, 10..<14, 16..<19], pass).y
    let all = layer.forward(x, bounds, pass).y
    #expect(some.values == [0, 10, 11, 12, 13, 16, 17, 18].flatMap { all.row($0).values })
  }

  private func checkSelfAttention(_ layer: SelfAttentionLayer, live: [Range<Int>]? = nil) {
    var numbers = Numbers(seed: 1)
    let rows = live?.reduce(0) { $0 + $1.count } ?? 19
    let (x, c) = (numbers.matrix(19, 32), numbers.matrix(rows, 32))
    let kept = layer.forward(x, bounds, live: live, pass).kept
    let d = layer.backward(copy(of: c, &numbers), kept, pass, gradients)
    func value() -> Double { weighted(layer.forward(x, bounds, live: live, pass).y, c) }
    check(x, d, "x", value)
    checkParameters(["decoder.layers.0.attention", "decoder.layers.0.norm1"], value)
  }

  @Test func crossAttention() throws {
    let place = try #require(layout.decoder.layers[0].crossAttention)
    let layer = CrossAttentionLayer(place: place)
    var numbers = Numbers(seed: 2)
    let (x, c) = (numbers.matrix(19, 32), numbers.matrix(19, 32))
    let features = numbers.matrix(21, 32)
    let prompts = [0..<9, 9..<10, 10..<21]
    let kept = layer.forward(x, bounds, features: features, prompts, pass).kept
    let (d, dFeatures) = (copy(of: c, &numbers), numbers.zeros(21, 32))
    layer.backward(d, kept, addingTo: dFeatures, pass, gradients)
    func value() -> Double { weighted(layer.forward(x, bounds, features: features, prompts, pass).y, c) }
    check(x, d, "x", value)
    check(features, dFeatures, "features", value)
    checkParameters(["decoder.layers.0.crossAttention", "decoder.layers.0.norm2"], value)
  }

  @Test(arguments: [1, 19, 101]) func feedForward(rows: Int) {
    let layer = FeedForwardLayer(place: layout.decoder.layers[0].feedForward)
    var numbers = Numbers(seed: 3)
    let (x, c) = (numbers.matrix(rows, 32), numbers.matrix(rows, 32))
    let kept = layer.forward(x, pass).kept
    let d = copy(of: c, &numbers)
    layer.backward(d, kept, pass, gradients)
    func value() -> Double { weighted(layer.forward(x, pass).y, c) }
    check(x, d, "x", value)
    checkParameters(["decoder.layers.0.feedForward", "decoder.layers.0.norm3"], value)
  }

  @Test func normalisation() {
    let layer = NormLayer(place: layout.decoder.norm)
    var numbers = Numbers(seed: 4)
    let (x, c) = (numbers.matrix(7, 32), numbers.matrix(7, 32))
    let kept = layer.forward(x, pass)
    let d = numbers.zeros(7, 32)
    layer.backward(c, kept, addingTo: d, pass, gradients)
    func value() -> Double { weighted(layer.forward(x, pass).output, c) }
    check(x, d, "x", value)
    checkParameters(["decoder.norm"], value)
  }

  @Test func embeddingWithTokenShift() {
    let layer = EmbeddingLayer(place: layout.decoder.embedding)
    var tokens = PackedTokens()
    tokens.append([3, 3, 10])
    tokens.append([7])
    tokens.append([3, 0, 3, 1])
    var numbers = Numbers(seed: 5)
    let c = numbers.matrix(8, 32)
    layer.backward(c, tokens, gradients)
    func value() -> Double { weighted(layer.forward(tokens, pass), c) }
    checkParameters(["decoder.embedding", "decoder.shift.1.embedding"], value)
  }

  @Test func outputAndLoss() {
    let layer = OutputLayer(norm: layout.decoder.norm, place: layout.decoder.output)
    var numbers = Numbers(seed: 6)
    let examples = [(2, 4), (1, 2), (5, 120)].map { prompt, response in
      Example(
        prompt: (0..<prompt).map { _ in Int32(numbers.integer(below: 11)) },
        response: (0..<response).map { _ in Int32(numbers.integer(below: 11)) })
    }
    let batch = PackedBatch(examples, architecture: .decoderOnly, sequenceWeight: 1 / 3)
    #expect(batch.targetRows == [2..<5, 6..<7, 12..<131])
    let x = numbers.matrix(123, 32)
    let d = numbers.zeros(123, 32)
    _ = layer.loss(x, batch, pass, backward: (d, gradients))
    func value() -> Double { layer.loss(x, batch, pass, backward: nil) }
    check(x, d, "x", value)
    checkParameters(["decoder.norm", "decoder.output"], value)
  }

  // MARK: - Central differences

  private func copy(of matrix: Matrix, _ numbers: inout Numbers) -> Matrix {
    let copy = numbers.zeros(matrix.rows, matrix.columns)
    copy.copy(from: matrix)
    return copy
  }

  private func weighted(_ y: Matrix, _ c: Matrix) -> Double {
    zip(y.values, c.values).reduce(0) { $0 + Double($1.0) * Double($1.1) }
  }

  /// Compares `gradient` with differences at every 7th place of `x`.
  private func check(_ x: Matrix, _ gradient: Matrix, _ name: String, _ value: () -> Double) {
    var (found, expected) = ([Float](), [Float]())
    for place in stride(from: 0, to: x.rows * x.columns, by: 7) {
      let (row, column) = (place / x.columns, place % x.columns)
      found.append(gradient[row, column])
      let before = x[row, column]
      let step: Float = 1 / 128
      x[row, column] = before + step
      let above = measured(value)
      x[row, column] = before - step
      let below = measured(value)
      x[row, column] = before
      expected.append(Float((above - below) / Double(2 * step)))
    }
    #expect(relativeDistance(found, expected) < 4e-3, "\(name)")
  }

  /// The same for every parameter whose name begins so.
  private func checkParameters(_ prefixes: [String], _ value: () -> Double) {
    var count = 0
    for tensor in model.parameters.tensors where prefixes.contains(where: tensor.name.hasPrefix) {
      count += 1
      let x = model.parameters.buffer.matrix(at: tensor.offset, rows: 1, columns: tensor.count)
      let gradient = gradients.sums.buffer.matrix(at: tensor.offset, rows: 1, columns: tensor.count)
      check(x, gradient, tensor.name, value)
    }
    #expect(count > 0)
  }

  private func measured(_ value: () -> Double) -> Double {
    model.weights.packAll(of: model.parameters)
    let mark = pass.arena.mark
    defer { pass.arena.rewind(to: mark) }
    return value()
  }
}
