/// `gradient += dy^T x`: what a weight [outputs, inputs] gets from all rows of a product `y = x W^T`.
///
/// dy: [M, N1], x: [M, N2], gradient: [N1, N2]; N2 a multiple of 8. Each element is one chain over the rows
/// in order, starting from what `gradient` holds, or from zero when not `adding`. `scratch` holds at least
/// `weightGradientScratchCount(inputs: N2)` floats.
@inline(never)
public func addWeightGradient(
  _ dy: Matrix, _ x: Matrix, to gradient: Matrix, adding: Bool = true, scratch: Vector
) {
  demand(dy.rows == x.rows && gradient.rows == dy.columns && gradient.columns == x.columns)
  demand(scratch.count >= weightGradientScratchCount(inputs: x.columns))
  let left = scratch.base
  let right = scratch.base + blockRows * blockColumns
  var row = 0
  while row < dy.rows {
    let rows = min(blockRows, dy.rows - row)
    let panels = Panels(base: right, depth: rows, columns: x.columns)
    pack(x.rows(row..<row + rows), into: panels)
    var output = 0
    while output < dy.columns {
      let outputs = min(blockColumns, dy.columns - output)
      copyColumns(dy.base + row * dy.stride + output, dy.stride, rows: rows, columns: outputs, left)
      var input = 0
      while input < x.columns {
        let step = PanelStep(columns: x.columns - input)
        transposedPanelProduct(
          rows: outputs, step: step, depth: rows, a: left, depthStride: blockColumns,
          panel: right + input * rows, panelStride: 16 * rows,
          c: gradient.base + output * gradient.stride + input, cStride: gradient.stride,
          adding: adding || row > 0)
        input += step.columns
      }
      output += outputs
    }
    row += rows
  }
}

/// Floats of scratch that `addWeightGradient` needs for `inputs` columns of `x`.
public func weightGradientScratchCount(inputs: Int) -> Int {
  blockRows * (blockColumns + Panels.padded(inputs))
}

/// Rows summed in one go, and outputs whose `dy` is copied close together: 96 x 48 floats stay in the
/// first-level cache beside a panel of `x`, free of the conflicts that rows a power of two apart have.
private let blockRows = 96
private let blockColumns = 48

/// Copies `columns` <= 48 columns of `rows` rows to rows of 48.
@inline(never)
private func copyColumns(_ source: Floats, _ stride: Int, rows: Int, columns: Int, _ target: Floats) {
  var (from, to) = (source, target)
  if columns == blockColumns {
    for _ in 0..<rows {
      for step in 0..<6 { (to + step * 8).store8((from + step * 8).load8()) }
      from += stride
      to += blockColumns
    }
  } else {
    for _ in 0..<rows {
      to.update(from: from, count: columns)
      from += stride
      to += blockColumns
    }
  }
}
