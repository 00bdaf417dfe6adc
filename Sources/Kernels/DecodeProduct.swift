internal import CKernelSupport
internal import WideKernels

/// `multiply` for a few rows: bit for bit its result, with the next panel on its way from memory while one is
/// multiplied. With few rows a product reads each weight once and does little with it; the processor's own
/// prefetching starts anew with each panel and comes too late.
@inline(never)
public func multiplyFewRows(_ a: Matrix, _ b: Panels, into c: Matrix, adding: Bool = false) {
  demand(a.columns == b.depth && c.columns == b.columns && a.rows == c.rows, "shapes do not multiply")
  let depthBlock = 384  // as `multiply`: a panel and the rows beside it stay in the first-level cache
  let distance = b.panelStride
  var k = 0
  while k < b.depth {
    let depth = min(depthBlock, b.depth - k)
    var column = 0
    while column < b.columns {
      let step = PanelStep(columns: b.columns - column)
      let (left, isAdding) = (a.base + k, adding || k > 0)
      let (panel, target) = (b.base + column / 16 * b.panelStride + k * 16, c.base + column)
      if step == .pair {
        multiplyRows(
          a.rows, depth: depth, a: left, aStride: a.stride, panel: panel, panelStride: distance, c: target,
          cStride: c.stride, adding: isAdding, askingFor: 2 * distance)
      } else {
        let first = Tile.height(remaining: a.rows)
        tile(
          rows: first, isNarrow: step == .half, depth: depth, a: left, rowStride: a.stride, depthStride: 1,
          panel: panel, c: target, cStride: c.stride, adding: isAdding,
          ahead: { sh_prefetch($0 + distance) })
        if first < a.rows {
          panelProduct(
            rows: a.rows - first, step: step, depth: depth, a: left + first * a.stride, aStride: a.stride,
            panel: panel, panelStride: distance, c: target + first * c.stride, cStride: c.stride,
            adding: isAdding)
        }
      }
      column += step.columns
    }
    k += depth
  }
}
