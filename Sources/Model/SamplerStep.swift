import Kernels

/// The decoder, one token for each of a few rows, with cached keys and values. The same arithmetic as
/// `Network`, row by row, so the logits are the same bits.
final class SamplerStep {
  let cache: KeyValueCache
  private let pass: Pass
  private let layout: ParameterLayout.Stack
  private let width: Int
  /// Working memory: [rows, ...] each.
  private let x: Matrix
  private let normed: Matrix
  private let queryKeyValue: Matrix
  private let attended: Matrix
  private let query: Matrix
  private let gateUp: Matrix
  private let gated: Matrix
  private let roomyLogits: Matrix
  private let inverse: Vector
  private var decodeScratch = FloatBuffer(count: 0)
  private let promptScratch: FloatBuffer
  private let arena = Arena()
  private var places: [Place] = []
  /// The segments of all rows, row after row.
  private var segments: [DecodeSegment] = []

  /// What the layers need of a row, laid flat: the rows themselves are objects, and touching them in every
  /// layer costs as much as the small kernels.
  private struct Place {
    /// Place in the cached sequence of the token being read.
    let position: Int
    let segments: Range<Int>
    /// Where that token lies in the last segment.
    let ownIndex: Int
  }

  init(pass: Pass, rows: Int, longestPrompt: Int, isHalfPrecision: Bool) {
    self.pass = pass
    let configuration = pass.configuration
    layout = pass.parameters.layout.decoder
    width = configuration.width
    let shape = DecodeShape(
      heads: configuration.heads, headWidth: configuration.headWidth, isHalfPrecision: isHalfPrecision)
    cache = KeyValueCache(shape: shape, layers: configuration.decoderLayers)
    x = arena.matrix(rows: rows, columns: width)
    normed = arena.matrix(rows: rows, columns: width)
    queryKeyValue = arena.matrix(rows: rows, columns: 3 * width)
    attended = arena.matrix(rows: rows, columns: width)
    query = arena.matrix(rows: rows, columns: width)
    gateUp = arena.matrix(rows: rows, columns: 2 * configuration.hiddenWidth)
    gated = arena.matrix(rows: rows, columns: configuration.hiddenWidth)
    roomyLogits = arena.matrix(rows: rows, columns: Panels.padded(configuration.vocabularySize))
    inverse = arena.vector(count: rows)
    promptScratch = FloatBuffer(count: PromptHead.scratchCount(tokens: longestPrompt, rows: rows))
  }

  /// Reads the token each row is at and gives the logits of the next: [rows, V], with room for whole panels.
  /// `areFar`: the rows' keys and values are too many to have stayed in a cache since the last step.
  func logits(of rows: ArraySlice<SamplerRow>, areFar: Bool) -> Matrix {
    let active = 0..<rows.count
    let (x, normed) = (x.rows(active), normed.rows(active))
    prepare(rows)
    let embedding = EmbeddingLayer(place: layout.embedding)
    for (index, row) in rows.enumerated() {
      embedding.embed(
        row.tokens, at: row.tokens.count - 1, start: 0, into: index, of: x, pass.parameters)
    }
    for (index, layer) in layout.layers.enumerated() {
      attendToSelf(layer.attention, index, x, normed, areFar: areFar)
      if let cross = layer.crossAttention { attendToPrompts(cross, index, rows, x, normed) }
      feedForward(layer.feedForward, x, normed)
    }
    normalize(x, layout.norm, into: normed)
    let logits = roomyLogits.rows(active).columns(0..<layout.output.outputs)
    apply(layout.output, to: normed, into: logits)
    return logits
  }

  private func prepare(_ rows: ArraySlice<SamplerRow>) {
    places.removeAll(keepingCapacity: true)
    segments.removeAll(keepingCapacity: true)
    var longest = 0
    for row in rows {
      row.reserve(in: cache, layers: layout.layers.count)
      let first = segments.count
      segments.append(contentsOf: row.segments)
      places.append(
        Place(position: row.position, segments: first..<segments.count, ownIndex: row.placeInLastSegment))
      longest = max(longest, row.position + 1)
    }
    pass.prepare(positions: longest)
    let needed = cache.shape.scratchCount(tokens: longest)
    if decodeScratch.count < needed { decodeScratch = FloatBuffer(count: 2 * needed) }
  }

  private func attendToSelf(
    _ place: ParameterLayout.SelfAttention, _ layer: Int, _ x: Matrix, _ normed: Matrix, areFar: Bool
  ) {
    let queryKeyValue = queryKeyValue.rows(0..<x.rows)
    let attended = attended.rows(0..<x.rows)
    let scratch = decodeScratch.vector(count: decodeScratch.count)
    let (shape, table) = (cache.shape, pass.rotation.rows)
    normalize(x, place.norm, into: normed)
    apply(place.queryKeyValue, to: normed, into: queryKeyValue)
    segments.withUnsafeBufferPointer { segments in
      for (index, row) in places.enumerated() {
        rotateRows(
          queryKeyValue.rows(index..<index + 1).columns(0..<2 * width), table: table,
          firstPosition: row.position)
        let numbers = queryKeyValue.row(index)
        segments[row.segments.upperBound - 1].store(
          key: numbers.slice(width..<2 * width), value: numbers.slice(2 * width..<3 * width), layer: layer,
          at: row.ownIndex, shape: shape)
        attendDecoding(
          query: numbers.slice(0..<width), segments: UnsafeBufferPointer(rebasing: segments[row.segments]),
          layer: layer, count: row.position + 1, shape: shape, areFar: areFar, into: attended.row(index),
          scratch: scratch)
      }
    }
    apply(place.output, to: attended, into: x, adding: true)
  }

  private func attendToPrompts(
    _ place: ParameterLayout.CrossAttention, _ layer: Int, _ rows: ArraySlice<SamplerRow>, _ x: Matrix,
    _ normed: Matrix
  ) {
    let query = query.rows(0..<rows.count)
    let attended = attended.rows(0..<rows.count)
    let scratch = promptScratch.vector(count: promptScratch.count)
    normalize(x, place.norm, into: normed)
    apply(place.query, to: normed, into: query)
    let (heads, headWidth) = (pass.configuration.heads, pass.configuration.headWidth)
    var start = 0
    while start < rows.count {
      let prompt = rows[start].prompt
      var end = start + 1
      while end < rows.count, rows[end].prompt === prompt { end += 1 }
      for head in 0..<heads {
        let own = head * headWidth..<(head + 1) * headWidth
        prompt.head(head, layer: layer).attend(
          queries: query.rows(start..<end).columns(own), into: attended.rows(start..<end).columns(own),
          scratch: scratch)
      }
      start = end
    }
    apply(place.output, to: attended, into: x, adding: true)
  }

  private func feedForward(_ place: ParameterLayout.FeedForward, _ x: Matrix, _ normed: Matrix) {
    let (gateUp, gated) = (gateUp.rows(0..<x.rows), gated.rows(0..<x.rows))
    normalize(x, place.norm, into: normed)
    apply(place.gateUp, to: normed, into: gateUp)
    gateRows(gateUp, into: gated)
    apply(place.down, to: gated, into: x, adding: true)
  }

  private func apply(_ linear: ParameterLayout.Linear, to x: Matrix, into y: Matrix, adding: Bool = false) {
    multiplyFewRows(x, pass.weights.forward(linear), into: y, adding: adding)
  }

  private func normalize(_ x: Matrix, _ gain: ParameterLayout.Gain, into y: Matrix) {
    normalizeRows(x, gain: pass.parameters.gain(gain), into: y, keeping: inverse.slice(0..<x.rows))
  }
}
