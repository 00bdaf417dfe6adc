import Kernels
import NetworkSettings

extension OptimizerSettings {
  /// AdamW's numbers of step `step`, counted from 0, for a gradient of this norm.
  func adamWStep(_ step: Int, learningRate: Double, gradientNorm: Double) -> AdamWStep {
    AdamWStep(
      gradientScale: gradientScale(gradientNorm), beta1: Float(beta1), beta2: Float(beta2),
      retention: Float(1 - learningRate * weightDecay),
      stepSize: Float(learningRate / (1 - power(beta1, step + 1))),
      secondCorrection: Float(1 / (1 - power(beta2, step + 1))), epsilon: Float(epsilon))
  }

  /// Muon's numbers of any step; its direction needs no correction for the moment's start at zero.
  func muonStep(learningRate: Double, gradientNorm: Double) -> MuonStep {
    let rate = learningRate * matrixRate
    return MuonStep(
      gradientScale: gradientScale(gradientNorm), momentum: Float(momentum),
      retention: Float(1 - rate * weightDecay), stepSize: Float(rate))
  }

  /// Below 1 for a gradient that is clipped.
  private func gradientScale(_ norm: Double) -> Float {
    clipNorm > 0 && norm > clipNorm ? Float(clipNorm / norm) : 1
  }
}

/// What one step of the optimiser has to do, in parts that threads take one by one.
struct UpdatePlan {
  enum Part {
    /// Floats for AdamW, a multiple of 8.
    case stretch(Range<Int>)
    /// A hidden matrix for Muon.
    case matrix(Parameters.Tensor)
  }

  /// The longest first: the matrices from the largest down, then stretches.
  let parts: [Part]
  /// Floats of scratch that the largest part needs.
  let scratchCount: Int

  /// Floats that one thread sums or updates at a time.
  static let chunk = 1 << 14

  init(_ layout: ParameterLayout, _ kind: OptimizerSettings.Kind) {
    let matrices = layout.tensors.filter { $0.isForMuon(kind) }.sorted {
      ($1.count, $0.offset) < ($0.count, $1.offset)
    }
    var stretches: [Range<Int>] = []
    var start = 0
    for matrix in matrices.sorted(by: { $0.offset < $1.offset }) {
      stretches += Self.chunks(start..<matrix.offset)
      start = matrix.offset + matrix.count
    }
    stretches += Self.chunks(start..<layout.count)
    parts = matrices.map(Part.matrix) + stretches.map(Part.stretch)
    scratchCount = matrices.map { muonScratchCount(rows: $0.shape[0], columns: $0.shape[1]) }.max() ?? 0
  }

  static func chunks(_ range: Range<Int>) -> [Range<Int>] {
    stride(from: range.lowerBound, to: range.upperBound, by: chunk).map {
      $0..<min($0 + chunk, range.upperBound)
    }
  }
}

/// `base` to the power `exponent` >= 0, by squaring.
private func power(_ base: Double, _ exponent: Int) -> Double {
  var (result, square, rest) = (1.0, base, exponent)
  while rest > 0 {
    if rest & 1 == 1 { result *= square }
    square *= square
    rest >>= 1
  }
  return result
}
