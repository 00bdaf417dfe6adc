import Foundation
import Testing

@testable import Kernels

/// Blocked attention against a plain one in double precision, over odd shapes.
@Suite struct AttentionKernelTests {
  struct Shape: CustomTestStringConvertible, Sendable {
    let queries, keys, headWidth: Int
    let isCausal: Bool
    var testDescription: String { "\(queries) x \(keys) x \(headWidth)\(isCausal ? " causal" : "")" }
  }

  static let shapes =
    [
      (1, 1), (2, 2), (7, 7), (16, 16), (47, 47), (48, 48), (49, 49), (61, 61), (130, 130), (5, 60),
      (48, 100),
    ]
    .flatMap { queries, keys in
      [8, 16, 24, 32, 64].map { Shape(queries: queries, keys: keys, headWidth: $0, isCausal: true) }
    }
    + [(1, 1), (3, 50), (48, 7), (100, 33), (130, 17), (55, 129)].flatMap { queries, keys in
      [8, 16, 40, 96].map { Shape(queries: queries, keys: keys, headWidth: $0, isCausal: false) }
    }

  /// Queries, keys, values, output and their gradients, heads within wider rows.
  private struct Case {
    let q, k, v, output, dOutput, dq, dk, dv: Matrix
    let statistics: SoftmaxStatistics
    let isCausal: Bool

    init(_ shape: Shape, _ numbers: inout Numbers) {
      let (width, isCausal) = (shape.headWidth, shape.isCausal)
      q = numbers.matrix(shape.queries, width, slack: 8, scale: 2)
      k = numbers.matrix(shape.keys, width, slack: 24, scale: 2)
      v = numbers.matrix(shape.keys, width, slack: 24)
      output = numbers.matrix(shape.queries, width, slack: 16)
      dOutput = numbers.matrix(shape.queries, width, slack: 8)
      dq = numbers.matrix(shape.queries, width, slack: 8)
      dk = numbers.matrix(shape.keys, width, slack: 8)
      dv = numbers.matrix(shape.keys, width, slack: 8)
      statistics = SoftmaxStatistics(
        largest: numbers.vector(shape.queries), inverseSum: numbers.vector(shape.queries))
      self.isCausal = isCausal
    }

    func forward(_ scratch: AttentionScratch) {
      attend(
        queries: q, keys: k, values: v, isCausal: isCausal, into: output, keeping: statistics,
        scratch: scratch)
    }

    func backward(_ scratch: AttentionScratch) {
      attendBackward(
        queries: q, keys: k, values: v, isCausal: isCausal, output: output, dOutput: dOutput,
        statistics: statistics, dQueries: dq, dKeys: dk, dValues: dv, scratch: scratch)
    }

    /// Output, dQueries, dKeys and dValues the plain way.
    func twin() -> (output: [Float], dq: [Float], dk: [Float], dv: [Float]) {
      let (rows, keys, width) = (q.rows, k.rows, q.columns)
      let scale = 1 / Double(width).squareRoot()
      func dot(_ a: Matrix, _ i: Int, _ b: Matrix, _ j: Int) -> Double {
        (0..<width).reduce(0) { $0 + Double(a[i, $1]) * Double(b[j, $1]) }
      }
      var output = [Double](repeating: 0, count: rows * width)
      var dq = output
      var dk = [Double](repeating: 0, count: keys * width)
      var dv = dk
      for i in 0..<rows {
        let seen = isCausal ? keys - rows + i + 1 : keys
        let scores = (0..<seen).map { dot(q, i, k, $0) * scale }
        let top = scores.max() ?? 0
        let total = scores.map { exp($0 - top) }.reduce(0, +)
        let p = scores.map { exp($0 - top) / total }
        let dp = (0..<seen).map { dot(dOutput, i, v, $0) }
        let delta = zip(p, dp).map { $0 * $1 }.reduce(0, +)
        for j in 0..<seen {
          let ds = p[j] * (dp[j] - delta) * scale
          for c in 0..<width {
            output[i * width + c] += p[j] * Double(v[j, c])
            dq[i * width + c] += ds * Double(k[j, c])
            dk[j * width + c] += ds * Double(q[i, c])
            dv[j * width + c] += p[j] * Double(dOutput[i, c])
          }
        }
      }
      return (output.map(Float.init), dq.map(Float.init), dk.map(Float.init), dv.map(Float.init))
    }
  }

  @Test(arguments: shapes) func forwardAndBackwardEqualThePlainOnes(_ shape: Shape) {
    var numbers = Numbers(seed: shape.queries * 1000 + shape.keys)
    let it = Case(shape, &numbers)
    let scratch = AttentionScratch()
    it.forward(scratch)
    it.backward(scratch)
    let twin = it.twin()
    #expect(relativeDistance(it.output.values, twin.output) < 3e-6)
    // One key alone has no gradient: its softmax is 1 whatever the score.
    let floor: Float = shape.keys == 1 ? .infinity : 1e-5
    #expect(relativeDistance(it.dq.values, twin.dq) < floor)
    #expect(relativeDistance(it.dk.values, twin.dk) < floor)
    #expect(relativeDistance(it.dv.values, twin.dv) < 1e-5)
  }

  @Test func aQuerysResultDoesNotDependOnTheOthers() {
    for (seed, width) in [8, 16, 32].enumerated() {
      var numbers = Numbers(seed: seed)
      let it = Case(Shape(queries: 137, keys: 137, headWidth: width, isCausal: true), &numbers)
      it.forward(AttentionScratch())
      for row in [0, 1, 15, 16, 46, 47, 48, 95, 130, 136] {
        let one = numbers.zeros(1, width)
        attend(
          queries: it.q.rows(row..<row + 1), keys: it.k.rows(0..<row + 1), values: it.v.rows(0..<row + 1),
          isCausal: row % 2 == 0, into: one,
          keeping: SoftmaxStatistics(largest: numbers.vector(1), inverseSum: numbers.vector(1)),
          scratch: AttentionScratch())
        #expect(one.values == it.output.row(row).values, "query \(row)")
      }
    }
  }

  @Test func longSequencesGoInSmallerBlocksToTheSameResult() {
    #expect(AttentionScratch.blockRows(keys: 200) == 48)
    #expect(AttentionScratch.blockRows(keys: 3000) == 12)
    var numbers = Numbers(seed: 7)
    let it = Case(Shape(queries: 30, keys: 1700, headWidth: 8, isCausal: true), &numbers)
    let scratch = AttentionScratch()
    it.forward(scratch)
    it.backward(scratch)
    let twin = it.twin()
    #expect(relativeDistance(it.output.values, twin.output) < 3e-6)
    #expect(relativeDistance(it.dk.values, twin.dk) < 1e-5)
  }

  @Test func scratchGrowsInStepWithTheKeys() {
    func floats(_ keys: Int) -> Int {
      let scratch = AttentionScratch()
      _ = scratch.places(keys: keys, headWidth: 32, rows: AttentionScratch.blockRows(keys: keys))
      return scratch.count
    }
    #expect(floats(10_000) < 11 * floats(1000))
  }
}
