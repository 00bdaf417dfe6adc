import Determinism

@testable import Kernels

/// Float memory for tests, filled with draws from -1 to 1.
struct Numbers {
  private var random: CounterRandom
  /// Keeps alive what the views look into.
  private var buffers: [FloatBuffer] = []

  init(seed: Int) { random = CounterRandom(seed: UInt64(seed), stream: .sampling) }

  mutating func value() -> Float { 2 * random.unit() - 1 }

  mutating func integer(below bound: Int) -> Int { random.uniform(below: bound) }

  /// Rows lie `slack` floats further apart than they are long.
  mutating func matrix(_ rows: Int, _ columns: Int, slack: Int = 0, scale: Float = 1) -> Matrix {
    let buffer = FloatBuffer(count: (rows + 1) * (columns + slack) + 16)
    for i in 0..<buffer.count { buffer[i] = scale * value() }
    buffers.append(buffer)
    return buffer.matrix(rows: rows, columns: columns, stride: columns + slack)
  }

  mutating func zeros(_ rows: Int, _ columns: Int, slack: Int = 0) -> Matrix {
    let buffer = FloatBuffer(count: (rows + 1) * (columns + slack) + 16)
    buffers.append(buffer)
    return buffer.matrix(rows: rows, columns: columns, stride: columns + slack)
  }

  mutating func vector(_ count: Int, scale: Float = 1) -> Vector {
    let buffer = FloatBuffer(count: count + 32)
    for i in 0..<buffer.count { buffer[i] = scale * value() }
    buffers.append(buffer)
    return buffer.vector(count: count)
  }

  mutating func panels(depth: Int, columns: Int) -> Panels {
    let buffer = FloatBuffer(count: Panels.count(depth: depth, columns: columns))
    for i in 0..<buffer.count { buffer[i] = .nan }
    buffers.append(buffer)
    return Panels(base: buffer.base, depth: depth, columns: columns)
  }
}

extension Matrix {
  /// All elements, row by row.
  var values: [Float] { (0..<rows).flatMap { row($0).values } }
}

/// `a b^T` as the kernels promise it: each element one chain of fused multiply-adds in order.
func chainedProduct(_ a: Matrix, transposed b: Matrix, startingFrom c: [Float]? = nil) -> [Float] {
  var result: [Float] = []
  for i in 0..<a.rows {
    for j in 0..<b.rows {
      var total = c?[i * b.rows + j] ?? 0
      for k in 0..<a.columns { total.addProduct(a[i, k], b[j, k]) }
      result.append(total)
    }
  }
  return result
}

/// Largest difference over the largest expected magnitude; infinite when the counts differ or are zero.
func relativeDistance(_ found: [Float], _ expected: [Float]) -> Float {
  guard found.count == expected.count, !found.isEmpty else { return .infinity }
  let difference = zip(found, expected).map { abs($0 - $1) }.max() ?? .infinity
  let magnitude = expected.map(abs).max() ?? 0
  return difference.isNaN ? .infinity : difference / max(magnitude, 1e-12)
}
