import Determinism
import Model
import Search
import Store

/// The run's weights: where a round starts, where it ended, and the files that hold them.
///
/// Weights are a function of the rows: a final checkpoint whose file is lost or damaged is made again by
/// training its round once more, and must come out with the SHA-256 of its row.
extension Run {
  /// The weights the round starts from: its parent's, or in round 0 those that are given or fresh ones. Each call
  /// makes new ones.
  func startingModel(of round: RoundRecord) throws -> Transformer {
    if let parent = round.parentCheckpoint { return try model(ofCheckpoint: parent) }
    guard !configuration.base.weights.isEmpty else {
      return Transformer(transformer, seed: configuration.seed)
    }
    do throws(StartingWeights.Refusal) {
      return try StartingWeights(configuration.base.weights).model(for: configuration)
    } catch {
      throw RunError.startingWeights(error.text)
    }
  }

  /// The weights the round ended with.
  func finalModel(of round: RoundRecord) throws -> Transformer {
    guard let checkpoint = round.checkpoint else { throw RunError.missingRound(round.round) }
    return try model(ofCheckpoint: checkpoint)
  }

  /// What a finished run leaves behind is whole: the newest accepted weights, trained again if lost.
  func ensureFinalWeights() throws {
    if let checkpoint = try progress().lastAccepted?.checkpoint { _ = try model(ofCheckpoint: checkpoint) }
  }

  private func model(ofCheckpoint id: Int64) throws -> Transformer {
    guard let record = try store.checkpoint(id: id) else { throw RunError.missingCheckpoint(id) }
    do {
      return try files.checkpoint(record, vocabulary: domain.vocabulary).model()
    } catch let error as StoreError where error.isLostCheckpoint {
      surroundings.observe(
        .notice("\(error) Training round \(record.round) again, which gives the same weights."))
      return try remake(record)
    }
  }

  /// Trains the round of a final checkpoint again and writes its file. Throws `RunError.otherWeights` where
  /// they are not those of the row, as after a change of the program.
  private func remake(_ record: CheckpointRecord) throws -> Transformer {
    // As long as the file is missing, the checkpoints on the way to it are kept.
    try files.remove(record.path)
    let result = try trained(round: record.round, without: record)
    let checkpoint = checkpoint(of: result.trainer, round: record.round)
    let bytes = checkpoint.encoded()
    guard SHA256.hexDigest(of: bytes) == record.sha256 else {
      throw RunError.otherWeights(path: record.path, round: record.round)
    }
    _ = try files.write(bytes, named: Self.fileName(round: record.round, step: record.step))
    try removeObsoleteCheckpoints()
    return try checkpoint.model()
  }

  /// The newest checkpoint of the round whose file is whole, `lost` left out; a damaged one is reported and
  /// passed over.
  func newestCheckpoint(round: Int, without lost: CheckpointRecord?) throws -> Checkpoint? {
    for record in try store.checkpoints(round: round) where record.id != lost?.id {
      do {
        return try files.checkpoint(record, vocabulary: domain.vocabulary)
      } catch let error as StoreError where error.isLostCheckpoint {
        surroundings.observe(.notice("\(error) Falling back to the one before it."))
      }
    }
    return nil
  }

  /// Writes the file, then the row with the metrics since the last one; a crash between the two leaves a file
  /// that the next start removes. Returns the row's id.
  func save(_ trainer: Trainer, round: Int, isFinal: Bool, metrics: [MetricRecord]) throws -> Int64 {
    let bytes = checkpoint(of: trainer, round: round).encoded()
    let path = try files.write(bytes, named: Self.fileName(round: round, step: trainer.step))
    let id = try store.insertCheckpoint(
      CheckpointRecord(
        round: round, step: trainer.step, isFinal: isFinal, path: path, bytes: bytes.count,
        sha256: SHA256.hexDigest(of: bytes)),
      metrics: metrics)
    try removeObsoleteCheckpoints()
    return id
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

  private func checkpoint(of trainer: Trainer, round: Int) -> Checkpoint {
    trainer.checkpoint(
      vocabularyDigest: domain.vocabulary.digest,
      metadata: ["round": String(round), "seed": String(configuration.seed)])
  }

  /// `r03-s000500.safetensors`
  private static func fileName(round: Int, step: Int) -> String {
    "r" + String(round).leftPadded(2) + "-s" + String(step).leftPadded(6) + ".safetensors"
  }
}
