import GRDB

/// Rounds, their phases and metrics.
extension RunStore {
  /// Opens a round. Idempotent: a round that is there stays as it is. Rounds follow each other without a
  /// gap, one at a time.
  public func beginRound(_ record: RoundRecord) throws {
    try write { database in
      guard try !exists(round: record.round, in: database) else { return }
      try database.execute(
        sql: """
          INSERT INTO rounds (round, state, parent_checkpoint, checkpoint, started_at, ended_at,
            train_set_sha256, train_tokens, trained_sequences, kept_sequences, reason)
          VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
          """,
        arguments: [
          record.round, record.state, record.parentCheckpoint, record.checkpoint, record.startedAt,
          record.endedAt, record.trainSetSHA256, record.trainTokens, record.trainedSequences,
          record.keptSequences, record.reason,
        ])
    }
  }

  /// In ascending order.
  public func rounds() throws -> [RoundRecord] {
    try read { try $0.rows("\(selectRounds) ORDER BY round", as: makeRound) }
  }

  public func round(_ round: Int) throws -> RoundRecord? {
    try read { try $0.firstRow("\(selectRounds) WHERE round = ?", [round], as: makeRound) }
  }

  /// Ends a round's training, in one transaction: its final checkpoint, whose row is there, what it trained
  /// on, and the next phase. `trainTokens` counts every token trained on.
  public func finishTraining(
    round: Int, checkpoint: Int64, trainSetSHA256: String, trainTokens: Int, trainedSequences: Int,
    keptSequences: Int, nextPhase: Phase
  ) throws {
    try write { database in
      try update(
        round, in: database,
        """
        checkpoint = ?, train_set_sha256 = ?, train_tokens = ?, trained_sequences = ?, kept_sequences = ?,
        state = ?
        """,
        [checkpoint, trainSetSHA256, trainTokens, trainedSequences, keptSequences, nextPhase.rawValue])
    }
  }

  /// nil leaves the round in its phase. A decided round refuses.
  public func setPhase(round: Int, to phase: Phase?) throws {
    guard let phase else { return }
    try write { try setPhase(phase, round: round, in: $0) }
  }

  /// Ends a round together with the metrics that decided it. `state` is `accepted` or `rejected`; a rejection
  /// has a reason. Repeating the same decision changes nothing; another one is refused.
  public func decide(
    round: Int, state: String, reason: String? = nil, metrics: [MetricRecord], at time: String
  ) throws {
    try write { database in
      let before = try String.fetchOne(
        database, sql: "SELECT state FROM rounds WHERE round = ?", arguments: [round])
      guard before != state else { return }
      try insert(metrics, in: database)
      try update(round, in: database, "state = ?, ended_at = ?, reason = ?", [state, time, reason])
    }
  }

  /// Adds to what the phase has taken so far, over all attempts. Not part of the digest.
  public func addSeconds(round: Int, phase: Phase, seconds: Double) throws {
    try write {
      try $0.execute(
        sql: """
          INSERT INTO phase_seconds VALUES (?, ?, ?)
          ON CONFLICT (round, phase) DO UPDATE SET seconds = seconds + excluded.seconds
          """, arguments: [round, phase.rawValue, seconds])
    }
  }

  /// nil: not measured.
  public func metric(round: Int, phase: Phase, step: Int, name: String) throws -> Double? {
    try read {
      try Double.fetchOne(
        $0, sql: "SELECT value FROM metrics WHERE round = ? AND phase = ? AND step = ? AND name = ?",
        arguments: [round, phase.rawValue, step, name])
    }
  }

  // MARK: - Within a transaction

  /// Idempotent by key (round, phase, step, name): the first value stays.
  func insert(_ metrics: [MetricRecord], in database: Database) throws {
    let statement = try database.cachedStatement(
      sql: "INSERT INTO metrics VALUES (?, ?, ?, ?, ?) ON CONFLICT (round, phase, step, name) DO NOTHING")
    for metric in metrics {
      try statement.execute(arguments: [
        metric.round, metric.phase, metric.step, metric.name, metric.value,
      ])
    }
  }

  func setPhase(_ phase: Phase, round: Int, in database: Database) throws {
    try update(round, in: database, "state = ?", [phase.rawValue])
  }

  private func update(
    _ round: Int, in database: Database, _ assignments: String, _ values: StatementArguments
  ) throws {
    try database.execute(sql: "UPDATE rounds SET \(assignments) WHERE round = ?", arguments: values + [round])
    guard database.changesCount == 1 else {
      throw StoreError.refused(path: url.path, rule: "there is no round \(round)")
    }
  }

  private func exists(round: Int, in database: Database) throws -> Bool {
    try Int.fetchOne(database, sql: "SELECT 1 FROM rounds WHERE round = ?", arguments: [round]) != nil
  }
}

private let selectRounds = """
  SELECT round, state, parent_checkpoint, checkpoint, started_at, ended_at, train_set_sha256, train_tokens,
    trained_sequences, kept_sequences, reason FROM rounds
  """

private func makeRound(_ columns: inout Columns) throws -> RoundRecord {
  RoundRecord(
    round: try columns.next(), state: try columns.next(), parentCheckpoint: try columns.next(),
    checkpoint: try columns.next(), startedAt: try columns.next(), endedAt: try columns.next(),
    trainSetSHA256: try columns.next(), trainTokens: try columns.next(), trainedSequences: try columns.next(),
    keptSequences: try columns.next(), reason: try columns.next())
}
