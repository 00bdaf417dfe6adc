/// Keys and values of one head over a whole prompt, packed for products: what every row that answers the
/// prompt looks at.
public struct PromptHead: @unchecked Sendable {
  /// Panels of the transposed keys: depth C, columns P.
  public let keys: Panels
  /// Panels of the values: depth P rounded up to whole panels, columns C.
  public let values: Panels

  /// Looks into `base`, which holds `count(tokens:headWidth:)` floats.
  public init(base: UnsafeMutablePointer<Float>, tokens: Int, headWidth: Int) {
    let padded = Panels.padded(tokens)
    keys = Panels(base: base, depth: headWidth, columns: tokens)
    values = Panels(base: base + padded * headWidth, depth: padded, columns: headWidth)
  }

  /// Floats that both take, a multiple of 16.
  public static func count(tokens: Int, headWidth: Int) -> Int {
    Panels.padded(tokens) * (headWidth + Panels.padded(headWidth))
  }

  /// keys, values: [P, C]
  public func pack(keys rows: Matrix, values valueRows: Matrix) {
    packTransposed(rows, into: keys)
    Kernels.pack(valueRows, into: values)
  }

  /// Floats of scratch that `attend` needs for `rows` rows.
  public static func scratchCount(tokens: Int, rows: Int) -> Int { rows * Panels.rowStride(tokens) }

  /// Attention of some rows to the prompt, bit for bit that of `Kernels.attend`. queries, output: [rows, C].
  @inline(never)
  public func attend(queries: Matrix, into output: Matrix, scratch: Vector) {
    let (tokens, stride) = (keys.columns, Panels.rowStride(keys.columns))
    demand(scratch.count >= queries.rows * stride)
    let scale = 1 / Float(keys.depth).squareRoot()
    let scores = Matrix(base: scratch.base, rows: queries.rows, columns: tokens, stride: stride)
    multiply(queries, keys, into: scores)
    for row in 0..<queries.rows {
      let place = scratch.base + row * stride
      // Kept in the row's own padding until the weighted values are there.
      place[stride - 1] = 1 / exponentiate(place, tokens, values.depth, scale).sum
    }
    let weights = Matrix(base: scratch.base, rows: queries.rows, columns: values.depth, stride: stride)
    multiply(weights, values, into: output)
    for row in 0..<queries.rows {
      let (target, factor) = (output.base + row * output.stride, scratch.base[row * stride + stride - 1])
      var i = 0
      while i < output.columns {
        (target + i).store8((target + i).load8() * repeated(factor))
        i += 8
      }
    }
  }
}
