import ExpertIteration
import Learning
import Store

/// The weights of rounds, for commands that answer with them.
extension RunReader {
  /// The weights that a round ended with; nil: those of the newest accepted round. Throws `ReadingError` if
  /// there are none yet.
  public func finalCheckpoint(ofRound round: Int? = nil) throws -> CheckpointRecord {
    guard let round else {
      guard let record = try store.latestAcceptedCheckpoint() else {
        throw ReadingError.noModel(directory: path)
      }
      return record
    }
    try requireRound(round)
    guard let record = try store.checkpoints(round: round).first(where: \.isFinal) else {
      throw ReadingError.noModelYet(round: round, directory: path)
    }
    return record
  }

  /// The artifact of a row, verified. Throws `StoreError` if it is missing or damaged.
  public func artifact(of record: CheckpointRecord) throws -> Artifact {
    let files = try CheckpointFiles(directory: directory)
    try files.verify(record)
    return files.artifact(of: record)
  }
}
