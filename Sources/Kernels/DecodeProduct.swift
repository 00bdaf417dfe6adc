internal import CKernelSupport

/// `multiply` for a few rows: bit for bit its result, with the next panel on its way from memory while one is
/// multiplied. With few rows a product reads each weight once and does little with it; the processor's own
/// prefetching starts anew with each panel and comes too late.
@inline(never)
public func multiplyFewRows(_ a: Matrix, _ b: Panels, into c: Matrix, adding: Bool = false) {
  demand(a.columns == b.depth && c.columns == b.columns && a.rows == c.rows, "shapes do not multiply")
  let depthBlock = 384  // as `multiply`: a panel and the rows beside it stay in the first-level cache
  var k = 0
  while k < b.depth {
    let depth = min(depthBlock, b.depth - k)
    var column = 0
    while column < b.columns {
      let (left, panel) = (a.base + k, b.base + column / 16 * b.panelStride + k * 16)
      let target = c.base + column
      if b.columns - column <= 8 {
        panelProduct(
          rows: a.rows, isNarrow: true, depth: depth, a: left, aStride: a.stride, panel: panel, c: target,
          cStride: c.stride, adding: adding || k > 0)
      } else {
        let first = Tile.height(remaining: a.rows)
        streamingTile(
          rows: first, depth: depth, a: left, aStride: a.stride, panel: panel, next: panel + b.panelStride,
          c: target, cStride: c.stride, adding: adding || k > 0)
        if first < a.rows {
          panelProduct(
            rows: a.rows - first, isNarrow: false, depth: depth, a: left + first * a.stride,
            aStride: a.stride,
            panel: panel, c: target + first * c.stride, cStride: c.stride, adding: adding || k > 0)
        }
      }
      column += 16
    }
    k += depth
  }
}

@inline(__always)
private func streamingTile(
  rows: Int, depth: Int, a: Floats, aStride: Int, panel: Floats, next: Floats, c: Floats, cStride: Int,
  adding: Bool
) {
  let zero = repeated(0)
  switch rows {
  case 6: stream(InlineArray<6, Vector8>(repeating: zero), depth, a, aStride, panel, next, c, cStride, adding)
  case 5: stream(InlineArray<5, Vector8>(repeating: zero), depth, a, aStride, panel, next, c, cStride, adding)
  case 4: stream(InlineArray<4, Vector8>(repeating: zero), depth, a, aStride, panel, next, c, cStride, adding)
  case 3: stream(InlineArray<3, Vector8>(repeating: zero), depth, a, aStride, panel, next, c, cStride, adding)
  case 2: stream(InlineArray<2, Vector8>(repeating: zero), depth, a, aStride, panel, next, c, cStride, adding)
  default:
    stream(InlineArray<1, Vector8>(repeating: zero), depth, a, aStride, panel, next, c, cStride, adding)
  }
}

/// `tile16` that asks for a line of the next panel with each line of this one.
@inline(__always)
private func stream<let R: Int>(
  _ zeros: InlineArray<R, Vector8>, _ depth: Int, _ a: Floats, _ aStride: Int, _ panel: Floats,
  _ next: Floats,
  _ c: Floats, _ cStride: Int, _ adding: Bool
) {
  var (left, right) = (zeros, zeros)
  if adding {
    for i in 0..<R {
      left[i] = (c + i * cStride).load8()
      right[i] = (c + i * cStride + 8).load8()
    }
  }
  var b = panel
  let distance = next - panel
  for k in 0..<depth {
    let b0 = b.load8()
    let b1 = (b + 8).load8()
    sh_prefetch(b + distance)
    b += 16
    for i in 0..<R {
      let value = repeated(a[k + i * aStride])
      left[i] = multiplyAdd(value, b0, left[i])
      right[i] = multiplyAdd(value, b1, right[i])
    }
  }
  for i in 0..<R {
    (c + i * cStride).store8(left[i])
    (c + i * cStride + 8).store8(right[i])
  }
}
