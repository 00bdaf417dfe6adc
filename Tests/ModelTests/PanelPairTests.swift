import CKernelSupport
import Testing
import WideKernels

@testable import Kernels

/// Tiles of sixteen lanes against those of eight, bit for bit, in odd shapes, with infinities and NaN.
/// Whichever of the two this processor's products use, the tests of products check; these carry over to the
/// other.
@Suite(.enabled(if: sh_uses_wide_registers() != 0, "this processor lacks AVX-512"))
struct PanelPairTests {
  private static let rows = Array(1...26) + [48, 101]

  @Test(arguments: rows) func rowsApartGiveTheSameBits(_ rows: Int) {
    for depth in [1, 2, 3, 16, 33, 64, 384] {
      let check = Check(rows: rows, depth: depth, rowStride: depth + 5, depthStride: 1)
      check.compare { a, panel, panelStride, c, adding in
        multiplyRows(
          rows, depth: depth, a: a, aStride: depth + 5, panel: panel, panelStride: panelStride, c: c.base,
          cStride: c.stride, adding: adding)
      }
      check.compare { a, panel, panelStride, c, adding in
        multiplyRows(
          rows, depth: depth, a: a, aStride: depth + 5, panel: panel, panelStride: panelStride, c: c.base,
          cStride: c.stride, adding: adding, askingFor: 16 * depth)
      }
    }
  }

  @Test(arguments: rows) func rowsSideBySideGiveTheSameBits(_ rows: Int) {
    for depth in [1, 2, 3, 16, 33, 64, 96] {
      let check = Check(rows: rows, depth: depth, rowStride: 1, depthStride: rows + 3)
      check.compare { a, panel, panelStride, c, adding in
        multiplyColumns(
          rows, depth: depth, a: a, depthStride: rows + 3, panel: panel, panelStride: panelStride, c: c.base,
          cStride: c.stride, adding: adding)
      }
    }
  }

  private struct Check {
    let rows: Int
    let depth: Int
    let rowStride: Int
    let depthStride: Int

    /// Both kinds of tiles on the same numbers, the target's columns beyond the panels included.
    func compare(
      _ multiply: (_ a: Floats, _ panel: Floats, _ panelStride: Int, _ c: Matrix, _ adding: Bool) -> Void
    ) {
      var numbers = Numbers(seed: 1000 * rows + depth)
      let a = numbers.vector((rows - 1) * rowStride + (depth - 1) * depthStride + 1)
      for (place, special) in [(rows / 2, Float.nan), (rows / 3, .infinity), (0, -.infinity)] where rows > 3 {
        a[place * rowStride + numbers.integer(below: depth) * depthStride] = special
      }
      let panelStride = 16 * depth + 48
      let panel = numbers.vector(2 * panelStride)
      let before = numbers.matrix(rows, 35)
      for adding in [false, true] {
        let (narrow, wide) = (numbers.zeros(rows, 35), numbers.zeros(rows, 35))
        narrow.copy(from: before)
        wide.copy(from: before)
        for index in 0..<2 {
          tiles(
            rows: rows, isNarrow: false, depth: depth, a: a.base, rowStride: rowStride,
            depthStride: depthStride, panel: panel.base + index * panelStride, c: narrow.base + 16 * index,
            cStride: narrow.stride, adding: adding)
        }
        multiply(a.base, panel.base, panelStride, wide, adding)
        let same = zip(narrow.values, wide.values).allSatisfy {
          $0.bitPattern == $1.bitPattern || $0.isNaN && $1.isNaN
        }
        #expect(same, "\(rows) rows, depth \(depth), adding: \(adding)")
        #expect(narrow.values != before.values)
      }
    }
  }
}
