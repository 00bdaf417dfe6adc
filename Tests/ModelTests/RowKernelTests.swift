import Foundation
import Testing

@testable import Kernels

/// Kernels on rows against slow twins in double precision.
@Suite struct RowKernelTests {
  private static let widths = [8, 16, 40, 64, 192]

  @Test func exponentialsAreWithinTheirBound() {
    var worst = (e: 0.0, two: 0.0)
    for step in 0..<400_000 {
      let x = -69 + Float(step) * (138 / 400_000)
      let e = Double(exponential(repeated(x))[3])
      worst.e = max(worst.e, abs(e / exp(Double(x)) - 1))
      let y = -100 + Float(step) * (100 / 400_000)
      let two = Double(powerOfTwo(nonPositive: repeated(y))[5])
      worst.two = max(worst.two, abs(two / exp2(Double(y)) - 1))
    }
    #expect(worst.e < 1.3e-7 && worst.two < 1.3e-7, "\(worst)")
  }

  @Test func exponentialsOfTheExtremes() {
    #expect(exponential(repeated(0))[0] == 1 && powerOfTwo(nonPositive: repeated(0))[0] == 1)
    #expect(exponential(repeated(.nan))[0].isNaN && powerOfTwo(nonPositive: repeated(.nan))[0].isNaN)
    #expect(exponential(repeated(.infinity))[0] > 1e29 && exponential(repeated(-.infinity))[0] < 1e-29)
    #expect(powerOfTwo(nonPositive: repeated(-.infinity))[0] < 1e-30)
  }

  @Test(arguments: widths) func normalisationAndItsGradient(_ width: Int) {
    var numbers = Numbers(seed: width)
    let (x, dy) = (numbers.matrix(5, width, slack: 8), numbers.matrix(5, width))
    let (gain, inverse) = (numbers.vector(width), numbers.vector(5))
    let y = numbers.zeros(5, width)
    normalizeRows(x, gain: gain, into: y, keeping: inverse)
    let (dx, dGain) = (numbers.matrix(5, width), numbers.vector(width))
    var expectedDx = dx.values
    var expectedDGain = dGain.values
    normalizeRowsBackward(dy, x: x, gain: gain, inverse: inverse, addingTo: dx, gainGradient: dGain)
    var expected: [Float] = []
    for row in 0..<5 {
      let values = x.row(row).values.map(Double.init)
      let r = 1 / (values.map { $0 * $0 }.reduce(0, +) / Double(width) + 1e-5).squareRoot()
      expected += (0..<width).map { Float(values[$0] * r * Double(gain[$0])) }
      let pull = (0..<width).map { values[$0] * Double(dy[row, $0] * gain[$0]) }.reduce(0, +)
      for i in 0..<width {
        let direct = Double(dy[row, i] * gain[i]) * r
        expectedDx[row * width + i] += Float(direct - pull * values[i] * r * r * r / Double(width))
        expectedDGain[i] += Float(values[i] * r * Double(dy[row, i]))
      }
    }
    #expect(relativeDistance(y.values, expected) < 1e-6)
    #expect(relativeDistance(dx.values, expectedDx) < 2e-6)
    #expect(relativeDistance(dGain.values, expectedDGain) < 2e-6)
  }

  @Test(arguments: widths) func theGateAndItsGradient(_ width: Int) {
    var numbers = Numbers(seed: 10 + width)
    let gateUp = numbers.matrix(4, 2 * width, scale: 6)
    let dy = numbers.matrix(4, width)
    let (y, again, d) = (numbers.zeros(4, width), numbers.zeros(4, width), numbers.zeros(4, 2 * width))
    gateRows(gateUp, into: y)
    gateRowsBackward(dy, gateUp: gateUp, into: d, recomputing: again)
    var (expected, expectedD) = ([Float](), [Float]())
    for row in 0..<4 {
      let gates = (0..<width).map { Double(gateUp[row, $0]) }
      let sigmoids = gates.map { 1 / (1 + exp(-$0)) }
      expected += (0..<width).map { Float(gates[$0] * sigmoids[$0] * Double(gateUp[row, width + $0])) }
      expectedD += (0..<width).map { i in
        let slope = sigmoids[i] * (1 + gates[i] * (1 - sigmoids[i]))
        return Float(Double(dy[row, i]) * Double(gateUp[row, width + i]) * slope)
      }
      expectedD += (0..<width).map { Float(Double(dy[row, $0]) * gates[$0] * sigmoids[$0]) }
    }
    #expect(relativeDistance(y.values, expected) < 1e-6)
    #expect(again.values == y.values)
    #expect(relativeDistance(d.values, expectedD) < 1e-6)
  }

