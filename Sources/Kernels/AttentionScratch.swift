/// Working memory of attention for one thread: packed keys and values, a block of score rows, gradient sums.
/// Grows to the longest sequence seen; linear in the number of keys.
public final class AttentionScratch {
  private var buffer = FloatBuffer(count: 0)

  public init() {}

  /// Floats this scratch holds now.
  public var count: Int { buffer.count }

  /// Queries treated together: fewer for many keys, so that their score rows stay in the second-level cache.
  static func blockRows(keys: Int) -> Int {
    let fitting = 40_000 / max(Panels.padded(keys), 1)
    return min(48, max(12, fitting / 6 * 6))
  }

  /// The places for a sequence of `keys` keys with heads of `headWidth`.
  func places(keys: Int, headWidth: Int, rows: Int) -> Places {
    let padded = Panels.padded(keys)
    let scoreStride = Panels.rowStride(keys)
    let (head, panel) = (padded * Panels.padded(headWidth), rows * Panels.padded(headWidth))
    let needed = 5 * head + 2 * rows * scoreStride + 2 * panel
    if needed > buffer.count { buffer = FloatBuffer(count: needed + needed / 4) }
    return Places(base: buffer.base, head: head, panel: panel, scoreStride: scoreStride, rows: rows)
  }

  /// Where each part begins.
  struct Places {
    let base: Floats
    let head: Int
    let panel: Int
    let scoreStride: Int
    let rows: Int

    /// Forward: panels of keys transposed and of values. Backward: in addition values transposed; `values`
    /// then holds panels of the keys.
    var keysTransposed: Floats { base }
    var values: Floats { base + head }
    var valuesTransposed: Floats { base + 2 * head }
    var keyGradient: Floats { base + 3 * head }
    var valueGradient: Floats { base + 4 * head }
    var scores: Floats { base + 5 * head }
    var scoreGradient: Floats { scores + rows * scoreStride }
    var queryPanels: Floats { scoreGradient + rows * scoreStride }
    var outputPanels: Floats { queryPanels + panel }
  }
}

/// What the backward pass of attention needs to know of each query's softmax: the largest scaled score (in
/// units of ln 2) and one over the sum of exponentials. Both [queries].
public struct SoftmaxStatistics {
  public let largest: Vector
  public let inverseSum: Vector

  public init(largest: Vector, inverseSum: Vector) {
    self.largest = largest
    self.inverseSum = inverseSum
  }
}

/// Which keys a query sees: all, or, when causal, those up to its own place; the queries then stand at the
/// last places of the keys.
struct Sight {
  let isCausal: Bool
  let keys: Int
  /// Keys before the first query of the block at hand.
  let before: Int

  /// Keys that row `row` of the block sees.
  @inline(__always) func count(_ row: Int) -> Int { isCausal ? before + row + 1 : keys }

  /// First row of the block that sees key `key`.
  @inline(__always) func firstRow(seeing key: Int) -> Int { isCausal ? max(0, key - before) : 0 }
}
