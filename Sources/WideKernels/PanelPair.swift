internal import CKernelSupport

// Two panels of a product beside each other: `c[i, 0..<16] (+)= sum over k of a[i, k] * panel[k, 0..<16]`,
// and the sixteen columns after those from the panel `panelStride` on.
//
// Plain arguments, and no type of its own may be public here: the compiler would add functions to copy it
// that other modules share, the linker keeps one of all copies, and it could be this module's, which runs
// on AVX-512 only.

/// The product of two panels, `a[i, k]` at `a + i * aStride + k`.
@inline(never)
public func multiplyRows(
  _ rows: Int, depth: Int, a: UnsafeMutablePointer<Float>, aStride: Int, panel: UnsafeMutablePointer<Float>,
  panelStride: Int, c: UnsafeMutablePointer<Float>, cStride: Int, adding: Bool
) {
  multiply(
    rows, depth: depth, a: a, rowStride: aStride, depthStride: 1, panel: panel, panelStride: panelStride,
    c: c,
    cStride: cStride, adding: adding, ahead: { _ in })
}

/// `multiplyRows`, asking for the floats `distance` after each line of the panels.
@inline(never)
public func multiplyRows(
  _ rows: Int, depth: Int, a: UnsafeMutablePointer<Float>, aStride: Int, panel: UnsafeMutablePointer<Float>,
  panelStride: Int, c: UnsafeMutablePointer<Float>, cStride: Int, adding: Bool, askingFor distance: Int
) {
  multiply(
    rows, depth: depth, a: a, rowStride: aStride, depthStride: 1, panel: panel, panelStride: panelStride,
    c: c,
    cStride: cStride, adding: adding, ahead: { sh_prefetch($0 + distance) })
}

/// The product of two panels, `a[i, k]` at `a + i + k * depthStride`.
@inline(never)
public func multiplyColumns(
  _ rows: Int, depth: Int, a: UnsafeMutablePointer<Float>, depthStride: Int,
  panel: UnsafeMutablePointer<Float>, panelStride: Int, c: UnsafeMutablePointer<Float>, cStride: Int,
  adding: Bool
) {
  multiply(
    rows, depth: depth, a: a, rowStride: 1, depthStride: depthStride, panel: panel, panelStride: panelStride,
    c: c, cStride: cStride, adding: adding, ahead: { _ in })
}

/// Eight rows a tile, and no tile of fewer than four after others.
@inline(__always)
private func multiply(
  _ rows: Int, depth: Int, a: Floats, rowStride: Int, depthStride: Int, panel: Floats, panelStride: Int,
  c: Floats, cStride: Int, adding: Bool, ahead: (Floats) -> Void
) {
  let zero = Vector16(repeating: 0)
  var row = 0
  @inline(__always) func next<let R: Int>(_ zeros: InlineArray<R, Vector16>) {
    tile(
      zeros, depth: depth, a: a + row * rowStride, rowStride: rowStride, depthStride: depthStride,
      panel: panel, panelStride: panelStride, c: c + row * cStride, cStride: cStride, adding: adding,
      ahead: ahead)
  }
  while row < rows {
    let rest = rows - row
    let height = rest >= 12 ? 8 : rest <= 8 ? rest : (rest + 1) / 2
    switch height {
    case 8: next(InlineArray<8, Vector16>(repeating: zero))
    case 7: next(InlineArray<7, Vector16>(repeating: zero))
    case 6: next(InlineArray<6, Vector16>(repeating: zero))
    case 5: next(InlineArray<5, Vector16>(repeating: zero))
    case 4: next(InlineArray<4, Vector16>(repeating: zero))
    case 3: next(InlineArray<3, Vector16>(repeating: zero))
    case 2: next(InlineArray<2, Vector16>(repeating: zero))
    default: next(InlineArray<1, Vector16>(repeating: zero))
    }
    row += height
  }
}
