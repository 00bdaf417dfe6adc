/// Sums gradients of several lanes and applies AdamW to a stretch of the parameters, or Muon to a matrix.

/// `total[range] = lanes[0][range] + lanes[1][range] + ...`, in that order; returns the sum of squares of the
/// total. `range` starts and ends at multiples of 8. The result depends on the stretch, not on who sums it.
@inline(never)
public func sumLanes(_ lanes: [FloatBuffer], into total: FloatBuffer, range: Range<Int>) -> Double {
  var squares = 0.0
  var start = range.lowerBound
  while start < range.upperBound {
    let count = min(1024, range.upperBound - start)
    let target = total.base + start
    if lanes[0] !== total { target.update(from: lanes[0].base + start, count: count) }
    for lane in lanes.dropFirst() {
      let source = lane.base + start
      var i = 0
      while i < count {
        (target + i).store8((target + i).load8() + (source + i).load8())
        i += 8
      }
    }
    var partial = repeated(0)
    var i = 0
    while i < count {
      let value = (target + i).load8()
      partial = multiplyAdd(value, value, partial)
      i += 8
    }
    squares += Double(sum(partial))
    start += count
  }
  return squares
}

/// The numbers of one AdamW step: corrections for the moments' start at zero are already in them.
public struct AdamWStep: Sendable {
  /// The gradient is multiplied by this first (clipping).
  public var gradientScale: Float
  public var beta1: Float
  public var beta2: Float
  /// 1 - learning rate * weight decay.
  public var retention: Float
  /// Learning rate / (1 - beta1^step).
  public var stepSize: Float
  /// 1 / (1 - beta2^step).
  public var secondCorrection: Float
  public var epsilon: Float

  public init(
    gradientScale: Float, beta1: Float, beta2: Float, retention: Float, stepSize: Float,
    secondCorrection: Float, epsilon: Float
  ) {
    self.gradientScale = gradientScale
    self.beta1 = beta1
    self.beta2 = beta2
    self.retention = retention
    self.stepSize = stepSize
    self.secondCorrection = secondCorrection
    self.epsilon = epsilon
  }
}

/// AdamW on `range` (multiples of 8) of the parameters: m = b1 m + (1 - b1) g, v = b2 v + (1 - b2) g^2,
/// p = p * retention - stepSize * m / (sqrt(v * secondCorrection) + epsilon).
///
/// Moments below 1e-30 become zero: those of embeddings that no batch touches would otherwise decay into
/// subnormal numbers, which are slow. Source: Loshchilov and Hutter 2019, arXiv:1711.05101.
@inline(never)
public func applyAdamW(
  _ step: AdamWStep, gradient: FloatBuffer, parameters: FloatBuffer, moment1: FloatBuffer,
  moment2: FloatBuffer,
  range: Range<Int>
) {
  let (beta1, beta2) = (repeated(step.beta1), repeated(step.beta2))
  let (rest1, rest2) = (repeated(1 - step.beta1), repeated(1 - step.beta2))
  let (scale, retention) = (repeated(step.gradientScale), repeated(step.retention))
  let (size, correction) = (repeated(step.stepSize), repeated(step.secondCorrection))
  let (epsilon, tiny, zero) = (repeated(step.epsilon), repeated(1e-30), repeated(0))
  var i = range.lowerBound
  while i < range.upperBound {
    let g = (gradient.base + i).load8() * scale
    var m = multiplyAdd(rest1, g, beta1 * (moment1.base + i).load8())
    var v = multiplyAdd(rest2, g * g, beta2 * (moment2.base + i).load8())
    m.replace(with: zero, where: (m .< tiny) .& (m .> -tiny))
    v.replace(with: zero, where: v .< tiny)
    (moment1.base + i).store8(m)
    (moment2.base + i).store8(v)
    let change = size * m / (squareRoot(v * correction) + epsilon)
    (parameters.base + i).store8((parameters.base + i).load8() * retention - change)
    i += 8
  }
}

/// The numbers of one Muon step of a matrix.
public struct MuonStep: Sendable {
  /// The gradient is multiplied by this first (clipping).
  public var gradientScale: Float
  public var momentum: Float
  /// 1 - learning rate * weight decay.
  public var retention: Float
  /// Learning rate of a matrix with no more rows than columns.
  public var stepSize: Float

  public init(gradientScale: Float, momentum: Float, retention: Float, stepSize: Float) {
    self.gradientScale = gradientScale
    self.momentum = momentum
    self.retention = retention
    self.stepSize = stepSize
  }
}

/// Muon on one matrix: m = mu m + (1 - mu) g, u = mu m + (1 - mu) g (Nesterov), p = p * retention -
/// stepSize * sqrt(max(1, rows / columns)) * orthogonal factor of u.
///
/// gradient, parameters, moment: [M, N] row by row, multiples of 16. `gradient` is used up. `scratch` holds
/// `muonScratchCount(rows: M, columns: N)` floats. Moments below 1e-30 become zero, as AdamW's.
/// Source: Jordan et al. 2024, "Muon: An optimizer for hidden layers in neural networks".
@inline(never)
public func applyMuon(
  _ step: MuonStep, gradient: Matrix, parameters: Matrix, moment: Matrix, scratch: Vector
) {
  let (rows, columns) = (gradient.rows, gradient.columns)
  let count = rows * columns
  demand(gradient.stride == columns && parameters.stride == columns && moment.stride == columns)
  demand(parameters.rows == rows && moment.rows == rows)
  demand(scratch.count >= muonScratchCount(rows: rows, columns: columns))
  let (momentum, rest) = (repeated(step.momentum), repeated(1 - step.momentum))
  let (scale, tiny, zero) = (repeated(step.gradientScale), repeated(1e-30), repeated(0))
  for i in stride(from: 0, to: count, by: 8) {
    let fresh = rest * ((gradient.base + i).load8() * scale)
    var m = multiplyAdd(momentum, (moment.base + i).load8(), fresh)
    m.replace(with: zero, where: (m .< tiny) .& (m .> -tiny))
    (moment.base + i).store8(m)
    (gradient.base + i).store8(multiplyAdd(momentum, m, fresh))
  }
  let update = Matrix(base: scratch.base, rows: rows, columns: columns, stride: columns)
  orthogonalize(gradient, into: update, scratch: scratch.slice(count..<scratch.count))
  let shape = max(1, Float(rows) / Float(columns)).squareRoot()
  let (size, retention) = (repeated(step.stepSize * shape), repeated(step.retention))
  for i in stride(from: 0, to: count, by: 8) {
    let change = size * (update.base + i).load8()
    (parameters.base + i).store8((parameters.base + i).load8() * retention - change)
  }
}

/// Floats of scratch that `applyMuon` needs for a matrix of this shape.
public func muonScratchCount(rows: Int, columns: Int) -> Int {
  rows * columns + orthogonalizationScratchCount(rows: rows, columns: columns)
}
