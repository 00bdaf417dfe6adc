/// How the learning rate moves: up to the peak in a line, then along it or down to a share of it. `Model` has
/// the function of the step.
public struct LearningRate: Sendable, Equatable {
  public enum Decay: String, Sendable, CaseIterable {
    case constant, linear, cosine
  }

  public var peak: Double
  /// Steps of the way up; step 0 takes 1/warmupSteps of the peak.
  public var warmupSteps: Int
  public var decay: Decay
  /// The last share of all steps, 0...1, over which the rate falls; before that it stays at the peak.
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
}
