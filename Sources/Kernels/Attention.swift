/// Attention of one head over one sequence: `output = softmax(queries keys^T / sqrt(C)) values`.
///
/// Queries go in blocks; each block's score rows are whole, so memory is linear in the length, and a query's
/// result is the same bit for bit whatever block it is in or how many queries there are. Per query: scores
/// are chains over C in order; exponentials as in `exponentiateRow`; the weighted values one chain over the
/// keys in order, then times one over the sum. Keys past the ones a query sees are skipped tile by tile.
///
/// queries, output: [Tq, C]; keys, values: [Tk, C], C a multiple of 8. Causal: query i sees keys up to
/// Tk - Tq + i. Keeps `statistics` for the backward pass.
@inline(never)
public func attend(
  queries: Matrix, keys: Matrix, values: Matrix, isCausal: Bool, into output: Matrix,
  keeping statistics: SoftmaxStatistics, scratch: AttentionScratch
) {
  demand(keys.rows == values.rows && queries.rows == output.rows && keys.rows > 0)
  demand(!isCausal || keys.rows >= queries.rows, "a causal query needs its own key")
  let (keyCount, headWidth) = (keys.rows, keys.columns)
  let padded = Panels.padded(keyCount)
  let blockRows = AttentionScratch.blockRows(keys: keyCount)
  let places = scratch.places(keys: keyCount, headWidth: headWidth, rows: blockRows)
  packTransposed(keys, into: Panels(base: places.keysTransposed, depth: headWidth, columns: keyCount))
  pack(values, into: Panels(base: places.values, depth: padded, columns: headWidth))
  let scale = 1 / Float(headWidth).squareRoot()
  var start = 0
  while start < queries.rows {
    let rows = min(blockRows, queries.rows - start)
    let sight = Sight(isCausal: isCausal, keys: keyCount, before: keyCount - queries.rows + start)
    scoreBlock(
      queries.base + start * queries.stride, queries.stride, rows, headWidth, places.keysTransposed, sight,
      places.scores, places.scoreStride)
    for row in 0..<rows {
      let count = sight.count(row)
      let (sum, largest) = exponentiate(
        places.scores + row * places.scoreStride, count, zeroEnd(count, padded), scale)
      statistics.largest.base[start + row] = largest
      statistics.inverseSum.base[start + row] = 1 / sum
    }
    let target = output.base + start * output.stride
    weightBlock(
      places.scores, places.scoreStride, rows, places.values, padded, headWidth, sight, target, output.stride)
    for row in 0..<rows {
      scaleRow(target + row * output.stride, headWidth, statistics.inverseSum.base[start + row])
    }
    start += rows
  }
}

