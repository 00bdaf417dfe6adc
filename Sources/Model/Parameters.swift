import Kernels

/// All learned numbers of a transformer in one buffer, each tensor under its name.
///
/// Names, in order: `encoder.embedding` [V, D], `encoder.shift.1.embedding`, `encoder.layers.0.norm1` [D],
/// `encoder.layers.0.attention.query` [D, D] (outputs, inputs) ... `decoder.output` [V, D]. `tensors` lists
/// them with their shapes. Whoever changes values through `setValues` on a model's parameters goes through
/// `Transformer.replaceValues`, which renews what is computed from them.
public final class Parameters: @unchecked Sendable {
  public struct Tensor: Sendable, Equatable {
    /// How it is drawn at the start and what trains it.
    enum Kind: Sendable {
      case embedding, shift, gain
      /// A hidden matrix.
      case linear
      /// A matrix of logits.
      case output
    }

    public let name: String
    public let shape: [Int]
    /// Floats before it in the buffer.
    let offset: Int
    let kind: Kind

    public var count: Int { shape.reduce(1, *) }

    /// Muon moves the hidden matrices and keeps one moment of each; AdamW moves all else and keeps two.
    func isForMuon(_ optimizer: OptimizerSettings.Kind) -> Bool { optimizer == .muon && kind == .linear }
  }

  public var tensors: [Tensor] { layout.tensors }
  let layout: ParameterLayout
  let buffer: FloatBuffer

  /// All zero.
  init(layout: ParameterLayout) {
    self.layout = layout
    buffer = FloatBuffer(count: layout.count)
  }

  /// A copy of the tensor's numbers, row by row.
  public func values(of tensor: Tensor) -> [Float] {
    buffer.vector(at: tensor.offset, count: tensor.count).values
  }

  /// Replaces the tensor's numbers; `values` has `tensor.count` of them.
  func setValues(_ values: some Collection<Float>, of tensor: Tensor) {
    precondition(values.count == tensor.count, "\(tensor.name) holds \(tensor.count) numbers")
    let place = buffer.vector(at: tensor.offset, count: tensor.count)
    for (index, value) in values.enumerated() { place[index] = value }
  }

  func gain(_ gain: ParameterLayout.Gain) -> Vector { buffer.vector(at: gain.offset, count: gain.count) }

  func weight(_ linear: ParameterLayout.Linear) -> Matrix {
    buffer.matrix(at: linear.offset, rows: linear.outputs, columns: linear.inputs)
  }

  func table(_ embedding: ParameterLayout.Embedding, shift: Int) -> Matrix {
    buffer.matrix(at: embedding.offsets[shift], rows: embedding.rows, columns: embedding.columns)
  }
}
