/// Settings of the optimiser and of gradient clipping.
///
/// AdamW (Loshchilov and Hutter 2019, arXiv:1711.05101) decays every tensor, norms and embeddings included,
/// as in the paper. Muon (Jordan et al. 2024) moves the hidden matrices by the nearly orthogonal factor of
/// their momentum; embeddings, shifts, gains and the output layer stay with AdamW.
public struct OptimizerSettings: Sendable, Equatable {
  public enum Kind: String, Sendable, CaseIterable {
    case adamW, muon
  }

  public var kind: Kind
  public var beta1: Double
  public var beta2: Double
  public var epsilon: Double
  /// Share of a weight taken off per step, times its learning rate.
  public var weightDecay: Double
  /// The largest global norm of a gradient; a longer gradient is scaled down to it. 0: no limit.
  public var clipNorm: Double
  /// Muon: decay of the running mean of a hidden matrix's gradient.
  public var momentum: Double
  /// Muon: the learning rate of hidden matrices, as a multiple of the schedule's.
  public var matrixRate: Double

  public init(
    kind: Kind = .adamW, beta1: Double = 0.9, beta2: Double = 0.99, epsilon: Double = 1e-8,
    weightDecay: Double = 0.01, clipNorm: Double = 1, momentum: Double = 0.95, matrixRate: Double = 5
  ) {
    self.kind = kind
    self.beta1 = beta1
    self.beta2 = beta2
    self.epsilon = epsilon
    self.weightDecay = weightDecay
    self.clipNorm = clipNorm
    self.momentum = momentum
    self.matrixRate = matrixRate
  }
}
