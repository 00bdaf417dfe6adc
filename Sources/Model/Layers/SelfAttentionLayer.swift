import Kernels

/// `y = x + attention(norm(x))` within each sequence: bidirectional in the encoder, causal in a decoder, with
/// rotary positions that begin anew in each sequence.
///
/// Where only some rows matter from here on (the last layer of a decoder-only model: those that predict), `y`
/// has those rows alone, all others serving as keys and values only.
struct SelfAttentionLayer {
  let place: ParameterLayout.SelfAttention
  let isCausal: Bool

  struct Kept {
    let norm: NormLayer.Kept
    /// Rotated queries and keys, and values: [rows, 3D].
    let queryKeyValue: Matrix
    /// Heads side by side: [rows of y, D].
    let attended: Matrix
    let statistics: HeadStatistics
    /// A sequence's rows in x, the last of them that y has, and where they are in y.
    let sequences: [(rows: Range<Int>, queries: Range<Int>, places: Range<Int>)]
  }

  /// x: [rows, D] with sequences `bounds`; `live` are the last rows of each sequence that y is to have, nil:
  /// all.
  func forward(
    _ x: Matrix, _ bounds: [Range<Int>], live: [Range<Int>]? = nil, _ pass: Pass
  ) -> (y: Matrix, kept: Kept) {
    var places = 0
    let sequences = zip(bounds, live ?? bounds).map { rows, queries in
      defer { places += queries.count }
      return (rows, queries, places..<places + queries.count)
    }
    let (rows, width) = (x.rows, x.columns)
    let kept = Kept(
      norm: NormLayer(place: place.norm).forward(x, pass),
      queryKeyValue: pass.arena.matrix(rows: rows, columns: 3 * width),
      attended: pass.arena.matrix(rows: places, columns: width),
      statistics: HeadStatistics(heads: pass.configuration.heads, rows: places, pass.arena),
      sequences: sequences)
    pass.apply(place.queryKeyValue, to: kept.norm.output, into: kept.queryKeyValue)
    let y = pass.arena.matrix(rows: places, columns: width)
    for (rows, queries, places) in sequences {
      let sequence = kept.queryKeyValue.rows(rows)
      rotateRows(sequence.columns(0..<2 * width), table: pass.rotation.rows, firstPosition: 0)
      for head in 0..<pass.configuration.heads {
        let own = columns(head, pass)
        attend(
          queries: part(0, of: kept.queryKeyValue.rows(queries), own), keys: part(1, of: sequence, own),
          values: part(2, of: sequence, own), isCausal: isCausal,
          into: kept.attended.rows(places).columns(own), keeping: kept.statistics.of(head, places),
          scratch: pass.attention)
      }
      y.rows(places).copy(from: x.rows(queries))
    }
    pass.apply(place.output, to: kept.attended, into: y, adding: true)
    return (y, kept)
  }

  /// Turns `d`, the gradient of y, into that of x: in place, unless y has other rows than x.
  func backward(_ d: Matrix, _ kept: Kept, _ pass: Pass, _ gradients: Gradients) -> Matrix {
    let (rows, width) = (kept.queryKeyValue.rows, d.columns)
    let dx = rows == d.rows ? d : spread(d, kept, pass)
    let mark = pass.arena.mark
    let dAttended = pass.arena.matrix(rows: d.rows, columns: width)
    let dQueryKeyValue = pass.arena.matrix(rows: rows, columns: 3 * width)
    pass.applyBackward(place.output, dy: d, x: kept.attended, into: dAttended, gradients)
    for (rows, queries, places) in kept.sequences {
      let (sequence, dSequence) = (kept.queryKeyValue.rows(rows), dQueryKeyValue.rows(rows))
      dQueryKeyValue.rows(rows.lowerBound..<queries.lowerBound).columns(0..<width).clear()
      for head in 0..<pass.configuration.heads {
        let own = columns(head, pass)
        attendBackward(
          queries: part(0, of: kept.queryKeyValue.rows(queries), own), keys: part(1, of: sequence, own),
          values: part(2, of: sequence, own), isCausal: isCausal,
          output: kept.attended.rows(places).columns(own), dOutput: dAttended.rows(places).columns(own),
          statistics: kept.statistics.of(head, places),
          dQueries: part(0, of: dQueryKeyValue.rows(queries), own), dKeys: part(1, of: dSequence, own),
          dValues: part(2, of: dSequence, own), scratch: pass.attention)
      }
      rotateRows(
        dSequence.columns(0..<2 * width), table: pass.rotation.rows, firstPosition: 0, isInverse: true)
    }
    let dNormed = pass.arena.matrix(rows: rows, columns: width)
    pass.applyBackward(place.queryKeyValue, dy: dQueryKeyValue, x: kept.norm.output, into: dNormed, gradients)
    NormLayer(place: place.norm).backward(dNormed, kept.norm, addingTo: dx, pass, gradients)
    pass.arena.rewind(to: mark)
    return dx
  }

  /// The rows of `d` at their places in x, zeros elsewhere: what the residual path carries.
  private func spread(_ d: Matrix, _ kept: Kept, _ pass: Pass) -> Matrix {
    let dx = pass.arena.matrix(rows: kept.queryKeyValue.rows, columns: d.columns)
    for (rows, queries, places) in kept.sequences {
      dx.rows(rows.lowerBound..<queries.lowerBound).clear()
      dx.rows(queries).copy(from: d.rows(places))
    }
    return dx
  }

  private func columns(_ head: Int, _ pass: Pass) -> Range<Int> {
    let headWidth = pass.configuration.headWidth
    return head * headWidth..<(head + 1) * headWidth
  }

  /// Queries (0), keys (1) or values (2) of a head: [rows, C].
  private func part(_ index: Int, of rows: Matrix, _ own: Range<Int>) -> Matrix {
    let width = rows.columns / 3
    return rows.columns(own.lowerBound + index * width..<own.upperBound + index * width)
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
