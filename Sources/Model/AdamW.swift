import Kernels

/// Settings of AdamW (Loshchilov and Hutter 2019, arXiv:1711.05101) and of gradient clipping. Decay acts on
/// every tensor, norms and embeddings too, as in the paper.
public struct OptimizerSettings: Sendable, Equatable {
  public var beta1: Double
  public var beta2: Double
  public var epsilon: Double
  public var weightDecay: Double
  /// Longest gradient (global norm) taken as it is; a longer one is scaled to it. 0: none is scaled.
  public var clipNorm: Double

  public init(
    beta1: Double = 0.9, beta2: Double = 0.99, epsilon: Double = 1e-8, weightDecay: Double = 0.01,
    clipNorm: Double = 1
  ) {
    self.beta1 = beta1
    self.beta2 = beta2
    self.epsilon = epsilon
    self.weightDecay = weightDecay
    self.clipNorm = clipNorm
  }

  /// The numbers of step `step`, counted from 0, for a gradient of this norm.
  func kernelStep(_ step: Int, learningRate: Double, gradientNorm: Double) -> AdamWStep {
    let isClipped = clipNorm > 0 && gradientNorm > clipNorm
    return AdamWStep(
      gradientScale: isClipped ? Float(clipNorm / gradientNorm) : 1, beta1: Float(beta1), beta2: Float(beta2),
      retention: Float(1 - learningRate * weightDecay),
      stepSize: Float(learningRate / (1 - power(beta1, step + 1))),
      secondCorrection: Float(1 / (1 - power(beta2, step + 1))), epsilon: Float(epsilon))
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
