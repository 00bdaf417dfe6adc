import GRDB

/// Checkpoints: a checkpoint exists once its row does. The file is written and synced before
/// (`CheckpointFiles`); removal goes the other way, the row first.
extension RunStore {
  /// Inserts the row with the metrics since the last one, in one transaction; returns its id. Repeating it
  /// replaces path, bytes and hash, as for a file written again after damage.
  @discardableResult
  public func insertCheckpoint(_ record: CheckpointRecord, metrics: [MetricRecord]) throws -> Int64 {
    try write { database in
      try database.execute(
        sql: """
          INSERT INTO checkpoints (id, round, step, is_final, path, bytes, sha256)
          VALUES (?, ?, ?, ?, ?, ?, ?)
          ON CONFLICT (id) DO UPDATE SET is_final = max(is_final, excluded.is_final), path = excluded.path,
            bytes = excluded.bytes, sha256 = excluded.sha256
          """,
        arguments: [
          record.id, record.round, record.step, record.isFinal, record.path, record.bytes, record.sha256,
        ])
      try insert(metrics, in: database)
    }
    return record.id
  }

  /// Newest first. round nil: of all rounds.
  public func checkpoints(round: Int? = nil) throws -> [CheckpointRecord] {
    try read {
      try $0.rows(
        "\(selectCheckpoints) WHERE ? IS NULL OR c.round = ? ORDER BY c.id DESC", [round, round],
        as: makeCheckpoint)
    }
  }

  /// Of all checkpoints: what `CheckpointFiles.removeUnknown` is to keep.
  public func checkpointPaths() throws -> [String] {
    try read { try $0.rows("SELECT path FROM checkpoints ORDER BY id") { try $0.next() } }
  }

  public func checkpoint(id: Int64) throws -> CheckpointRecord? {
    try read { try $0.firstRow("\(selectCheckpoints) WHERE c.id = ?", [id], as: makeCheckpoint) }
  }

  /// The weights of the newest accepted round; nil before the first.
  public func latestAcceptedCheckpoint() throws -> CheckpointRecord? {
    try read {
      try $0.firstRow(
        """
        \(selectCheckpoints) JOIN rounds AS r ON r.checkpoint = c.id
        WHERE r.state = 'accepted' ORDER BY r.round DESC LIMIT 1
        """, as: makeCheckpoint)
    }
  }

  /// Checkpoints whose row, then file, may go, oldest first: those within a decided round, and of the
  /// running one all but the newest `keeping` before its final one.
  public func obsoleteCheckpoints(keeping: Int = 2) throws -> [CheckpointRecord] {
    try read {
      try $0.rows(
        """
        \(selectCheckpoints) JOIN rounds AS r ON r.round = c.round
        WHERE NOT c.is_final AND (r.ended_at IS NOT NULL OR ? <= (SELECT count(*) FROM checkpoints AS n
          WHERE n.round = c.round AND n.step > c.step AND NOT n.is_final))
        ORDER BY c.id
        """, [keeping], as: makeCheckpoint)
    }
  }

  /// Forgets an obsolete checkpoint. One that a round ended with, or that wrote kept traces, is refused.
  public func deleteCheckpoint(_ id: Int64) throws {
    try write { try $0.execute(sql: "DELETE FROM checkpoints WHERE id = ?", arguments: [id]) }
  }
}

private let selectCheckpoints = """
  SELECT c.round, c.step, c.is_final, c.path, c.bytes, c.sha256 FROM checkpoints AS c
  """

private func makeCheckpoint(_ columns: inout Columns) throws -> CheckpointRecord {
  CheckpointRecord(
    round: try columns.next(), step: try columns.next(), isFinal: try columns.next(),
    path: try columns.next(), bytes: try columns.next(), sha256: try columns.next())
}
