internal import CKernelSupport

/// Attention of one new token over the tokens cached before it and itself, all heads of one layer:
/// `output = softmax(query keys^T / sqrt(C)) values`, bit for bit what `attend` computes for the same query
/// when the cache is in single precision.
///
/// The tokens are the first `count` of the segments in order. query, output: [heads * C]; scratch:
/// `shape.scratchCount(tokens: count)` floats. `areFar` says that keys and values are not expected in a cache
/// near by: values are then asked for while the keys before them are read, and the other way round; for near
/// ones that costs more than it gains. It changes no result.
@inline(never)
public func attendDecoding(
  query: Vector, segments: UnsafeBufferPointer<DecodeSegment>, layer: Int, count: Int, shape: DecodeShape,
  areFar: Bool = false, into output: Vector, scratch: Vector
) {
  demand(count > 0 && scratch.count >= shape.scratchCount(tokens: count))
  let sequence = Sequence(segments: segments, layer: layer, count: count, shape: shape)
  let (query, output, scratch) = (query.base, output.base, scratch.base)
  switch (shape.isHalfPrecision, areFar) {
  case (false, false): attendGroups(Reader<Float, Near>(), query, sequence, output, scratch)
  case (false, true): attendGroups(Reader<Float, Far>(), query, sequence, output, scratch)
  case (true, false): attendGroups(Reader<Float16, Near>(), query, sequence, output, scratch)
  case (true, true): attendGroups(Reader<Float16, Far>(), query, sequence, output, scratch)
  }
}

/// How the numbers of the cache are read: their type, and whether others are asked for meanwhile.
private struct Reader<Number: CacheNumber, Reach: CacheReach> {
  /// Eight numbers from `place` on; those `ahead` numbers further on are asked for.
  @inline(__always) func load8(_ place: UnsafeMutablePointer<Number>, ahead: Int) -> Vector8 {
    Reach.ask(place + ahead)
    return Number.load8(place)
  }
}

private protocol CacheReach {
  static func ask(_ place: UnsafeRawPointer)
}

private enum Near: CacheReach {
  @inline(__always) static func ask(_ place: UnsafeRawPointer) {}
}

private enum Far: CacheReach {
  @inline(__always) static func ask(_ place: UnsafeRawPointer) { sh_prefetch(place) }
}

/// One layer's view of the tokens.
private struct Sequence {
  let segments: UnsafeBufferPointer<DecodeSegment>
  let layer: Int
  let count: Int
  let shape: DecodeShape

  /// Numbers from a key's place in `segment` to the same place among its values.
  @inline(__always)
  func reach(_ segment: DecodeSegment) -> Int { segment.capacity * shape.heads * shape.headWidth }

  /// Calls `body` with each segment, its first token and its number of tokens.
  @inline(__always)
  func forEachSegment(_ body: (DecodeSegment, _ first: Int, _ count: Int) -> Void) {
    var (first, index) = (0, 0)
    while first < count {
      let segment = segments[index]
      body(segment, first, min(segment.capacity, count - first))
      first += segment.capacity
      index += 1
    }
  }
}

/// The exponentials of a group of heads, `stride` apart, and one over the sum of each.
private struct Weights {
  let base: Floats
  let stride: Int
  let inverseSums: Floats
}

@inline(__always)
private func attendGroups<Number: CacheNumber, Reach: CacheReach>(
  _ reader: Reader<Number, Reach>, _ query: Floats, _ sequence: Sequence, _ output: Floats, _ scratch: Floats
) {
  let (shape, count) = (sequence.shape, sequence.count)
  let (headWidth, group) = (shape.headWidth, shape.groupHeads)
  let stride = Panels.rowStride(count)
  let weights = Weights(base: scratch, stride: stride, inverseSums: scratch + group * stride)
  let scale = 1 / Float(headWidth).squareRoot()
  var head = 0
  while head < shape.heads {
    for member in 0..<group {
      let (scores, place) = (scratch + member * stride, (head + member) * headWidth)
      sequence.forEachSegment { segment, first, tokens in
        let keys = segment.keys(Number.self, sequence.layer, shape) + place * segment.capacity
        scoreBlocks(
          reader, query + place, keys, (tokens + 15) / 16, headWidth, scores + first, sequence.reach(segment))
      }
      weights.inverseSums[member] = 1 / exponentiate(scores, count, (count + 7) / 8 * 8, scale).sum
    }
    weighGroup(reader, weights, sequence, head, output + head * headWidth)
    head += group
  }
}

/// Scores of 16 * `blocks` tokens, 64 at a time: eight chains hide the latency of one.
@inline(__always)
private func scoreBlocks<Number: CacheNumber, Reach: CacheReach>(
  _ reader: Reader<Number, Reach>, _ query: Floats, _ keys: UnsafeMutablePointer<Number>, _ blocks: Int,
  _ headWidth: Int, _ scores: Floats, _ ahead: Int
) {
  let zero = repeated(0)
  var block = 0
  while block + 4 <= blocks {
    score(
      InlineArray<4, Vector8>(repeating: zero), reader, query, keys + block * 16 * headWidth, headWidth,
      scores + block * 16, ahead)
    block += 4
  }
  let (rest, place) = (keys + block * 16 * headWidth, scores + block * 16)
  switch blocks - block {
  case 3: score(InlineArray<3, Vector8>(repeating: zero), reader, query, rest, headWidth, place, ahead)
  case 2: score(InlineArray<2, Vector8>(repeating: zero), reader, query, rest, headWidth, place, ahead)
  case 1: score(InlineArray<1, Vector8>(repeating: zero), reader, query, rest, headWidth, place, ahead)
  default: break
  }
}

