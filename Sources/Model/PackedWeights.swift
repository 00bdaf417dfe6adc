import Kernels

/// Every weight matrix packed for multiplication: as `x W^T` needs it and, where a trainer asks for it, as
/// `dy W` does. Packing takes 1 to 2 % of a training step, and every product then reads its weights in order.
final class PackedWeights: @unchecked Sendable {
  private let layout: ParameterLayout
  private let forwardOffsets: [Int]
  private let transposedOffsets: [Int]
  private let forwardBuffer: FloatBuffer
  private var transposedBuffer: FloatBuffer?

  init(layout: ParameterLayout) {
    self.layout = layout
    var forward: [Int] = []
    var transposed: [Int] = []
    var (forwardCount, transposedCount) = (0, 0)
    for linear in layout.linears {
      forward.append(forwardCount)
      transposed.append(transposedCount)
      forwardCount += Panels.count(depth: linear.inputs, columns: linear.outputs)
      transposedCount += Panels.count(depth: linear.outputs, columns: linear.inputs)
    }
    forwardOffsets = forward
    transposedOffsets = transposed
    forwardBuffer = FloatBuffer(count: forwardCount)
  }

  /// Panels of the matrix for `y = x W^T`: depth inputs, columns outputs.
  func forward(_ linear: ParameterLayout.Linear) -> Panels {
    Panels(
      base: forwardBuffer.base + forwardOffsets[linear.index], depth: linear.inputs, columns: linear.outputs)
  }

  /// Panels of the matrix for `dx = dy W`: depth outputs, columns inputs. Needs `keepTransposed` before.
  func transposed(_ linear: ParameterLayout.Linear) -> Panels {
    guard let transposedBuffer else { preconditionFailure("the transposed weights were not packed") }
    return Panels(
      base: transposedBuffer.base + transposedOffsets[linear.index], depth: linear.outputs,
      columns: linear.inputs)
  }

  /// From now on packs the transposed form as well.
  func keepTransposed() {
    guard transposedBuffer == nil, let last = layout.linears.last else { return }
    let count = transposedOffsets[last.index] + Panels.count(depth: last.outputs, columns: last.inputs)
    transposedBuffer = FloatBuffer(count: count)
  }

  /// Packs matrix number `index` anew.
  func pack(_ index: Int, of parameters: Parameters) {
    let linear = layout.linears[index]
    let weight = parameters.weight(linear)
    Kernels.packTransposed(weight, into: forward(linear))
    if transposedBuffer != nil { Kernels.pack(weight, into: transposed(linear)) }
  }

  /// Packs all of them anew.
  func packAll(of parameters: Parameters) {
    for index in layout.linears.indices { pack(index, of: parameters) }
  }
}