/// Gradient of `attend`: writes dQueries, dKeys and dValues from `dOutput`, recomputing the scores block by
/// block. With P the softmax, dP = dOutput V^T and delta = sum(output * dOutput) per query:
/// dS = P (dP - delta) / sqrt(C), dQ = dS K, dK = dS^T Q, dV = P^T dOutput.
/// Source: Dao et al. 2022, arXiv:2205.14135, appendix B.
@inline(never)
public func attendBackward(
  queries: Matrix, keys: Matrix, values: Matrix, isCausal: Bool, output: Matrix, dOutput: Matrix,
  statistics: SoftmaxStatistics, dQueries: Matrix, dKeys: Matrix, dValues: Matrix, scratch: AttentionScratch
) {
  let (keyCount, headWidth) = (keys.rows, keys.columns)
  let padded = Panels.padded(keyCount)
  let blockRows = AttentionScratch.blockRows(keys: 2 * keyCount)
  let places = scratch.places(keys: keyCount, headWidth: headWidth, rows: blockRows)
  packTransposed(keys, into: Panels(base: places.keysTransposed, depth: headWidth, columns: keyCount))
  packTransposed(values, into: Panels(base: places.valuesTransposed, depth: headWidth, columns: keyCount))
  pack(keys, into: Panels(base: places.values, depth: padded, columns: headWidth))
  places.keyGradient.update(repeating: 0, count: 2 * places.head)
  let scale = 1 / Float(headWidth).squareRoot()
  var start = 0
  while start < queries.rows {
    let rows = min(blockRows, queries.rows - start)
    let sight = Sight(isCausal: isCausal, keys: keyCount, before: keyCount - queries.rows + start)
    let delta = dOutput.rows(start..<start + rows)
    let query = queries.rows(start..<start + rows)
    scoreBlock(
      query.base, query.stride, rows, headWidth, places.keysTransposed, sight, places.scores,
      places.scoreStride)
    scoreBlock(
      delta.base, delta.stride, rows, headWidth, places.valuesTransposed, sight, places.scoreGradient,
      places.scoreStride)
    for row in 0..<rows {
      let pull = dotRow(
        output.base + (start + row) * output.stride, delta.base + row * delta.stride, headWidth)
      scoreRowBackward(
        places.scores + row * places.scoreStride, places.scoreGradient + row * places.scoreStride,
        sight.count(row), zeroEnd(sight.count(row), padded), pull, scale,
        statistics.largest.base[start + row], statistics.inverseSum.base[start + row])
    }
    let dQuery = dQueries.base + start * dQueries.stride
    weightBlock(
      places.scoreGradient, places.scoreStride, rows, places.values, padded, headWidth, sight, dQuery,
      dQueries.stride)
    for row in 0..<rows { scaleRow(dQuery + row * dQueries.stride, headWidth, scale) }
    pack(query, into: Panels(base: places.queryPanels, depth: rows, columns: headWidth))
    pack(delta, into: Panels(base: places.outputPanels, depth: rows, columns: headWidth))
    keyBlock(places, rows, headWidth, sight)
    start += rows
  }
  for key in 0..<keyCount {
    let (dKey, dValue) = (dKeys.base + key * dKeys.stride, dValues.base + key * dValues.stride)
    var i = 0
    while i < headWidth {
      (dKey + i).store8((places.keyGradient + key * headWidth + i).load8() * repeated(scale))
      (dValue + i).store8((places.valueGradient + key * headWidth + i).load8())
      i += 8
    }
  }
}

/// End of the zeros after the `count` scores a row sees: what a tile holding the row and up to five later
/// ones may read.
@inline(__always) private func zeroEnd(_ count: Int, _ padded: Int) -> Int {
  min(padded, Panels.padded(count) + 16)
}

/// Scores of a block's rows against every key some row sees.
@inline(never)
private func scoreBlock(
  _ a: Floats, _ aStride: Int, _ rows: Int, _ headWidth: Int, _ panels: Floats, _ sight: Sight,
  _ scores: Floats,
  _ scoreStride: Int
) {
  let seen = sight.count(rows - 1)
  var key = 0
  while key < seen {
    let first = sight.firstRow(seeing: key)
    let step = PanelStep(columns: Panels.padded(seen) - key)
    panelProduct(
      rows: rows - first, step: step, depth: headWidth, a: a + first * aStride,
      aStride: aStride, panel: panels + key * headWidth, panelStride: 16 * headWidth,
      c: scores + first * scoreStride + key, cStride: scoreStride, adding: false)
    key += step.columns
  }
}

/// Rows of weights [rows, keys] times panels [keys, C], each tile over the keys that its rows see.
@inline(never)
private func weightBlock(
  _ weights: Floats, _ weightStride: Int, _ rows: Int, _ panels: Floats, _ padded: Int, _ headWidth: Int,
  _ sight: Sight, _ target: Floats, _ targetStride: Int
) {
  let blockKeys = 384
  var key = 0
  while key < Panels.padded(sight.count(rows - 1)) {
    var column = 0
    while column < headWidth {
      let step = PanelStep(columns: headWidth - column)
      var row = 0
      while row < rows {
        let height = Tile.height(remaining: rows - row)
        let seen = Panels.padded(sight.count(row + height - 1))
        if seen > key {
          panelProduct(
            rows: height, step: step, depth: min(blockKeys, seen - key),
            a: weights + row * weightStride + key, aStride: weightStride,
            panel: panels + column * padded + key * 16, panelStride: 16 * padded,
            c: target + row * targetStride + column, cStride: targetStride, adding: key > 0)
        }
        row += height
      }
      column += step.columns
    }
    key += blockKeys
  }
}

