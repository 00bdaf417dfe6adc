import Kernels

/// How the learning rate moves: up to the peak in a line, then along it or down to a share of it.
///
///     LearningRate(peak: 1e-3, warmupSteps: 10, decay: .linear).value(step: 4, of: 100)    // 5e-4
public struct LearningRate: Sendable, Equatable {
  public enum Decay: String, Sendable, CaseIterable {
    case constant, linear, cosine
  }

  public var peak: Double
  /// Steps of the way up; step 0 takes 1/warmupSteps of the peak.
  public var warmupSteps: Int
  public var decay: Decay
  /// Last share of all steps, 0...1, over which it decays; before that it stays at the peak.
  public var decayShare: Double
  /// Share of the peak at which the decay ends.
  public var finalShare: Double

  public init(
    peak: Double, warmupSteps: Int = 0, decay: Decay = .cosine, decayShare: Double = 1,
    finalShare: Double = 0.1
  ) {
    self.peak = peak
    self.warmupSteps = warmupSteps
    self.decay = decay
    self.decayShare = decayShare
    self.finalShare = finalShare
  }

  /// The rate of `step`, counted from 0, of `steps`; later steps keep the last rate.
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
