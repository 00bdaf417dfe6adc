internal import CKernelSupport

/// Two panels of a product beside each other: `c[i, 0..<16] (+)= sum over k of a[i, k] * panel[k, 0..<16]`, and
/// the sixteen columns after those from the second panel.
public struct PanelPair {
  let rows: Int
  let depth: Int
  let a: Floats
  let aStride: Int
  let panel: Floats
  let panelStride: Int
  let c: Floats
  let cStride: Int
  let adding: Bool

  /// `aStride`: floats from one row of `a` to the next, or, for `multiplyColumns`, from one depth to the next.
  public init(
    rows: Int, depth: Int, a: UnsafeMutablePointer<Float>, aStride: Int, panel: UnsafeMutablePointer<Float>,
    panelStride: Int, c: UnsafeMutablePointer<Float>, cStride: Int, adding: Bool
  ) {
    self.rows = rows
    self.depth = depth
    self.a = a
    self.aStride = aStride
    self.panel = panel
    self.panelStride = panelStride
    self.c = c
    self.cStride = cStride
    self.adding = adding
  }
}

/// The pair's product, `a[i, k]` at `a + i * aStride + k`.
@inline(never)
public func multiplyRows(_ pair: PanelPair) {
  multiply(pair, rowStride: pair.aStride, depthStride: 1) { _ in }
}

/// `multiplyRows`, asking for the floats `distance` after each line of the panels.
@inline(never)
public func multiplyRows(_ pair: PanelPair, askingFor distance: Int) {
  multiply(pair, rowStride: pair.aStride, depthStride: 1) { sh_prefetch($0 + distance) }
}

/// The pair's product, `a[i, k]` at `a + i + k * aStride`.
@inline(never)
public func multiplyColumns(_ pair: PanelPair) {
  multiply(pair, rowStride: 1, depthStride: pair.aStride) { _ in }
}

/// Eight rows a tile, and no tile of fewer than four after others.
@inline(__always)
private func multiply(_ pair: PanelPair, rowStride: Int, depthStride: Int, ahead: (Floats) -> Void) {
  let zero = Vector16(repeating: 0)
  var row = 0
  @inline(__always) func next<let R: Int>(_ zeros: InlineArray<R, Vector16>) {
    tile(
      zeros, pair, a: pair.a + row * rowStride, rowStride: rowStride, depthStride: depthStride,
      c: pair.c + row * pair.cStride, ahead: ahead)
  }
  while row < pair.rows {
    let rest = pair.rows - row
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