/// Adds a block's share to the gradients of keys and values, each tile of keys over the rows that see it.
@inline(never)
private func keyBlock(_ places: AttentionScratch.Places, _ rows: Int, _ headWidth: Int, _ sight: Sight) {
  let seen = sight.count(rows - 1)
  var key = 0
  while key < seen {
    let height = Tile.height(remaining: seen - key)
    let first = sight.firstRow(seeing: key)
    let offset = first * places.scoreStride + key
    var column = 0
    while column < headWidth {
      let panel = column * rows + first * 16
      let step = PanelStep(columns: headWidth - column)
      transposedPanelProduct(
        rows: height, step: step, depth: rows - first, a: places.scoreGradient + offset,
        depthStride: places.scoreStride, panel: places.queryPanels + panel, panelStride: 16 * rows,
        c: places.keyGradient + key * headWidth + column, cStride: headWidth, adding: true)
      transposedPanelProduct(
        rows: height, step: step, depth: rows - first, a: places.scores + offset,
        depthStride: places.scoreStride, panel: places.outputPanels + panel, panelStride: 16 * rows,
        c: places.valueGradient + key * headWidth + column, cStride: headWidth, adding: true)
      column += step.columns
    }
    key += height
  }
}

/// Turns a row of scores into P, and the same row of dP into P (dP - delta); zeros from `count` to `end`, at
/// least to the next multiple of 16.
@inline(never)
private func scoreRowBackward(
  _ scores: Floats, _ gradient: Floats, _ count: Int, _ end: Int, _ delta: Float, _ scale: Float,
  _ largest: Float, _ inverseSum: Float
) {
  let (factors, offsets) = (repeated(scale * binaryExponent), repeated(-largest))
  let (inverses, deltas) = (repeated(inverseSum), repeated(delta))
  @inline(__always) func weight(_ place: Int) -> Vector8 {
    powerOfTwo(nonPositive: multiplyAdd((scores + place).load8(), factors, offsets)) * inverses
  }
  let last = (count - 1) & ~15
  var i = 0
  while i < last {
    let (p0, p1) = (weight(i), weight(i + 8))
    (scores + i).store8(p0)
    (scores + i + 8).store8(p1)
    (gradient + i).store8(p0 * ((gradient + i).load8() - deltas))
    (gradient + i + 8).store8(p1 * ((gradient + i + 8).load8() - deltas))
    i += 16
  }
  let kept = lanes(before: count - last)
  let (p0, p1) = (weight(last), weight(last + 8))
  (scores + last).store8(keeping(kept.low, of: p0))
  (scores + last + 8).store8(keeping(kept.high, of: p1))
  let (pull0, pull1) = ((gradient + last).load8() - deltas, (gradient + last + 8).load8() - deltas)
  (gradient + last).store8(keeping(kept.low, of: p0 * pull0))
  (gradient + last + 8).store8(keeping(kept.high, of: p1 * pull1))
  i = last + 16
  while i < end {
    (scores + i).store8(repeated(0))
    (gradient + i).store8(repeated(0))
    i += 8
  }
}

@inline(__always) private func scaleRow(_ row: Floats, _ count: Int, _ factor: Float) {
  var i = 0
  while i < count {
    (row + i).store8((row + i).load8() * repeated(factor))
    i += 8
  }
}

@inline(__always) private func dotRow(_ a: Floats, _ b: Floats, _ count: Int) -> Float {
  var total = repeated(0)
  var i = 0
  while i < count {
    total = multiplyAdd((a + i).load8(), (b + i).load8(), total)
    i += 8
  }
  return sum(total)
}
