/// Nearly orthogonal factors of matrices, for Muon.

/// One step of Newton-Schulz takes every singular value s to a s + b s^3 + c s^5: five of them bring all that
/// were above a thousandth of the largest to 0.7...1.2. Source: Jordan et al. 2024, "Muon: An optimizer for
/// hidden layers in neural networks".
private let coefficients: (a: Float, b: Float, c: Float) = (3.4445, -4.7750, 2.0315)
private let stepCount = 5

/// Floats of scratch that `orthogonalize` needs for a matrix of this shape.
public func orthogonalizationScratchCount(rows: Int, columns: Int) -> Int {
  let side = min(rows, columns)
  return 2 * rows * columns + 7 * side * side
}

/// `result` = U V^T, nearly, for the singular value decomposition `x` = U S V^T; zero for x = 0.
///
/// x, result: [M, N], both multiples of 16; `x` is divided by its norm. The steps are taken on the Gram
/// matrix of the shorter side: X X^T = A, each X <- (a I + b A + c A^2) X is an A <- P A P and a Q <- P Q,
/// and only the last product is as long as x. All factors are polynomials of one symmetric matrix, so they
/// commute, every product is symmetric, and half of it is computed. The result depends on `x` alone.
@inline(never)
public func orthogonalize(_ x: Matrix, into result: Matrix, scratch: Vector) {
  demand(x.rows == result.rows && x.columns == result.columns && x.rows % 16 == 0 && x.columns % 16 == 0)
  demand(scratch.count >= orthogonalizationScratchCount(rows: x.rows, columns: x.columns))
  guard normalize(x) else { return result.clear() }
  let isTall = x.rows > x.columns
  let (side, length) = (min(x.rows, x.columns), max(x.rows, x.columns))
  var room = Room(scratch)
  let panels = room.panels(depth: length, columns: side)
  if isTall {
    let transposed = room.matrix(rows: side, columns: length)
    transpose(x, into: transposed)
    pack(x, into: panels)
    let factor = room.factor(side) { multiplySymmetric(transposed, panels, into: $0) }
    let packed = Panels(base: panels.base, depth: side, columns: side)
    pack(factor, into: packed)
    multiply(x, packed, into: result)
  } else {
    packTransposed(x, into: panels)
    let factor = room.factor(side) { multiplySymmetric(x, panels, into: $0) }
    let packed = Panels(base: panels.base, depth: side, columns: length)
    pack(x, into: packed)
    multiply(factor, packed, into: result)
  }
}

/// Hands out the parts of the scratch.
private struct Room {
  private var base: Floats

  init(_ scratch: Vector) { base = scratch.base }

  mutating func matrix(rows: Int, columns: Int) -> Matrix {
    defer { base += rows * columns }
    return Matrix(base: base, rows: rows, columns: columns, stride: columns)
  }

  mutating func panels(depth: Int, columns: Int) -> Panels {
    defer { base += Panels.count(depth: depth, columns: columns) }
    return Panels(base: base, depth: depth, columns: columns)
  }

  /// The product of all steps' polynomials [side, side] of the Gram matrix that `gram` writes.
  mutating func factor(_ side: Int, gram: (Matrix) -> Void) -> Matrix {
    let a = matrix(rows: side, columns: side)
    let (polynomial, other) = (matrix(rows: side, columns: side), matrix(rows: side, columns: side))
    var (factor, next) = (matrix(rows: side, columns: side), matrix(rows: side, columns: side))
    let (packed, packedPolynomial) = (panels(depth: side, columns: side), panels(depth: side, columns: side))
    gram(a)
    for step in 0..<stepCount {
      pack(a, into: packed)
      multiplySymmetric(a, packed, into: polynomial)
      evaluatePolynomial(of: a, square: polynomial)
      if step == 0 {
        factor.copy(from: polynomial)
      } else {
        pack(factor, into: packedPolynomial)
        multiplySymmetric(polynomial, packedPolynomial, into: next)
        swap(&factor, &next)
      }
      if step == stepCount - 1 { break }
      multiplySymmetric(polynomial, packed, into: other)
      pack(polynomial, into: packedPolynomial)
      multiplySymmetric(other, packedPolynomial, into: a)
    }
    return factor
  }
}

/// Divides `x` by its norm; false where that is zero.
private func normalize(_ x: Matrix) -> Bool {
  var squares = 0.0
  for row in 0..<x.rows {
    let base = x.base + row * x.stride
    var partial = repeated(0)
    for i in stride(from: 0, to: x.columns, by: 8) {
      let value = (base + i).load8()
      partial = multiplyAdd(value, value, partial)
    }
    squares += Double(sum(partial))
  }
  guard squares > 0 else { return false }
  let scale = repeated(Float(1 / squares.squareRoot()))
  for row in 0..<x.rows {
    let base = x.base + row * x.stride
    for i in stride(from: 0, to: x.columns, by: 8) { (base + i).store8((base + i).load8() * scale) }
  }
  return true
}

/// `square` = a I + b `matrix` + c `square`.
private func evaluatePolynomial(of matrix: Matrix, square: Matrix) {
  let (b, c) = (repeated(coefficients.b), repeated(coefficients.c))
  for row in 0..<matrix.rows {
    let (from, to) = (matrix.base + row * matrix.stride, square.base + row * square.stride)
    for i in stride(from: 0, to: matrix.columns, by: 8) {
      (to + i).store8(multiplyAdd(b, (from + i).load8(), c * (to + i).load8()))
    }
    to[row] += coefficients.a
  }
}

private func transpose(_ x: Matrix, into result: Matrix) {
  for row in stride(from: 0, to: x.rows, by: 8) {
    for column in stride(from: 0, to: x.columns, by: 8) {
      transpose8(
        x.base + row * x.stride + column, x.stride, result.base + column * result.stride + row, result.stride)
    }
  }
}

/// `c` = a b where the product is known to be symmetric: what lies below the diagonal is computed, the rest
/// is its mirror image. a: [M, K], b: panels of [K, M], c: [M, M]; M a multiple of 16.
private func multiplySymmetric(_ a: Matrix, _ b: Panels, into c: Matrix) {
  let blockDepth = 384
  for k in stride(from: 0, to: b.depth, by: blockDepth) {
    var column = 0
    while column < b.columns {
      let step = PanelStep(columns: b.columns - column)
      panelProduct(
        rows: a.rows - column, step: step, depth: min(blockDepth, b.depth - k),
        a: a.base + column * a.stride + k, aStride: a.stride,
        panel: b.base + column / 16 * b.panelStride + k * 16, panelStride: b.panelStride,
        c: c.base + column * c.stride + column, cStride: c.stride, adding: k > 0)
      column += step.columns
    }
  }
  for row in stride(from: 0, to: c.rows, by: 8) {
    for column in stride(from: 0, to: row, by: 8) {
      transpose8(
        c.base + row * c.stride + column, c.stride, c.base + column * c.stride + row, c.stride)
    }
    for i in row..<row + 8 {
      for j in row..<i { c.base[j * c.stride + i] = c.base[i * c.stride + j] }
    }
  }
}
