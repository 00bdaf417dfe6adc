/// What training minimises: the cross entropy of the next token and, if asked for, of later ones.
///
/// A head ahead is one more output layer that predicts a later token from the same row (Gloeckle et al. 2024,
/// arXiv:2404.19737). It teaches the layers below it and is not used in sampling.
public struct ObjectiveSettings: Sendable, Equatable {
  /// Head k predicts the token k after the next; 0: none.
  public var headsAhead: Int
  /// What the loss of each head counts, beside 1 for the next token's.
  public var aheadWeight: Double

  public init(headsAhead: Int = 0, aheadWeight: Double = 0.3) {
    self.headsAhead = headsAhead
    self.aheadWeight = aheadWeight
  }
}
