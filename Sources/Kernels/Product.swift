internal import CKernelSupport
internal import WideKernels

/// Matrix products on packed right-hand sides.
///
/// Every element of a product is one chain of fused multiply-adds over the depth, in order, whatever the
/// number of rows, the place of the row or the blocking: a row's result does not depend on the rows beside
/// it, and a product over some rows is bit for bit the same as over one row at a time.
///
/// A tile of up to 6 x 16 results is kept in twelve registers while the depth goes by: 92 to 98 % of the
/// processor's peak. Source of the shape: BLIS (Van Zee and van de Geijn 2015), sgemm on Haswell. Where
/// registers hold sixteen floats (AVX-512), `WideKernels` does two panels at a time, with the same chains.
enum Tile {
  /// Rows of the next tile when `remaining` are left: six, but no tile of one or two rows after it, since
  /// fewer than four leave the multipliers waiting.
  @inline(__always) static func height(remaining: Int) -> Int {
    if remaining >= 10 { return 6 }
    return remaining <= 6 ? remaining : (remaining + 1) / 2
  }
}

/// The rows of a tile's left-hand side: three from `upper` on and the others from `lower` on, `stride` apart.
///
/// An instruction can add one or two strides to a base, not three to five. Told that the bases are related,
/// the compiler would go from row to row by additions of its own.
private struct TileRows {
  var upper: Floats
  var lower: Floats
  let stride: Int

  @inline(__always) init(_ base: Floats, stride: Int) {
    upper = base
    lower = sh_unrelated(base + 3 * stride)
    self.stride = stride
  }

  @inline(__always) subscript(row: Int) -> Float {
    row < 3 ? upper[row * stride] : lower[(row - 3) * stride]
  }

  @inline(__always) func advanced(by count: Int) -> TileRows {
    var rows = self
    rows.upper += count
    rows.lower += count
    return rows
  }
}

/// Adds one depth's products to the tile: `left`, `right` += a[i] * b.
@inline(__always)
private func accumulate<let R: Int>(
  _ left: inout InlineArray<R, Vector8>, _ right: inout InlineArray<R, Vector8>, a: TileRows, b: Floats
) {
  let (b0, b1) = (b.load8(), (b + 8).load8())
  for i in 0..<R {
    let value = repeated(a[i])
    left[i] = multiplyAdd(value, b0, left[i])
    right[i] = multiplyAdd(value, b1, right[i])
  }
}

/// `c[i, 0..<16] (+)= sum over k of a[i, k] * panel[k, 0..<16]` for R rows; `a[i, k]` lies at
/// `a + i * rowStride + k * depthStride`. `zeros` only says how many rows. `ahead` is called with each line
/// of the panel.
///
/// Two depths a turn, 44 instructions for 24 multiply-adds of six rows: where another thread of the same core
/// takes half of the processor's issue slots, every one that only counts or moves pointers costs speed. With
/// four depths a turn the compiler runs out of registers.
@inline(__always)
func tile16<let R: Int>(
  _ zeros: InlineArray<R, Vector8>, depth: Int, a: Floats, rowStride: Int, depthStride: Int, panel: Floats,
  c: Floats, cStride: Int, adding: Bool, ahead: (Floats) -> Void = { _ in }
) {
  var left = zeros
  var right = zeros
  if adding {
    for i in 0..<R {
      left[i] = (c + i * cStride).load8()
      right[i] = (c + i * cStride + 8).load8()
    }
  }
  var (rows, b) = (TileRows(a, stride: rowStride), panel)
  for _ in 0..<depth / 2 {
    ahead(b)
    accumulate(&left, &right, a: rows, b: b)
    ahead(b + 16)
    accumulate(&left, &right, a: rows.advanced(by: depthStride), b: b + 16)
    rows = rows.advanced(by: 2 * depthStride)
    b += 32
  }
  if depth % 2 == 1 {
    ahead(b)
    accumulate(&left, &right, a: rows, b: b)
  }
  for i in 0..<R {
    (c + i * cStride).store8(left[i])
    (c + i * cStride + 8).store8(right[i])
  }
}

/// `tile16` for the left eight columns of a panel only.
@inline(__always)
func tile8<let R: Int>(
  _ zeros: InlineArray<R, Vector8>, depth: Int, a: Floats, rowStride: Int, depthStride: Int, panel: Floats,
  c: Floats, cStride: Int, adding: Bool
) {
  var left = zeros
  if adding { for i in 0..<R { left[i] = (c + i * cStride).load8() } }
  var b = panel
  for k in 0..<depth {
    let b0 = b.load8()
    b += 16
    for i in 0..<R { left[i] = multiplyAdd(repeated(a[k * depthStride + i * rowStride]), b0, left[i]) }
  }
  for i in 0..<R { (c + i * cStride).store8(left[i]) }
}

