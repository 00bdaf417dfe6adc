import Kernels

/// `y = x + attention(norm(x))` within each sequence: bidirectional in the encoder, causal in a decoder, with
/// rotary positions that begin anew in each sequence.
struct SelfAttentionLayer {
  let place: ParameterLayout.SelfAttention
  let isCausal: Bool

  struct Kept {
    let norm: NormLayer.Kept
    /// Rotated queries and keys, and values: [rows, 3D].
    let queryKeyValue: Matrix
    /// Heads side by side: [rows, D].
    let attended: Matrix
    let statistics: HeadStatistics
  }

  func forward(_ x: Matrix, _ bounds: [Range<Int>], _ pass: Pass) -> (y: Matrix, kept: Kept) {
    let (rows, width) = (x.rows, x.columns)
    let norm = NormLayer(place: place.norm).forward(x, pass)
    let kept = Kept(
      norm: norm, queryKeyValue: pass.arena.matrix(rows: rows, columns: 3 * width),
      attended: pass.arena.matrix(rows: rows, columns: width),
      statistics: HeadStatistics(heads: pass.configuration.heads, rows: rows, pass.arena))
    pass.apply(place.queryKeyValue, to: norm.output, into: kept.queryKeyValue)
    for range in bounds {
      let sequence = kept.queryKeyValue.rows(range)
      rotateRows(sequence.columns(0..<2 * width), table: pass.rotation.rows, firstPosition: 0)
      for head in 0..<pass.configuration.heads {
        let (query, key, value) = parts(of: sequence, head, pass)
        attend(
          queries: query, keys: key, values: value, isCausal: isCausal,
          into: kept.attended.rows(range).columns(columns(head, pass)),
          keeping: kept.statistics.of(head, range), scratch: pass.attention)
      }
    }
    let y = pass.arena.matrix(rows: rows, columns: width)
    y.copy(from: x)
    pass.apply(place.output, to: kept.attended, into: y, adding: true)
    return (y, kept)
  }

  /// `d` comes as the gradient of y and leaves as that of x.
  func backward(_ d: Matrix, _ bounds: [Range<Int>], _ kept: Kept, _ pass: Pass, _ gradients: Gradients) {
    let (rows, width) = (d.rows, d.columns)
    let mark = pass.arena.mark
    let dAttended = pass.arena.matrix(rows: rows, columns: width)
    let dQueryKeyValue = pass.arena.matrix(rows: rows, columns: 3 * width)
    pass.applyBackward(place.output, dy: d, x: kept.attended, into: dAttended, gradients)
    for range in bounds {
      let (sequence, dSequence) = (kept.queryKeyValue.rows(range), dQueryKeyValue.rows(range))
      for head in 0..<pass.configuration.heads {
        let (query, key, value) = parts(of: sequence, head, pass)
        let (dQuery, dKey, dValue) = parts(of: dSequence, head, pass)
        attendBackward(
          queries: query, keys: key, values: value, isCausal: isCausal,
          output: kept.attended.rows(range).columns(columns(head, pass)),
          dOutput: dAttended.rows(range).columns(columns(head, pass)),
          statistics: kept.statistics.of(head, range), dQueries: dQuery, dKeys: dKey, dValues: dValue,
          scratch: pass.attention)
      }
      rotateRows(
        dSequence.columns(0..<2 * width), table: pass.rotation.rows, firstPosition: 0, isInverse: true)
    }
    let dNormed = dAttended
    pass.applyBackward(place.queryKeyValue, dy: dQueryKeyValue, x: kept.norm.output, into: dNormed, gradients)
    NormLayer(place: place.norm).backward(dNormed, kept.norm, addingTo: d, pass, gradients)
    pass.arena.rewind(to: mark)
  }

  private func columns(_ head: Int, _ pass: Pass) -> Range<Int> {
    let headWidth = pass.configuration.headWidth
    return head * headWidth..<(head + 1) * headWidth
  }

  /// Query, key and value of a head: [rows, C] each.
  private func parts(of rows: Matrix, _ head: Int, _ pass: Pass) -> (Matrix, Matrix, Matrix) {
    let (width, own) = (pass.configuration.width, columns(head, pass))
    func part(_ index: Int) -> Matrix {
      rows.columns(own.lowerBound + index * width..<own.upperBound + index * width)
    }
    return (part(0), part(1), part(2))
  }
}

/// The softmax statistics of all heads: [heads, rows] each.
struct HeadStatistics {
  private let largest: Matrix
  private let inverseSum: Matrix

  init(heads: Int, rows: Int, _ arena: Arena) {
    largest = arena.matrix(rows: heads, columns: rows)
    inverseSum = arena.matrix(rows: heads, columns: rows)
  }

  func of(_ head: Int, _ rows: Range<Int>) -> SoftmaxStatistics {
    SoftmaxStatistics(largest: largest.row(head).slice(rows), inverseSum: inverseSum.row(head).slice(rows))
  }
}
