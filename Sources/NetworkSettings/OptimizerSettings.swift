/// Settings of AdamW (Loshchilov and Hutter 2019, arXiv:1711.05101) and of gradient clipping. Weight decay
/// acts on every tensor, norms and embeddings included, as in the paper.
public struct OptimizerSettings: Sendable, Equatable {
  public var beta1: Double
  public var beta2: Double
  public var epsilon: Double
  public var weightDecay: Double
  /// The largest global norm of a gradient; a longer gradient is scaled down to it. 0: no limit.
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
}
