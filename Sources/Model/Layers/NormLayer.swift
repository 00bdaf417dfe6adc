import Kernels

/// RMS normalisation before each part of a layer.
struct NormLayer {
  let place: ParameterLayout.Gain

  struct Kept {
    let input: Matrix
    let inverse: Vector
    let output: Matrix
  }

  /// x: [rows, D]
  func forward(_ x: Matrix, _ pass: Pass) -> Kept {
    let kept = Kept(
      input: x, inverse: pass.arena.vector(count: x.rows),
      output: pass.arena.matrix(rows: x.rows, columns: x.columns))
    normalizeRows(x, gain: pass.parameters.gain(place), into: kept.output, keeping: kept.inverse)
    return kept
  }

  /// Adds to `dx` what `dy` says about rows `range` of the input; dx, dy hold those rows.
  func backward(
    _ dy: Matrix, _ kept: Kept, rows range: Range<Int>? = nil, addingTo dx: Matrix, _ pass: Pass,
    _ gradients: Gradients
  ) {
    let range = range ?? 0..<kept.input.rows
    normalizeRowsBackward(
      dy, x: kept.input.rows(range), gain: pass.parameters.gain(place), inverse: kept.inverse.slice(range),
      addingTo: dx, gainGradient: gradients.gain(place))
  }
}
