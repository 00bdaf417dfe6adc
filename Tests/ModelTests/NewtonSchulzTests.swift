import Testing

@testable import Kernels
@testable import Model

/// Orthogonal factors against double precision by the definition: five steps on the matrix itself.
@Suite struct NewtonSchulzTests {
  /// A matrix in double precision, row by row.
  private struct Exact {
    var rows: Int
    var columns: Int
    var values: [Double]

    init(_ matrix: Matrix) {
      (rows, columns, values) = (matrix.rows, matrix.columns, matrix.values.map(Double.init))
    }

    init(rows: Int, columns: Int) {
      (self.rows, self.columns) = (rows, columns)
      values = [Double](repeating: 0, count: rows * columns)
    }

    var transposed: Exact {
      var result = Exact(rows: columns, columns: rows)
      for i in 0..<rows { for j in 0..<columns { result.values[j * rows + i] = values[i * columns + j] } }
      return result
    }

    static func * (a: Exact, b: Exact) -> Exact {
      var result = Exact(rows: a.rows, columns: b.columns)
      for i in 0..<a.rows {
        for k in 0..<a.columns {
          let factor = a.values[i * a.columns + k]
          for j in 0..<b.columns { result.values[i * b.columns + j] += factor * b.values[k * b.columns + j] }
        }
      }
      return result
    }

    /// X <- a X + b (X X^T) X + c (X X^T)^2 X, five times, from X / |X| on.
    var orthogonalized: Exact {
      if rows > columns { return transposed.orthogonalized.transposed }
      var x = self
      let norm = values.reduce(0) { $0 + $1 * $1 }.squareRoot()
      x.values = values.map { $0 / norm }
      for _ in 0..<5 {
        let gram = x * x.transposed
        let (third, fifth) = (gram * x, gram * gram * x)
        for i in x.values.indices {
          x.values[i] = 3.4445 * x.values[i] - 4.7750 * third.values[i] + 2.0315 * fifth.values[i]
        }
      }
      return x
    }
  }

  private func orthogonalized(_ x: Exact) -> [Float] {
    let (copy, result) = (FloatBuffer(count: x.values.count), FloatBuffer(count: x.values.count))
    for (index, value) in x.values.enumerated() {
      copy[index] = Float(value)
      result[index] = .nan
    }
    let scratch = FloatBuffer(count: orthogonalizationScratchCount(rows: x.rows, columns: x.columns))
    for i in 0..<scratch.count { scratch[i] = .nan }
    orthogonalize(
      copy.matrix(rows: x.rows, columns: x.columns), into: result.matrix(rows: x.rows, columns: x.columns),
      scratch: scratch.vector(count: scratch.count))
    return result.vector(count: result.count).values
  }

  private func random(_ rows: Int, _ columns: Int, scale: Double = 1) -> Exact {
    var numbers = Numbers(seed: rows * 1000 + columns)
    var x = Exact(rows: rows, columns: columns)
    for i in x.values.indices { x.values[i] = Double(Float(scale * Double(numbers.value()))) }
    return x
  }

  private static let shapes = [
    (16, 16), (64, 64), (48, 32), (32, 48), (48, 96), (96, 48), (400, 16), (16, 800), (80, 64),
  ]

  @Test(arguments: shapes) func factorsAreThoseOfDoublePrecision(rows: Int, columns: Int) {
    let x = random(rows, columns)
    let exact = x.orthogonalized.values.map { Float($0) }
    #expect(relativeDistance(orthogonalized(x), exact) < 2e-4)
  }

  /// Five steps multiply a direction that x hardly has by 485: rounding errors must not show.
  @Test(arguments: [(48, 48, 3), (32, 96, 20), (96, 32, 1)])
  func singularMatricesKeepTheirNullSpace(rows: Int, columns: Int, rank: Int) {
    let x = random(rows, rank) * random(rank, columns)
    let exact = x.orthogonalized.values.map { Float($0) }
    #expect(relativeDistance(orthogonalized(x), exact) < 2e-3)
  }

  @Test func theSingularValuesComeCloseToOne() {
    for (rows, columns) in Self.shapes {
      var factor = Exact(rows: rows, columns: columns)
      factor.values = orthogonalized(random(rows, columns)).map(Double.init)
      let gram = rows <= columns ? factor * factor.transposed : factor.transposed * factor
      // The trace is the sum of the squares, each between 0.68^2 and 1.2^2 if the matrix is no special one.
      let mean = (0..<gram.rows).reduce(0) { $0 + gram.values[$1 * gram.columns + $1] } / Double(gram.rows)
      #expect((0.5...1.2).contains(mean), "\(rows) x \(columns): \(mean)")
    }
  }

  @Test func theScaleOfTheMatrixDoesNotMatter() {
    let usual = orthogonalized(random(48, 64))
    for scale in [1e-9, 1e9] {
      #expect(relativeDistance(orthogonalized(random(48, 64, scale: scale)), usual) < 1e-4)
    }
    #expect(orthogonalized(Exact(rows: 32, columns: 16)) == [Float](repeating: 0, count: 512))
  }

  /// Where the processor has no wide registers, this compares the factors with themselves.
  @Test(arguments: shapes) func theWidthOfTheRegistersChangesNoBit(rows: Int, columns: Int) {
    defer { Processor.usesWideRegisters = true }
    let results = [true, false].map { isWide in
      Processor.usesWideRegisters = isWide
      return orthogonalized(random(rows, columns))
    }
    #expect(results[0] == results[1])
  }

  @Test(arguments: [(16, 48), (48, 16)]) func muonFollowsItsFormula(rows: Int, columns: Int) {
    let count = rows * columns
    let (g, m, p) = (
      random(rows, columns), random(rows, columns, scale: 0.1), random(rows, columns, scale: 3)
    )
    func buffer(_ exact: Exact) -> FloatBuffer {
      let buffer = FloatBuffer(count: count)
      for (index, value) in exact.values.enumerated() { buffer[index] = Float(value) }
      return buffer
    }
    let (gradient, moment, parameters) = (buffer(g), buffer(m), buffer(p))
    let scratch = FloatBuffer(count: muonScratchCount(rows: rows, columns: columns))
    func matrix(_ buffer: FloatBuffer) -> Matrix { buffer.matrix(rows: rows, columns: columns) }
    applyMuon(
      MuonStep(gradientScale: 0.5, momentum: 0.9, retention: 0.99, stepSize: 0.02),
      gradient: matrix(gradient), parameters: matrix(parameters), moment: matrix(moment),
      scratch: scratch.vector(count: scratch.count))
    var direction = g
    for i in 0..<count {
      let next = 0.9 * m.values[i] + 0.1 * 0.5 * g.values[i]
      #expect(abs(Double(moment[i]) - next) < 1e-6)
      direction.values[i] = 0.9 * next + 0.1 * 0.5 * g.values[i]
    }
    let shape = max(1, Double(rows) / Double(columns)).squareRoot()
    let factor = direction.orthogonalized
    for i in 0..<count {
      let expected = 0.99 * p.values[i] - 0.02 * shape * factor.values[i]
      #expect(abs(Double(parameters[i]) - expected) < 1e-5)
    }
  }
}
