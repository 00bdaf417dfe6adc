import Kernels

/// `y = x + attention(norm(x), features)`: each row of a decoder's sequence looks at all features of its own
/// prompt. No positions: the features carry the prompt's.
struct CrossAttentionLayer {
  let place: ParameterLayout.CrossAttention

  struct Kept {
    /// Which rows are a sequence's, and which features its prompt's.
    let bounds, promptBounds: [Range<Int>]
    /// [prompt rows, D]
    let features: Matrix
    let norm: NormLayer.Kept
    /// [rows, D]
    let query: Matrix
    /// [prompt rows, 2D]
    let keyValue: Matrix
    /// Heads side by side: [rows, D].
    let attended: Matrix
    let statistics: HeadStatistics
  }

  /// x: [rows, D] with sequences `bounds`; features: [prompt rows, D] with sequences `promptBounds`.
  func forward(
    _ x: Matrix, _ bounds: [Range<Int>], features: Matrix, _ promptBounds: [Range<Int>], _ pass: Pass
  ) -> (y: Matrix, kept: Kept) {
    let (rows, width) = (x.rows, x.columns)
    let norm = NormLayer(place: place.norm).forward(x, pass)
    let kept = Kept(
      bounds: bounds, promptBounds: promptBounds, features: features,
      norm: norm, query: pass.arena.matrix(rows: rows, columns: width),
      keyValue: pass.arena.matrix(rows: features.rows, columns: 2 * width),
      attended: pass.arena.matrix(rows: rows, columns: width),
      statistics: HeadStatistics(heads: pass.configuration.heads, rows: rows, pass.arena))
    pass.apply(place.query, to: norm.output, into: kept.query)
    pass.apply(place.keyValue, to: features, into: kept.keyValue)
    for (range, prompt) in zip(bounds, promptBounds) {
      for head in 0..<pass.configuration.heads {
        let own = columns(head, pass)
        attend(
          queries: kept.query.rows(range).columns(own), keys: kept.keyValue.rows(prompt).columns(own),
          values: kept.keyValue.rows(prompt).columns(own.lowerBound + width..<own.upperBound + width),
          isCausal: false, into: kept.attended.rows(range).columns(own),
          keeping: kept.statistics.of(head, range), scratch: pass.attention)
      }
    }
    let y = pass.arena.matrix(rows: rows, columns: width)
    y.copy(from: x)
    pass.apply(place.output, to: kept.attended, into: y, adding: true)
    return (y, kept)
  }

  /// `d` comes as the gradient of y and leaves as that of x; adds to `dFeatures` [prompt rows, D].
  func backward(
    _ d: Matrix, _ kept: Kept, addingTo dFeatures: Matrix, _ pass: Pass, _ gradients: Gradients
  ) {
    let (rows, width) = (d.rows, d.columns)
    let mark = pass.arena.mark
    let dAttended = pass.arena.matrix(rows: rows, columns: width)
    let dQuery = pass.arena.matrix(rows: rows, columns: width)
    let dKeyValue = pass.arena.matrix(rows: kept.features.rows, columns: 2 * width)
    pass.applyBackward(place.output, dy: d, x: kept.attended, into: dAttended, gradients)
    for (range, prompt) in zip(kept.bounds, kept.promptBounds) {
      let (keyValue, dSequence) = (kept.keyValue.rows(prompt), dKeyValue.rows(prompt))
      for head in 0..<pass.configuration.heads {
        let own = columns(head, pass)
        let values = own.lowerBound + width..<own.upperBound + width
        attendBackward(
          queries: kept.query.rows(range).columns(own), keys: keyValue.columns(own),
          values: keyValue.columns(values), isCausal: false,
          output: kept.attended.rows(range).columns(own), dOutput: dAttended.rows(range).columns(own),
          statistics: kept.statistics.of(head, range), dQueries: dQuery.rows(range).columns(own),
          dKeys: dSequence.columns(own), dValues: dSequence.columns(values), scratch: pass.attention)
      }
    }
    pass.applyBackward(
      place.keyValue, dy: dKeyValue, x: kept.features, into: dFeatures, adding: true, gradients)
    let dNormed = dAttended
    pass.applyBackward(place.query, dy: dQuery, x: kept.norm.output, into: dNormed, gradients)
    NormLayer(place: place.norm).backward(dNormed, kept.norm, addingTo: d, pass, gradients)
    pass.arena.rewind(to: mark)
  }

  private func columns(_ head: Int, _ pass: Pass) -> Range<Int> {
    let headWidth = pass.configuration.headWidth
    return head * headWidth..<(head + 1) * headWidth
  }
}