/// Scores of B blocks of 16 tokens. `zeros` only says how many.
@inline(__always)
private func score<Number: CacheNumber, Reach: CacheReach, let B: Int>(
  _ zeros: InlineArray<B, Vector8>, _ reader: Reader<Number, Reach>, _ query: Floats,
  _ keys: UnsafeMutablePointer<Number>, _ headWidth: Int, _ scores: Floats, _ ahead: Int
) {
  var left = zeros
  var right = zeros
  for channel in 0..<headWidth {
    let value = repeated(query[channel])
    for b in 0..<B {
      let place = keys + (b * headWidth + channel) * 16
      left[b] = multiplyAdd(value, reader.load8(place, ahead: ahead), left[b])
      right[b] = multiplyAdd(value, Number.load8(place + 8), right[b])
    }
  }
  for b in 0..<B {
    (scores + b * 16).store8(left[b])
    (scores + b * 16 + 8).store8(right[b])
  }
}

/// Weighted values of a group of heads: as many chains at once as the registers hold.
@inline(__always)
private func weighGroup<Number: CacheNumber, Reach: CacheReach>(
  _ reader: Reader<Number, Reach>, _ weights: Weights, _ sequence: Sequence, _ head: Int, _ output: Floats
) {
  let place = Values(reader: reader, sequence: sequence, head: head)
  switch (sequence.shape.groupHeads, sequence.shape.headWidth / 8) {
  case (8, 1): weigh(Chains<8, 1>(), weights, place, output)
  case (4, 1): weigh(Chains<4, 1>(), weights, place, output)
  case (2, 1): weigh(Chains<2, 1>(), weights, place, output)
  case (4, 2): weigh(Chains<4, 2>(), weights, place, output)
  case (2, 2): weigh(Chains<2, 2>(), weights, place, output)
  case (2, 3): weigh(Chains<2, 3>(), weights, place, output)
  case (2, 4): weigh(Chains<2, 4>(), weights, place, output)
  default: weighWide(weights, place, output)
  }
}

/// Weighted values of one head, up to 64 channels at a time.
@inline(__always)
private func weighWide<Number: CacheNumber, Reach: CacheReach>(
  _ weights: Weights, _ values: Values<Number, Reach>, _ output: Floats
) {
  var place = values
  while place.channel < values.rowStride {
    let target = output + place.channel
    if values.rowStride - place.channel >= 64 {
      weigh(Chains<1, 8>(), weights, place, target)
      place.channel += 64
    } else if values.rowStride - place.channel >= 32 {
      weigh(Chains<1, 4>(), weights, place, target)
      place.channel += 32
    } else {
      weigh(Chains<1, 1>(), weights, place, target)
      place.channel += 8
    }
  }
}

/// Rows of values of the group of heads that begins with `head`, from `channel` of a row on.
private struct Values<Number: CacheNumber, Reach: CacheReach> {
  let reader: Reader<Number, Reach>
  let sequence: Sequence
  let head: Int
  var channel = 0

  var rowStride: Int { sequence.shape.groupHeads * sequence.shape.headWidth }

  @inline(__always)
  func row(of segment: DecodeSegment) -> UnsafeMutablePointer<Number> {
    segment.values(Number.self, sequence.layer, sequence.shape)
      + head * sequence.shape.headWidth * segment.capacity + channel
  }
}

/// Sums of G heads of M * 8 channels.
private struct Chains<let G: Int, let M: Int> {
  var sums = InlineArray<G, InlineArray<M, Vector8>>(repeating: InlineArray(repeating: repeated(0)))
}

@inline(__always)
private func weigh<Number: CacheNumber, Reach: CacheReach, let G: Int, let M: Int>(
  _ zeros: Chains<G, M>, _ weights: Weights, _ values: Values<Number, Reach>, _ output: Floats
) {
  var chains = zeros
  let rowStride = values.rowStride
  values.sequence.forEachSegment { segment, first, tokens in
    var row = values.row(of: segment)
    let ahead = rowStride * segment.capacity - values.sequence.reach(segment)
    var sums = chains.sums
    for token in first..<first + tokens {
      for head in 0..<G {
        let weight = repeated(weights.base[head * weights.stride + token])
        for i in 0..<M {
          let place = row + (head * M + i) * 8
          let numbers = i % 2 == 0 ? values.reader.load8(place, ahead: ahead) : Number.load8(place)
          sums[head][i] = multiplyAdd(weight, numbers, sums[head][i])
        }
      }
      row += rowStride
    }
    chains.sums = sums
  }
  for head in 0..<G {
    let factor = repeated(weights.inverseSums[head])
    for i in 0..<M { (output + (head * M + i) * 8).store8(chains.sums[head][i] * factor) }
  }
}
