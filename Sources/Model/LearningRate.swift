import Kernels
import NetworkSettings

extension LearningRate {
  /// The rate of `step`, counted from 0, of `steps`; later steps keep the last rate.
  ///
  ///     LearningRate(peak: 1e-3, warmupSteps: 10, decay: .linear).value(step: 4, of: 100)    // 5e-4
  public func value(step: Int, of steps: Int) -> Double {
    if step < warmupSteps { return peak * Double(step + 1) / Double(warmupSteps) }
    let start = max(Double(warmupSteps), Double(steps) * (1 - decayShare))
    guard decay != .constant, Double(step) > start, Double(steps) > start else { return peak }
    let progress = min(1, (Double(step) - start) / (Double(steps) - start))
    let share =
      decay == .linear
      ? 1 - progress : 0.5 * (1 + sineAndCosine(3.141_592_653_589_793 * progress).cosine)
    return peak * (finalShare + (1 - finalShare) * share)
  }
}
