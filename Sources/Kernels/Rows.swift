/// Kernels that work on rows one by one: normalisation, gate, rotation, embedding rows.

/// Divides each row by its root mean square and scales it: `y = x / rms(x) * gain`.
///
/// x, y: [M, D], D a multiple of 8; keeps 1/rms of each row. Epsilon 1e-5 inside the root.
/// Source: Zhang and Sennrich 2019, arXiv:1910.07467.
@inline(never)
public func normalizeRows(_ x: Matrix, gain: Vector, into y: Matrix, keeping inverse: Vector) {
  let width = x.columns
  for row in 0..<x.rows {
    let (from, to) = (x.base + row * x.stride, y.base + row * y.stride)
    var squares = repeated(0)
    var i = 0
    while i < width {
      let value = (from + i).load8()
      squares = multiplyAdd(value, value, squares)
      i += 8
    }
    let scale = 1 / (sum(squares) / Float(width) + 1e-5).squareRoot()
    inverse.base[row] = scale
    i = 0
    while i < width {
      (to + i).store8((from + i).load8() * repeated(scale) * (gain.base + i).load8())
      i += 8
    }
  }
}

/// Gradient of `normalizeRows`: adds to `dx` [M, D] and to `dgain` [D] what `dy` [M, D] says.
///
/// With r = 1/rms and s = sum(x * dy * gain): dx += r * gain * dy - x * r^3 * s / D, dgain += x * r * dy.
@inline(never)
public func normalizeRowsBackward(
  _ dy: Matrix, x: Matrix, gain: Vector, inverse: Vector, addingTo dx: Matrix, gainGradient: Vector
) {
  let width = x.columns
  for row in 0..<x.rows {
    let (from, delta) = (x.base + row * x.stride, dy.base + row * dy.stride)
    let to = dx.base + row * dx.stride
    let scale = inverse.base[row]
    var products = repeated(0)
    var i = 0
    while i < width {
      let product = (from + i).load8() * (delta + i).load8()
      products = multiplyAdd(product, (gain.base + i).load8(), products)
      let place = gainGradient.base + i
      place.store8(multiplyAdd(product, repeated(scale), place.load8()))
      i += 8
    }
    let pull = repeated(-sum(products) * scale * scale * scale / Float(width))
    i = 0
    while i < width {
      let direct = multiplyAdd(
        (delta + i).load8() * (gain.base + i).load8(), repeated(scale), (to + i).load8())
      (to + i).store8(multiplyAdd(pull, (from + i).load8(), direct))
      i += 8
    }
  }
}

/// SwiGLU: `y = silu(gate) * up`, silu(g) = g / (1 + e^-g).
///
/// gateUp: [M, 2H], gate first; y: [M, H], H a multiple of 8. Source: Shazeer 2020, arXiv:2002.05202.
@inline(never)
public func gateRows(_ gateUp: Matrix, into y: Matrix) {
  let width = y.columns
  for row in 0..<y.rows {
    let gate = gateUp.base + row * gateUp.stride
    let (up, to) = (gate + width, y.base + row * y.stride)
    var i = 0
    while i < width {
      let g = (gate + i).load8()
      let sigmoid = repeated(1) / (repeated(1) + exponential(-g))
      (to + i).store8(g * sigmoid * (up + i).load8())
      i += 8
    }
  }
}

/// Gradient of `gateRows`: from `dy` [M, H] to `dGateUp` [M, 2H]; writes `y` [M, H] again, which the forward
/// pass did not keep.
@inline(never)
public func gateRowsBackward(_ dy: Matrix, gateUp: Matrix, into dGateUp: Matrix, recomputing y: Matrix) {
  let width = dy.columns
  for row in 0..<dy.rows {
    let (gate, delta) = (gateUp.base + row * gateUp.stride, dy.base + row * dy.stride)
    let (dGate, to) = (dGateUp.base + row * dGateUp.stride, y.base + row * y.stride)
    let (up, dUp) = (gate + width, dGate + width)
    var i = 0
    while i < width {
      let (g, u, d) = ((gate + i).load8(), (up + i).load8(), (delta + i).load8())
      let sigmoid = repeated(1) / (repeated(1) + exponential(-g))
      let silu = g * sigmoid
      (to + i).store8(silu * u)
      (dUp + i).store8(d * silu)
      // silu'(g) = sigmoid * (1 + g * (1 - sigmoid)) = silu * (1 - sigmoid) + sigmoid
      (dGate + i).store8(d * u * multiplyAdd(repeated(1) - sigmoid, silu, sigmoid))
      i += 8
    }
  }
}

/// Rotates pairs of neighbouring channels by an angle that grows with the position.
///
/// x: [T, heads * C], a row per position from `firstPosition` on; table: [positions, 2C], cosines then signed
/// sines of each channel (see `RotationTable`). `isInverse` turns back, which is also the gradient.
/// Source: Su et al. 2021, arXiv:2104.09864, pairs (2i, 2i + 1).
@inline(never)
public func rotateRows(_ x: Matrix, table: Matrix, firstPosition: Int, isInverse: Bool = false) {
  let headWidth = table.columns / 2
  let sign = repeated(isInverse ? -1 : 1)
  for row in 0..<x.rows {
    let cosines = table.base + (firstPosition + row) * table.stride
    let sines = cosines + headWidth
    var head = x.base + row * x.stride
    for _ in 0..<x.columns / headWidth {
      var i = 0
      while i < headWidth {
        let v = (head + i).load8()
        let swapped = Vector8(v[1], v[0], v[3], v[2], v[5], v[4], v[7], v[6])
        (head + i).store8(multiplyAdd(v, (cosines + i).load8(), swapped * (sign * (sines + i).load8())))
        i += 8
      }
      head += headWidth
    }
  }
}

/// `target[row] += source[index]`; both have the same number of columns, a multiple of 8.
@inline(never)
public func addRow(_ index: Int, of source: Matrix, to row: Int, of target: Matrix) {
  let (from, to) = (source.base + index * source.stride, target.base + row * target.stride)
  var i = 0
  while i < source.columns {
    (to + i).store8((to + i).load8() + (from + i).load8())
    i += 8
  }
}

/// `target[row] = source[index]`.
@inline(never)
public func copyRow(_ index: Int, of source: Matrix, to row: Int, of target: Matrix) {
  (target.base + row * target.stride).update(from: source.base + index * source.stride, count: source.columns)
}
