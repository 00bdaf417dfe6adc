/// The two sides of the data. No task, up to its symmetries, is on both.
public enum Split: String, Sendable, CaseIterable {
  case train, test

  /// The side of a task by the digest of what must not be on both sides: a tenth is for testing.
  init(ofIdentity digest: [UInt8]) {
    let word = digest.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    self = word % 10 == 0 ? .test : .train
  }
}
