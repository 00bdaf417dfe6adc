/// The sides of the data. No task, up to its symmetries, is on two of them.
public enum Split: String, Sendable, CaseIterable {
  /// What is trained on.
  case train
  /// What every reported figure is measured on.
  case test
  /// What settings are chosen on, so that the test says nothing of itself.
  case validation

  /// The side of a task by the digest of what must not be on two sides: of a hundred, ninety are for
  /// training, eight for testing and two for validation.
  init(ofIdentity digest: [UInt8]) {
    let word = digest.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    self = word % 10 != 0 ? .train : word % 50 != 0 ? .test : .validation
  }
}
