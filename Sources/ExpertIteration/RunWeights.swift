import Learning
import Store

/// The run's weights: where a round starts, where it ended, and the artifacts that hold them.
///
/// Where the learner promises equal bytes, weights are a function of the rows too: a round's final
/// checkpoint that is missing or damaged is made again by training its round once more, and must come out
/// with the SHA-256 of its row. Otherwise what is lost stays lost, and the run says so.
extension Run {
  /// The parent's weights; nil: the round starts from the learner's own beginning.
  func parentArtifact(of round: RoundRecord) throws -> Artifact? {
    try round.parentCheckpoint.map(artifact(ofCheckpoint:))
  }

  /// The weights that a round samples with: its parent's.
  func parentWriter(of round: RoundRecord) throws -> any Writer {
    guard let parent = round.parentCheckpoint else { throw RunError.missingRound(round.round) }
    return try learner.writer(of: artifact(ofCheckpoint: parent))
  }

  /// The weights that the round ended with.
  func finalWriter(of round: RoundRecord) throws -> any Writer {
    guard let checkpoint = round.checkpoint else { throw RunError.missingRound(round.round) }
    return try learner.writer(of: artifact(ofCheckpoint: checkpoint))
  }

  /// What a finished run leaves behind is whole: the newest accepted weights, trained again if lost.
  func ensureFinalWeights() throws {
    if let checkpoint = try progress().lastAccepted?.checkpoint { _ = try artifact(ofCheckpoint: checkpoint) }
  }

  private func artifact(ofCheckpoint id: Int64) throws -> Artifact {
    guard let record = try store.checkpoint(id: id) else { throw RunError.missingCheckpoint(id) }
    do {
      try files.verify(record)
    } catch let error as StoreError where error.isLostCheckpoint {
      guard learner.identity.promise.trainsAgain else {
        throw RunError.lostWeights(path: record.path, round: record.round, detail: "\(error)")
      }
      surroundings.observe(
        .notice("\(error) Training round \(record.round) again, which gives the same weights."))
      try trainAgain(record)
    }
    return files.artifact(of: record)
  }

  /// Trains the round of a final checkpoint again and writes its file. Throws `RunError.otherWeights` if
  /// they are not those of the row, as after a change of the program.
  private func trainAgain(_ record: CheckpointRecord) throws {
    // As long as the file is missing, the checkpoints on the way to it are kept.
    try files.remove(record.path)
    let round = record.round
    let job = try job(
      of: round, try trainingSet(round: round), resume: try newestArtifact(round: round, without: record))
    _ = try learner.train(job, at: RoundDesk(of: round, in: self, replacing: record))
    try removeObsoleteCheckpoints()
  }

  /// The newest checkpoint of the round that is whole, `lost` left out; a damaged one is reported and
  /// passed over.
  func newestArtifact(round: Int, without lost: CheckpointRecord? = nil) throws -> Artifact? {
    for record in try store.checkpoints(round: round) where record.id != lost?.id {
      do {
        try files.verify(record)
        return files.artifact(of: record)
      } catch let error as StoreError where error.isLostCheckpoint {
        surroundings.observe(.notice("\(error) Falling back to the one before it."))
      }
    }
    return nil
  }

  /// Leaves a round's final checkpoint, and the newest two of a round in training, for the first time or
  /// again. Row first, then file: a crash in between leaves a file without a row.
  func removeObsoleteCheckpoints() throws {
    let missing = Set(try store.checkpoints().filter { $0.isFinal && !files.has($0.path) }.map(\.round))
    let obsolete = try store.obsoleteCheckpoints()
    let spared = missing.flatMap { round in obsolete.filter { $0.round == round }.suffix(2).map(\.id) }
    for record in obsolete where !spared.contains(record.id) {
      try store.deleteCheckpoint(record.id)
      try files.remove(record.path)
    }
  }
}

extension CheckpointFiles {
  package func artifact(of record: CheckpointRecord) -> Artifact {
    Artifact(
      path: directory.appending(path: record.path).path, kind: record.kind == .file ? .file : .folder,
      sha256: record.sha256,
      bytes: record.bytes, step: record.step)
  }
}