  @Test func rotationTurnsPairsAndBackAgain() {
    var numbers = Numbers(seed: 20)
    let table = numbers.zeros(30, 32)
    for position in 0..<30 {
      for pair in 0..<8 {
        let angle = Double(position) * pow(10_000, -Double(pair) / 8)
        for lane in 0..<2 {
          table[position, 2 * pair + lane] = Float(cos(angle))
          table[position, 16 + 2 * pair + lane] = Float(lane == 0 ? -sin(angle) : sin(angle))
        }
      }
    }
    let x = numbers.matrix(25, 48, slack: 16)
    let before = x.values
    rotateRows(x, table: table, firstPosition: 5)
    for (row, pair) in [(0, 0), (3, 1), (24, 7), (10, 4)] {
      for head in 0..<3 {
        let i = head * 16 + 2 * pair
        let angle = Double(5 + row) * pow(10_000, -Double(pair) / 8)
        let (a, b) = (Double(before[row * 48 + i]), Double(before[row * 48 + i + 1]))
        #expect(abs(Double(x[row, i]) - (a * cos(angle) - b * sin(angle))) < 1e-6)
        #expect(abs(Double(x[row, i + 1]) - (a * sin(angle) + b * cos(angle))) < 1e-6)
      }
    }
    rotateRows(x, table: table, firstPosition: 5, isInverse: true)
    #expect(relativeDistance(x.values, before) < 1e-6)
  }

  @Test(arguments: [1, 2, 8, 15, 16, 17, 31, 118, 200]) func softmaxAndCrossEntropy(_ count: Int) {
    var numbers = Numbers(seed: 30 + count)
    let logits = numbers.vector(count, scale: 9)
    let before = logits.values.map(Double.init)
    let total = before.map { exp($0) }.reduce(0, +)
    let probabilities = before.map { Float(exp($0) / total) }
    softmaxRow(logits)
    #expect(relativeDistance(logits.values, probabilities) < 2e-6)
    for (i, value) in before.enumerated() { logits[i] = Float(value) }
    let target = numbers.integer(below: count)
    let loss = crossEntropyRow(logits, target: target, weight: 0.25)
    #expect(abs(loss - (log(total) - before[target])) < 4e-6)
    let expected = probabilities.enumerated().map { 0.25 * ($1 - ($0 == target ? 1 : 0)) }
    #expect(zip(logits.values, expected).allSatisfy { abs($0 - $1) < 1e-6 })
  }

  @Test func aRowOfExponentialsIgnoresWhatLiesBeyondIt() {
    var numbers = Numbers(seed: 40)
    for count in 1...50 {
      let row = numbers.vector(64, scale: 5)
      let copy = numbers.vector(64)
      for i in 0..<64 { copy[i] = i < count ? row[i] : .nan }
      let first = exponentiateRow(row, count: count, paddedCount: 64, scale: 0.5)
      let second = exponentiateRow(copy, count: count, paddedCount: 48, scale: 0.5)
      #expect(first == second)
      #expect(Array(row.values[..<count]) == Array(copy.values[..<count]))
      #expect(row.values[count...].allSatisfy { $0 == 0 })
    }
  }

  @Test func aScoreThatIsNotANumberSpoilsItsRow() {
    var numbers = Numbers(seed: 41)
    for place in [0, 9, 18] {
      for bad in [Float.nan, .infinity] {
        let row = numbers.vector(32)
        row[place] = bad
        softmaxRow(row.slice(0..<19))
        #expect(row.values[..<19].contains { $0.isNaN })
      }
    }
  }

  @Test func embeddingRowsAreCopiedAndAdded() {
    var numbers = Numbers(seed: 50)
    let (table, x) = (numbers.matrix(7, 24), numbers.matrix(3, 24, slack: 8))
    copyRow(5, of: table, to: 1, of: x)
    #expect(x.row(1).values == table.row(5).values)
    addRow(2, of: table, to: 1, of: x)
    #expect(x.row(1).values == zip(table.row(5).values, table.row(2).values).map { $0 + $1 })
  }
}
