import Kernels

/// What one forward or backward pass works with: the model's numbers, and memory of this thread's own.
final class Pass {
  let configuration: TransformerConfiguration
  let parameters: Parameters
  let weights: PackedWeights
  let arena = Arena()
  let attention = AttentionScratch()
  /// Cosines and sines for at least the longest sequence of the batch at hand.
  private(set) var rotation: RotationTable
  private let model: Transformer
  private let gradientScratch: FloatBuffer

  init(_ model: Transformer) {
    self.model = model
    configuration = model.configuration
    parameters = model.parameters
    weights = model.weights
    rotation = model.rotation(positions: 1)
    let widest = model.parameters.layout.linears.map(\.inputs).max() ?? 0
    gradientScratch = FloatBuffer(count: weightGradientScratchCount(inputs: widest))
  }

  /// Makes ready for sequences of up to `positions` tokens.
  func prepare(positions: Int) {
    if positions > rotation.positions { rotation = model.rotation(positions: positions) }
  }

  /// y = x W^T, or y += x W^T when `adding`.
  func apply(_ linear: ParameterLayout.Linear, to x: Matrix, into y: Matrix, adding: Bool = false) {
    multiply(x, weights.forward(linear), into: y, adding: adding)
  }

  /// Backward of `apply`: dx = dy W (or dx += when `adding`), and the weight's gradient += dy^T x.
  func applyBackward(
    _ linear: ParameterLayout.Linear, dy: Matrix, x: Matrix, into dx: Matrix, adding: Bool = false,
    _ gradients: Gradients
  ) {
    multiply(dy, weights.transposed(linear), into: dx, adding: adding)
    addGradient(linear, dy: dy, x: x, gradients)
  }

  /// The weight's gradient += dy^T x.
  func addGradient(_ linear: ParameterLayout.Linear, dy: Matrix, x: Matrix, _ gradients: Gradients) {
    gradients.add(linear, dy: dy, x: x, scratch: gradientScratch.vector(count: gradientScratch.count))
  }
}

/// Gradients of all parameters from one lane of sequences.
final class Gradients: @unchecked Sendable {
  let sums: Parameters
  private var isTouched: [Bool]

  init(layout: ParameterLayout) {
    sums = Parameters(layout: layout)
    isTouched = layout.linears.map { _ in false }
  }

  /// Everything back to zero. Weight matrices are not cleared but overwritten by the first that adds to them:
  /// every batch adds to every one.
  func reset() {
    for index in isTouched.indices { isTouched[index] = false }
    for tensor in sums.tensors where tensor.kind != .linear && tensor.kind != .output {
      sums.buffer.vector(at: tensor.offset, count: tensor.count).clear()
    }
  }

  func add(_ linear: ParameterLayout.Linear, dy: Matrix, x: Matrix, scratch: Vector) {
    addWeightGradient(dy, x, to: sums.weight(linear), adding: isTouched[linear.index], scratch: scratch)
    isTouched[linear.index] = true
  }

  func gain(_ gain: ParameterLayout.Gain) -> Vector { sums.gain(gain) }
}
