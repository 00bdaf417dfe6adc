import GRDB

/// Checkpoints: a checkpoint exists once its row does. Its artifact is written and synced before
/// (`CheckpointFiles`); removal goes the other way, the row first.
extension RunStore {
  /// Inserts the row with the metrics since the last one, in one transaction; returns its id. Repeating it
  /// replaces all but the key, as for an artifact written again after damage.
  @discardableResult
  public func insertCheckpoint(_ record: CheckpointRecord, metrics: [MetricRecord]) throws -> Int64 {
    try write { database in
      try database.execute(
        sql: """
          INSERT INTO checkpoints (id, \(CheckpointRecord.columns))
          VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
          ON CONFLICT (id) DO UPDATE SET is_final = max(is_final, excluded.is_final), kind = excluded.kind,
            path = excluded.path, bytes = excluded.bytes, sha256 = excluded.sha256,
            learner_sha256 = excluded.learner_sha256
          """,
        arguments: [
          record.id, record.round, record.step, record.isFinal, record.kind.rawValue, record.path,
          record.bytes, record.sha256, record.learnerSHA256,
        ])
      try insert(metrics, in: database)
    }
    return record.id
  }

  /// Newest first. round nil: of all rounds.
  public func checkpoints(round: Int? = nil) throws -> [CheckpointRecord] {
    try read {
      try CheckpointRecord.all(
        in: $0, "\(selectCheckpoints) WHERE ? IS NULL OR c.round = ? ORDER BY c.id DESC", [round, round])
    }
  }

  /// The paths of all checkpoints: `CheckpointFiles.removeUnknown` keeps them.
  public func checkpointPaths() throws -> [String] {
    try read { try String.fetchAll($0, sql: "SELECT path FROM checkpoints ORDER BY id") }
  }

  public func checkpoint(id: Int64) throws -> CheckpointRecord? {
    try read { try CheckpointRecord.first(in: $0, "\(selectCheckpoints) WHERE c.id = ?", [id]) }
  }

  /// The weights of the newest accepted round; nil before the first.
  public func latestAcceptedCheckpoint() throws -> CheckpointRecord? {
    try read {
      try CheckpointRecord.first(
        in: $0,
        """
        \(selectCheckpoints) JOIN rounds AS r ON r.checkpoint = c.id
        WHERE r.state = 'accepted' ORDER BY r.round DESC LIMIT 1
        """)
    }
  }

  /// Checkpoints whose row, then artifact, may go, oldest first: those before the final one of a decided
  /// round, and of the running round all of these but the newest `keeping`.
  public func obsoleteCheckpoints(keeping: Int = 2) throws -> [CheckpointRecord] {
    try read {
      try CheckpointRecord.all(
        in: $0,
        """
        \(selectCheckpoints) JOIN rounds AS r ON r.round = c.round
        WHERE NOT c.is_final AND (r.ended_at IS NOT NULL OR ? <= (SELECT count(*) FROM checkpoints AS n
          WHERE n.round = c.round AND n.step > c.step AND NOT n.is_final))
        ORDER BY c.id
        """, [keeping])
    }
  }

  /// Forgets an obsolete checkpoint. One that a round ended with, or that wrote kept traces, is refused.
  public func deleteCheckpoint(_ id: Int64) throws {
    try write { try $0.execute(sql: "DELETE FROM checkpoints WHERE id = ?", arguments: [id]) }
  }
}

private let selectCheckpoints = "SELECT \(CheckpointRecord.columns(of: "c")) FROM checkpoints AS c"
