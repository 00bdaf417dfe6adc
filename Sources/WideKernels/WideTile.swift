internal import CKernelSupport

// The tiles of a product in registers of sixteen floats, for processors with AVX-512. Each element is the
// same chain of fused multiply-adds as in the tiles of `Kernels`, so the results are the same bits. This
// module alone is compiled for AVX-512: nothing here may be called where `sh_uses_wide_registers()` is 0.

typealias Vector16 = SIMD16<Float>
typealias Floats = UnsafeMutablePointer<Float>

extension Floats {
  @inline(__always) fileprivate func load16() -> Vector16 {
    UnsafeRawPointer(self).loadUnaligned(as: Vector16.self)
  }

  @inline(__always) fileprivate func store16(_ value: Vector16) {
    UnsafeMutableRawPointer(self).storeBytes(of: value, as: Vector16.self)
  }
}

/// The rows of a tile's left-hand side in groups of three, `stride` apart: an instruction can add one or two
/// strides to a base. Told how the bases came about, the compiler would keep eight, and not in registers.
private struct TileRows {
  private(set) var bases: InlineArray<3, Floats>
  let stride: Int

  @inline(__always) init(_ base: Floats, stride: Int) {
    bases = [base, base + 3 * stride, base + 6 * stride]
    self.stride = stride
    forgetOrigin()
  }

  /// The rows a few depths on.
  @inline(__always) func advanced(by count: Int) -> TileRows {
    var rows = self
    for group in 0..<3 { rows.bases[group] += count }
    return rows
  }

  @inline(__always) mutating func advance(by count: Int) {
    self = advanced(by: count)
    forgetOrigin()
  }

  @inline(__always) private mutating func forgetOrigin() {
    if stride == 1 { return }
    for group in 0..<3 { bases[group] = sh_unrelated(bases[group]) }
  }
}

/// Adds one depth's products to the tile: `left`, `right` += a[i] * b. Group by group: loops of more turns
/// the compiler does not take apart, and the sums would lie in memory.
@inline(__always)
private func accumulate<let R: Int>(
  _ left: inout InlineArray<R, Vector16>, _ right: inout InlineArray<R, Vector16>, a: TileRows, b: Floats,
  panelStride: Int
) {
  let (b0, b1) = (b.load16(), (b + panelStride).load16())
  for group in 0..<3 {
    for member in 0..<3 where 3 * group + member < R {
      let i = 3 * group + member
      let value = Vector16(repeating: a.bases[group][member * a.stride])
      left[i] = left[i].addingProduct(value, b0)
      right[i] = right[i].addingProduct(value, b1)
    }
  }
}

/// R rows of two panels, up to 8 x 32 results in sixteen of the thirty-two registers; `a[i, k]` lies at `a
/// + i * rowStride + k * depthStride`. `zeros` only says how many rows; `ahead` is called with each line of
/// the panels. Two depths a turn, as in `Kernels`.
@inline(__always)
func tile<let R: Int>(
  _ zeros: InlineArray<R, Vector16>, depth: Int, a: Floats, rowStride: Int, depthStride: Int, panel: Floats,
  panelStride: Int, c: Floats, cStride: Int, adding: Bool, ahead: (Floats) -> Void
) {
  var left = zeros
  var right = zeros
  if adding {
    for i in 0..<R {
      left[i] = (c + i * cStride).load16()
      right[i] = (c + i * cStride + 16).load16()
    }
  }
  var (rows, b) = (TileRows(a, stride: rowStride), panel)
  for _ in 0..<depth / 2 {
    ahead(b)
    ahead(b + panelStride)
    accumulate(&left, &right, a: rows, b: b, panelStride: panelStride)
    ahead(b + 16)
    ahead(b + panelStride + 16)
    accumulate(&left, &right, a: rows.advanced(by: depthStride), b: b + 16, panelStride: panelStride)
    rows.advance(by: 2 * depthStride)
    b += 32
  }
  if depth % 2 == 1 {
    ahead(b)
    ahead(b + panelStride)
    accumulate(&left, &right, a: rows, b: b, panelStride: panelStride)
  }
  for i in 0..<R {
    (c + i * cStride).store16(left[i])
    (c + i * cStride + 16).store16(right[i])
  }
}