/// One tile of `rows` rows, 1...6, of one panel; `ahead` as in `tile16`, not called for a narrow one.
@inline(__always)
func tile(
  rows: Int, isNarrow: Bool, depth: Int, a: Floats, rowStride: Int, depthStride: Int, panel: Floats,
  c: Floats, cStride: Int, adding: Bool, ahead: (Floats) -> Void = { _ in }
) {
  let zero = repeated(0)
  @inline(__always) func narrow<let R: Int>(_ zeros: InlineArray<R, Vector8>, from row: Int = 0) {
    tile8(
      zeros, depth: depth, a: a + row * rowStride, rowStride: rowStride, depthStride: depthStride,
      panel: panel,
      c: c + row * cStride, cStride: cStride, adding: adding)
  }
  @inline(__always) func wide<let R: Int>(_ zeros: InlineArray<R, Vector8>) {
    tile16(
      zeros, depth: depth, a: a, rowStride: rowStride, depthStride: depthStride, panel: panel, c: c,
      cStride: cStride, adding: adding, ahead: ahead)
  }
  if isNarrow {
    switch rows {
    case 6: narrow(InlineArray<6, Vector8>(repeating: zero))
    case 5: narrow(InlineArray<5, Vector8>(repeating: zero))
    case 4: narrow(InlineArray<4, Vector8>(repeating: zero))
    default: for row in 0..<rows { narrow(InlineArray<1, Vector8>(repeating: zero), from: row) }
    }
    return
  }
  switch rows {
  case 6: wide(InlineArray<6, Vector8>(repeating: zero))
  case 5: wide(InlineArray<5, Vector8>(repeating: zero))
  case 4: wide(InlineArray<4, Vector8>(repeating: zero))
  case 3: wide(InlineArray<3, Vector8>(repeating: zero))
  case 2: wide(InlineArray<2, Vector8>(repeating: zero))
  default: wide(InlineArray<1, Vector8>(repeating: zero))
  }
}

/// How many of the columns left to do are done at once.
enum PanelStep {
  /// The left half of a panel: its target may have no room for the other.
  case half
  case one
  /// Two panels, in registers of sixteen floats; more than half of the second holds columns.
  case pair

  @inline(__always) init(columns: Int) {
    self = columns <= 8 ? .half : columns > 24 && sh_uses_wide_registers() != 0 ? .pair : .one
  }

  @inline(__always) var columns: Int { self == .pair ? 32 : 16 }
}

/// All rows of one step of a product. Rows of `a` lie `aStride` apart, panels `panelStride`.
@inline(never)
func panelProduct(
  rows: Int, step: PanelStep, depth: Int, a: Floats, aStride: Int, panel: Floats, panelStride: Int, c: Floats,
  cStride: Int, adding: Bool
) {
  if step == .pair {
    multiplyRows(
      rows, depth: depth, a: a, aStride: aStride, panel: panel, panelStride: panelStride, c: c,
      cStride: cStride, adding: adding)
  } else {
    tiles(
      rows: rows, isNarrow: step == .half, depth: depth, a: a, rowStride: aStride, depthStride: 1,
      panel: panel, c: c, cStride: cStride, adding: adding)
  }
}

/// `panelProduct` of a left-hand side that lies depth first: `a[i, k]` at `a + i + k * depthStride`.
@inline(never)
func transposedPanelProduct(
  rows: Int, step: PanelStep, depth: Int, a: Floats, depthStride: Int, panel: Floats, panelStride: Int,
  c: Floats, cStride: Int, adding: Bool
) {
  if step == .pair {
    multiplyColumns(
      rows, depth: depth, a: a, depthStride: depthStride, panel: panel, panelStride: panelStride, c: c,
      cStride: cStride, adding: adding)
  } else {
    tiles(
      rows: rows, isNarrow: step == .half, depth: depth, a: a, rowStride: 1, depthStride: depthStride,
      panel: panel, c: c, cStride: cStride, adding: adding)
  }
}

/// All rows of one panel, tile by tile, in registers of eight floats.
@inline(__always)
func tiles(
  rows: Int, isNarrow: Bool, depth: Int, a: Floats, rowStride: Int, depthStride: Int, panel: Floats,
  c: Floats, cStride: Int, adding: Bool
) {
  var row = 0
  while row < rows {
    let height = Tile.height(remaining: rows - row)
    tile(
      rows: height, isNarrow: isNarrow, depth: depth, a: a + row * rowStride, rowStride: rowStride,
      depthStride: depthStride, panel: panel, c: c + row * cStride, cStride: cStride, adding: adding)
    row += height
  }
}

/// `c = a b`, or `c += a b` when `adding` (the sum then starts from what `c` holds).
///
/// a: [M, K], b: panels of [K, N], c: [M, N]. N counts in eights: columns are written up to the next
/// multiple of eight, zeros beyond N, so `c.stride` leaves room for them.
@inline(never)
public func multiply(_ a: Matrix, _ b: Panels, into c: Matrix, adding: Bool = false) {
  demand(a.columns == b.depth && c.columns == b.columns && a.rows == c.rows, "shapes do not multiply")
  let blockRows = 48
  let blockDepth = b.depth <= 384 ? b.depth : (b.depth + (b.depth + 383) / 384 - 1) / ((b.depth + 383) / 384)
  var row = 0
  while row < a.rows {
    let rows = min(blockRows, a.rows - row)
    var k = 0
    while k < b.depth {
      let depth = min(blockDepth, b.depth - k)
      var column = 0
      while column < b.columns {
        let step = PanelStep(columns: b.columns - column)
        panelProduct(
          rows: rows, step: step, depth: depth, a: a.base + row * a.stride + k,
          aStride: a.stride, panel: b.base + column / 16 * b.panelStride + k * 16, panelStride: b.panelStride,
          c: c.base + row * c.stride + column, cStride: c.stride, adding: adding || k > 0)
        column += step.columns
      }
      k += depth
    }
    row += rows
  }
}
