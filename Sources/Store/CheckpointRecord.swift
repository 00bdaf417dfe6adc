/// A checkpoint: an artifact of the run directory, whole and synced. A file, or a folder of files.
public struct CheckpointRecord: Sendable, Equatable {
  public enum Kind: String, Sendable, Codable {
    case file, folder
  }

  public var round: Int
  public var step: Int
  /// The last of its round.
  public var isFinal: Bool
  public var kind: Kind
  /// Relative to the run directory.
  public var path: String
  /// Of a folder: the sum over its files.
  public var bytes: Int
  /// Of a folder: of the list of its files, as `CheckpointFiles.adopt(folder:named:)` describes it.
  public var sha256: String
  /// Of the learner that wrote it.
  public var learnerSHA256: String

  public init(
    round: Int, step: Int, isFinal: Bool, kind: Kind = .file, path: String, bytes: Int, sha256: String,
    learnerSHA256: String
  ) {
    self.round = round
    self.step = step
    self.isFinal = isFinal
    self.kind = kind
    self.path = path
    self.bytes = bytes
    self.sha256 = sha256
    self.learnerSHA256 = learnerSHA256
  }

  /// Readable, and the same whatever was interrupted: step 500 of round 3 is 3000000500.
  public var id: Int64 { Self.id(round: round, step: step) }

  public static func id(round: Int, step: Int) -> Int64 { 1_000_000_000 * Int64(round) + Int64(step) }
}

extension CheckpointRecord: StoredRecord {
  enum CodingKeys: String, CodingKey, CaseIterable {
    case round, step
    case isFinal = "is_final"
    case kind, path, bytes, sha256
    case learnerSHA256 = "learner_sha256"
  }
}
