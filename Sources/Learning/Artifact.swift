/// Weights on disk: a file, or a folder of files.
public struct Artifact: Sendable, Equatable {
  public enum Kind: String, Sendable { case file, folder }

  /// Absolute.
  public let path: String
  public let kind: Kind
  /// In lowercase hexadecimal; of a folder that of its sorted list of files.
  public let sha256: String
  /// Of a folder the sum over its files.
  public let bytes: Int
  /// Optimiser steps of its round.
  public let step: Int

  public init(path: String, kind: Kind, sha256: String, bytes: Int, step: Int) {
    self.path = path
    self.kind = kind
    self.sha256 = sha256
    self.bytes = bytes
    self.step = step
  }
}
