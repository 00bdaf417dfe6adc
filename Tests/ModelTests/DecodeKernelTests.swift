import Testing

@testable import Kernels

/// The kernels of decoding against those of training, bit for bit.
struct DecodeKernelTests {
  @Test(arguments: [1, 2, 3, 5, 6, 7, 9, 12, 13, 25])
  func aProductOfFewRowsIsTheProduct(rows: Int) {
    var numbers = Numbers(seed: rows)
    for (depth, columns) in [(8, 8), (16, 40), (64, 192), (48, 24), (704, 33)] {
      let x = numbers.matrix(rows, depth, slack: 3)
      let panels = numbers.panels(depth: depth, columns: columns)
      packTransposed(numbers.matrix(columns, depth), into: panels)
      for adding in [false, true] {
        let (expected, found) = (
          numbers.matrix(rows, columns, slack: 16), numbers.zeros(rows, columns, slack: 16)
        )
        found.copy(from: expected)
        multiply(x, panels, into: expected, adding: adding)
        multiplyFewRows(x, panels, into: found, adding: adding)
        #expect(found.values == expected.values, "\(rows) x \(depth) x \(columns), adding: \(adding)")
      }
    }
  }

  /// Heads, their width, tokens of each segment.
  private static let shapes: [(heads: Int, width: Int, segments: [Int])] = [
    (8, 8, [16, 64]), (6, 8, [64, 64]), (4, 16, [64, 64, 64]), (3, 16, [32, 64]), (4, 24, [128]),
    (4, 32, [48, 64]), (1, 32, [64, 64]), (2, 40, [64, 16]), (3, 64, [64, 64]), (2, 96, [16, 16, 64]),
    (1, 128, [160]),
  ]

  @Test(arguments: shapes.indices, [false, true])
  func decodingAttendsAsTrainingDoes(shape index: Int, isHalf: Bool) {
    let (heads, headWidth, capacities) = Self.shapes[index]
    let (tokens, width) = (capacities.reduce(0, +), heads * headWidth)
    var numbers = Numbers(seed: index)
    let rows = (0..<3).map { _ in numbers.matrix(tokens, width) }
    let expected = numbers.zeros(tokens, width)
    let statistics = SoftmaxStatistics(largest: numbers.vector(tokens), inverseSum: numbers.vector(tokens))
    let attentionScratch = AttentionScratch()
    for head in 0..<heads {
      func columns(_ matrix: Matrix) -> Matrix { matrix.columns(head * headWidth..<(head + 1) * headWidth) }
      attend(
        queries: columns(rows[0]), keys: columns(rows[1]), values: columns(rows[2]), isCausal: true,
        into: columns(expected), keeping: statistics, scratch: attentionScratch)
    }
    let shape = DecodeShape(heads: heads, headWidth: headWidth, isHalfPrecision: isHalf)
    let layers = 2
    let memory = capacities.map {
      // What was there before must not matter, not even outside the tokens in use.
      numbers.vector(shape.segmentByteCount(capacity: $0, layers: layers) / 4, scale: .nan)
    }
    let segments = zip(memory, capacities).map { DecodeSegment(base: $0.base, capacity: $1) }
    let scratch = numbers.vector(shape.scratchCount(tokens: tokens))
    let output = numbers.vector(width)
    var worst: Float = 0
    var (segment, first) = (0, 0)
    for token in 0..<tokens {
      if token - first == capacities[segment] {
        first += capacities[segment]
        segment += 1
      }
      segments[segment].store(
        key: rows[1].row(token), value: rows[2].row(token), layer: 1, at: token - first, shape: shape)
      for areFar in [false, true] {
        segments.withUnsafeBufferPointer {
          attendDecoding(
            query: rows[0].row(token), segments: $0, layer: 1, count: token + 1, shape: shape,
            areFar: areFar, into: output, scratch: scratch)
        }
        for i in 0..<width { worst = max(worst, abs(output[i] - expected[token, i])) }
      }
    }
    // 16-bit numbers up to 1 are rounded by up to 2.5e-4; scores are sums of up to 128 of them.
    #expect(isHalf ? worst < 3e-3 : worst == 0, "worst difference \(worst)")
  }

  @Test(arguments: [1, 6, 11], [1, 15, 16, 17, 120])
  func rowsAttendToAPromptAsTrainingDoes(rows: Int, tokens: Int) {
    var numbers = Numbers(seed: rows * tokens)
    for headWidth in [8, 16, 24, 64] {
      let queries = numbers.matrix(rows, headWidth, slack: 8)
      let (keys, values) = (numbers.matrix(tokens, headWidth), numbers.matrix(tokens, headWidth))
      let (expected, found) = (numbers.zeros(rows, headWidth), numbers.zeros(rows, headWidth))
      attend(
        queries: queries, keys: keys, values: values, isCausal: false, into: expected,
        keeping: SoftmaxStatistics(largest: numbers.vector(rows), inverseSum: numbers.vector(rows)),
        scratch: AttentionScratch())
      let memory = numbers.vector(PromptHead.count(tokens: tokens, headWidth: headWidth), scale: .nan)
      let head = PromptHead(base: memory.base, tokens: tokens, headWidth: headWidth)
      head.pack(keys: keys, values: values)
      head.attend(
        queries: queries, into: found,
        scratch: numbers.vector(PromptHead.scratchCount(tokens: tokens, rows: rows)))
      #expect(found.values == expected.values, "heads of \(headWidth)")
    }
  }
}
