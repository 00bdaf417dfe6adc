import Kernels
import NetworkSettings

extension OptimizerSettings {
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
