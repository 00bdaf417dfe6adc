/// Copies into `Panels`, the form in which a product reads its right-hand side.

/// Panels of the transpose of `rows` [N, K]: `multiply(x, panels)` is then `x rows^T`, as a weight [outputs,
/// inputs] is used and as queries meet keys. Depth K, a multiple of 8; columns N.
@inline(never)
public func packTransposed(_ rows: Matrix, into panels: Panels) {
  demand(rows.columns == panels.depth && rows.rows == panels.columns && rows.columns % 8 == 0)
  let (depth, stride) = (rows.columns, rows.stride)
  var column = 0
  while column < Panels.padded(rows.rows) {
    let target = panels.base + column / 16 * panels.panelStride + column % 16
    let source = rows.base + column * stride
    let width = min(8, max(0, rows.rows - column))
    if width == 8 {
      var k = 0
      while k < depth {
        transpose8(source + k, stride, target + k * 16, 16)
        k += 8
      }
    } else {
      for k in 0..<depth { (target + k * 16).store8(repeated(0)) }
      for lane in 0..<width {
        for k in 0..<depth { target[k * 16 + lane] = source[lane * stride + k] }
      }
    }
    column += 8
  }
}

/// Panels of `matrix` [K, N] itself: `multiply(x, panels)` is then `x matrix`. Rows beyond K up to
/// `panels.depth` become zero. N is a multiple of 8.
@inline(never)
public func pack(_ matrix: Matrix, into panels: Panels) {
  demand(matrix.columns == panels.columns && matrix.rows <= panels.depth && matrix.columns % 8 == 0)
  var column = 0
  while column < matrix.columns {
    var target = panels.base + column / 16 * panels.panelStride
    var source = matrix.base + column
    if matrix.columns - column >= 16 {
      for _ in 0..<matrix.rows {
        target.store8(source.load8())
        (target + 8).store8((source + 8).load8())
        target += 16
        source += matrix.stride
      }
    } else {
      for _ in 0..<matrix.rows {
        target.store8(source.load8())
        (target + 8).store8(repeated(0))
        target += 16
        source += matrix.stride
      }
    }
    target.update(repeating: 0, count: (panels.depth - matrix.rows) * 16)
    column += 16
  }
}

/// Transposes 8 x 8 floats. The shuffles are spelled lane by lane: written through `evenHalf` and `oddHalf`
/// the compiler makes scalar code of them.
@inline(__always)
func transpose8(_ source: Floats, _ sourceStride: Int, _ target: Floats, _ targetStride: Int) {
  @inline(__always) func row(_ index: Int) -> Vector8 { (source + index * sourceStride).load8() }
  let a0 = interleaveLow(row(0), row(1))
  let a1 = interleaveHigh(row(0), row(1))
  let a2 = interleaveLow(row(2), row(3))
  let a3 = interleaveHigh(row(2), row(3))
  let a4 = interleaveLow(row(4), row(5))
  let a5 = interleaveHigh(row(4), row(5))
  let a6 = interleaveLow(row(6), row(7))
  let a7 = interleaveHigh(row(6), row(7))
  let b0 = joinLow(a0, a2)
  let b1 = joinHigh(a0, a2)
  let b2 = joinLow(a1, a3)
  let b3 = joinHigh(a1, a3)
  let b4 = joinLow(a4, a6)
  let b5 = joinHigh(a4, a6)
  let b6 = joinLow(a5, a7)
  let b7 = joinHigh(a5, a7)
  target.store8(Vector8(lowHalf: b0.lowHalf, highHalf: b4.lowHalf))
  (target + targetStride).store8(Vector8(lowHalf: b1.lowHalf, highHalf: b5.lowHalf))
  (target + 2 * targetStride).store8(Vector8(lowHalf: b2.lowHalf, highHalf: b6.lowHalf))
  (target + 3 * targetStride).store8(Vector8(lowHalf: b3.lowHalf, highHalf: b7.lowHalf))
  (target + 4 * targetStride).store8(Vector8(lowHalf: b0.highHalf, highHalf: b4.highHalf))
  (target + 5 * targetStride).store8(Vector8(lowHalf: b1.highHalf, highHalf: b5.highHalf))
  (target + 6 * targetStride).store8(Vector8(lowHalf: b2.highHalf, highHalf: b6.highHalf))
  (target + 7 * targetStride).store8(Vector8(lowHalf: b3.highHalf, highHalf: b7.highHalf))
}

@inline(__always) private func interleaveLow(_ a: Vector8, _ b: Vector8) -> Vector8 {
  Vector8(a[0], b[0], a[1], b[1], a[4], b[4], a[5], b[5])
}

@inline(__always) private func interleaveHigh(_ a: Vector8, _ b: Vector8) -> Vector8 {
  Vector8(a[2], b[2], a[3], b[3], a[6], b[6], a[7], b[7])
}

@inline(__always) private func joinLow(_ a: Vector8, _ b: Vector8) -> Vector8 {
  Vector8(a[0], a[1], b[0], b[1], a[4], a[5], b[4], b[5])
}

@inline(__always) private func joinHigh(_ a: Vector8, _ b: Vector8) -> Vector8 {
  Vector8(a[2], a[3], b[2], b[3], a[6], a[7], b[6], b[7])
}
