import GRDB

/// Rounds, their phases, metrics and figures.
extension RunStore {
  /// Opens a round. Idempotent: a round that is there stays as it is. Rounds follow each other without a
  /// gap, one at a time.
  public func beginRound(_ record: RoundRecord) throws {
    try write { database in
      guard try !exists(round: record.round, in: database) else { return }
      try database.execute(
        sql: """
          INSERT INTO rounds (\(RoundRecord.columns)) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
          """,
        arguments: [
          record.round, record.state.rawValue, record.parentCheckpoint, record.checkpoint, record.startedAt,
          record.endedAt, record.trainSetSHA256, record.trainTokens, record.trainedSequences,
          record.keptSequences, record.reason,
        ])
    }
  }

  /// In ascending order.
  public func rounds() throws -> [RoundRecord] {
    try read { try RoundRecord.all(in: $0, "\(selectRounds) ORDER BY round") }
  }

  public func round(_ round: Int) throws -> RoundRecord? {
    try read { try RoundRecord.first(in: $0, "\(selectRounds) WHERE round = ?", [round]) }
  }

  /// Ends a round's training, in one transaction.
  public func finishTraining(_ result: TrainingResult) throws {
    try write { database in
      try update(
        result.round, in: database,
        """
        checkpoint = ?, train_set_sha256 = ?, train_tokens = ?, trained_sequences = ?, kept_sequences = ?,
        state = ?
        """,
        [
          result.checkpoint, result.trainSetSHA256, result.trainTokens, result.trainedSequences,
          result.keptSequences, result.nextPhase.rawValue,
        ])
    }
  }

  /// nil leaves the round in its phase. A decided round refuses.
  public func setPhase(round: Int, to phase: Phase?) throws {
    guard let phase else { return }
    try write { try setPhase(phase, round: round, in: $0) }
  }

  /// Ends a round together with the figures that decided it. Repeating the same decision changes nothing;
  /// another one is refused.
  public func decide(_ decision: RoundDecision) throws {
    try write { database in
      let before = try String.fetchOne(
        database, sql: "SELECT state FROM rounds WHERE round = ?", arguments: [decision.round])
      guard before != decision.state.rawValue else { return }
      try insert(decision.measured, in: database)
      try insert(decision.intervals, in: database)
      try update(
        decision.round, in: database, "state = ?, ended_at = ?, reason = ?",
        [decision.state.rawValue, decision.time, decision.reason])
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

  /// A value measured in training; nil: not measured.
  public func metric(round: Int, phase: Phase, step: Int, name: String) throws -> Double? {
    try read {
      try Double.fetchOne(
        $0, sql: "SELECT value FROM metrics WHERE round = ? AND phase = ? AND step = ? AND name = ?",
        arguments: [round, phase.rawValue, step, name])
    }
  }

  /// A value of the round's evaluation on a set; nil: not measured.
  public func measured(round: Int, set: String = SetName.test, name: String) throws -> Double? {
    try read {
      try Double.fetchOne(
        $0, sql: "SELECT value FROM measured WHERE round = ? AND set_name = ? AND name = ?",
        arguments: [round, set, name])
    }
  }

  /// In order of set, line and figure; the interval without a line first.
  public func intervals(round: Int) throws -> [IntervalRecord] {
    try read {
      try IntervalRecord.all(
        in: $0,
        """
        SELECT \(IntervalRecord.columns) FROM intervals WHERE round = ? ORDER BY set_name, line, figure
        """, [round])
    }
  }

  // MARK: - Within a transaction

  /// Idempotent by key (round, phase, step, name): the first value stays.
  func insert(_ metrics: [MetricRecord], in database: Database) throws {
    let statement = try database.cachedStatement(
      sql: "INSERT INTO metrics VALUES (?, ?, ?, ?, ?) ON CONFLICT (round, phase, step, name) DO NOTHING")
    for metric in metrics {
      try statement.execute(arguments: [
        metric.round, metric.phase.rawValue, metric.step, metric.name, metric.value,
      ])
    }
  }

  private func insert(_ measured: [MeasuredRecord], in database: Database) throws {
    let statement = try database.cachedStatement(
      sql: "INSERT INTO measured (round, set_name, name, value) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING")
    for value in measured {
      try statement.execute(arguments: [value.round, value.set, value.name, value.value])
    }
  }

  private func insert(_ intervals: [IntervalRecord], in database: Database) throws {
    let statement = try database.cachedStatement(
      sql: """
        INSERT INTO intervals (\(IntervalRecord.columns)) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
        """)
    for interval in intervals {
      try statement.execute(arguments: [
        interval.round, interval.set, interval.line ?? "", interval.figure.rawValue, interval.low,
        interval.high,
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

private let selectRounds = "SELECT \(RoundRecord.columns) FROM rounds"
