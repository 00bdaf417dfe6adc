import Kernels

/// Memory for the activations of one pass, handed out in order and taken back all at once: after the first
/// few batches a pass allocates nothing. Contents are what the last user left.
final class Arena {
  private var blocks: [FloatBuffer] = []
  private var block = 0
  private var used = 0

  /// A place to come back to.
  struct Mark {
    fileprivate let block: Int
    fileprivate let used: Int
  }

  /// Floats held, in use or not.
  var capacity: Int { blocks.reduce(0) { $0 + $1.count } }

  var mark: Mark { Mark(block: block, used: used) }

  /// Takes back everything handed out since `mark`.
  func rewind(to mark: Mark) {
    block = mark.block
    used = mark.used
  }

  /// Takes everything back; several blocks become one that holds as much.
  func reset() {
    if blocks.count > 1 {
      let total = capacity
      blocks = []
      blocks.append(FloatBuffer(count: total))
    }
    rewind(to: Mark(block: 0, used: 0))
  }

  func matrix(rows: Int, columns: Int) -> Matrix {
    Matrix(base: take(rows * columns), rows: rows, columns: columns, stride: columns)
  }

  func vector(count: Int) -> Vector { Vector(base: take(count), count: count) }

  private func take(_ count: Int) -> UnsafeMutablePointer<Float> {
    let rounded = (count + 15) / 16 * 16
    while block < blocks.count, used + rounded > blocks[block].count {
      block += 1
      used = 0
    }
    if block == blocks.count { blocks.append(FloatBuffer(count: max(rounded, 1 << 18, capacity / 2))) }
    defer { used += rounded }
    return blocks[block].base + used
  }
}
