import Testing

@testable import Kernels

/// Products against their slow twins, bit for bit.
@Suite struct ProductTests {
  private static let rows = [1, 2, 3, 5, 6, 7, 8, 9, 10, 12, 13, 47, 48, 49, 101]

  @Test(arguments: rows) func aProductIsOneChainPerElement(_ rows: Int) {
    var numbers = Numbers(seed: rows)
    for (depth, columns) in [(8, 16), (16, 8), (24, 13), (40, 24), (64, 118), (392, 17), (800, 40)] {
      let x = numbers.matrix(rows, depth, slack: 3)
      let weight = numbers.matrix(columns, depth, slack: 8)
      let panels = numbers.panels(depth: depth, columns: columns)
      packTransposed(weight, into: panels)
      let y = numbers.matrix(rows, columns, slack: 16)
      let before = y.values
      multiply(x, panels, into: y, adding: true)
      #expect(y.values == chainedProduct(x, transposed: weight, startingFrom: before))
      multiply(x, panels, into: y)
      #expect(y.values == chainedProduct(x, transposed: weight), "\(rows) x \(depth) x \(columns)")
    }
  }

  @Test func aRowsResultDoesNotDependOnTheRowsBesideIt() {
    var numbers = Numbers(seed: 1)
    let x = numbers.matrix(53, 64)
    let panels = numbers.panels(depth: 64, columns: 40)
    packTransposed(numbers.matrix(40, 64), into: panels)
    let all = numbers.zeros(53, 40)
    multiply(x, panels, into: all)
    for row in 0..<53 {
      let one = numbers.zeros(1, 40)
      multiply(x.rows(row..<row + 1), panels, into: one)
      #expect(one.values == all.row(row).values)
    }
  }

  @Test func columnsBeyondTheLastEightStayUntouched() {
    var numbers = Numbers(seed: 2)
    let x = numbers.matrix(7, 16)
    let panels = numbers.panels(depth: 16, columns: 24)
    packTransposed(numbers.matrix(24, 16), into: panels)
    let wide = numbers.matrix(7, 40)
    let before = wide.columns(24..<40).values
    multiply(x, panels, into: wide.columns(0..<24))
    #expect(wide.columns(24..<40).values == before)
  }

  @Test func packingAsItIsMultipliesByTheMatrixItself() {
    var numbers = Numbers(seed: 3)
    for (rows, depth, room, columns) in [(5, 7, 7, 16), (9, 33, 48, 24), (2, 1, 16, 8)] {
      let matrix = numbers.matrix(depth, columns, slack: 5)
      let panels = numbers.panels(depth: room, columns: columns)
      pack(matrix, into: panels)
      let x = numbers.matrix(rows, room)
      let y = numbers.zeros(rows, columns)
      multiply(x, panels, into: y)
      let transpose = numbers.zeros(columns, room)
      for k in 0..<depth { for j in 0..<columns { transpose[j, k] = matrix[k, j] } }
      #expect(y.values == chainedProduct(x, transposed: transpose))
    }
  }

  @Test(arguments: rows) func aWeightGradientIsOneChainOverTheRows(_ rows: Int) {
    var numbers = Numbers(seed: 100 + rows)
    for (outputs, inputs) in [(1, 8), (6, 16), (7, 24), (48, 16), (53, 40), (118, 64)] {
      let dy = numbers.matrix(rows, outputs, slack: 10)
      let x = numbers.matrix(rows, inputs, slack: 8)
      let gradient = numbers.matrix(outputs, inputs, slack: 8)
      let before = gradient.values
      let scratch = numbers.vector(weightGradientScratchCount(inputs: inputs))
      let (dyT, xT) = (transposed(dy, &numbers), transposed(x, &numbers))
      addWeightGradient(dy, x, to: gradient, scratch: scratch)
      #expect(gradient.values == chainedProduct(dyT, transposed: xT, startingFrom: before))
      addWeightGradient(dy, x, to: gradient, adding: false, scratch: scratch)
      #expect(gradient.values == chainedProduct(dyT, transposed: xT), "\(rows): \(outputs) x \(inputs)")
    }
  }

  @Test func notANumberStaysInItsRow() {
    var numbers = Numbers(seed: 4)
    let x = numbers.matrix(13, 16)
    let panels = numbers.panels(depth: 16, columns: 16)
    packTransposed(numbers.matrix(16, 16), into: panels)
    let clean = numbers.zeros(13, 16)
    multiply(x, panels, into: clean)
    x[4, 7] = .nan
    x[9, 0] = .infinity
    let y = numbers.zeros(13, 16)
    multiply(x, panels, into: y)
    for row in 0..<13 {
      switch row {
      case 4: #expect(y.row(row).values.allSatisfy { $0.isNaN })
      case 9: #expect(y.row(row).values.allSatisfy { !$0.isFinite })
      default: #expect(y.row(row).values == clean.row(row).values)
      }
    }
  }

  private func transposed(_ matrix: Matrix, _ numbers: inout Numbers) -> Matrix {
    let result = numbers.zeros(matrix.columns, matrix.rows)
    for i in 0..<matrix.rows { for j in 0..<matrix.columns { result[j, i] = matrix[i, j] } }
    return result
  }
}
