import GRDB

/// The run itself and the processes that worked on it.
extension RunStore {
  /// Idempotent: a run that is there stays as it is.
  public func insertRun(_ run: RunRecord) throws {
    try write { database in
      guard try Int.fetchOne(database, sql: "SELECT count(*) FROM runs") == 0 else { return }
      try database.execute(
        sql: """
          INSERT INTO runs (id, \(RunRecord.columns))
          VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
          """,
        arguments: [
          run.name, run.domain, run.configurationJSON, run.configurationSHA256, run.plannedRounds,
          run.keepsLonger, run.learner, run.learnerSHA256, run.lengthUnit, run.promise, run.seed,
          run.codeVersion, run.createdAt, run.finishedReason,
        ])
    }
  }

  /// nil before `insertRun`. Works with every schema, so it reads the columns that there are.
  public func run() throws -> RunRecord? {
    try read { try RunRecord.first(in: $0, "SELECT * FROM runs") }
  }

  /// nil: there is work left again, as after raising the number of rounds.
  public func setFinished(reason: String?) throws {
    try write { try $0.execute(sql: "UPDATE runs SET finished_reason = ?", arguments: [reason]) }
  }

  /// A run that had finished has work left again.
  public func updateConfiguration(json: String, sha256: String, plannedRounds: Int?) throws {
    try write {
      try $0.execute(
        sql: """
          UPDATE runs SET configuration_json = ?, planned_rounds = ?, configuration_sha256 = ?,
            finished_reason = NULL
          """,
        arguments: [json, plannedRounds, sha256])
    }
  }

  // MARK: - Attempts

  /// Opens an attempt. One that is still open died without notice: it is closed as `lost`, at its last
  /// heartbeat. The caller holds the `RunLock`.
  public func beginAttempt(pid: Int32, bootID: String, host: String, at time: String) throws -> Int64 {
    try write { database in
      try database.execute(
        sql: "UPDATE attempts SET ended_at = heartbeat_at, exit = 'lost' WHERE ended_at IS NULL")
      try database.execute(
        sql: """
          INSERT INTO attempts (pid, boot_id, host, started_at, heartbeat_at) VALUES (?, ?, ?, ?, ?)
          """, arguments: [pid, bootID, host, time, time])
      return database.lastInsertedRowID
    }
  }

  /// Says that the process still works; `run_state` calls it stale after 120 s without.
  public func heartbeat(_ attempt: Int64, at time: String) throws {
    try write {
      try $0.execute(
        sql: "UPDATE attempts SET heartbeat_at = ? WHERE id = ? AND ended_at IS NULL",
        arguments: [time, attempt])
    }
  }

  /// Closes an attempt; one already closed stays as it is.
  public func endAttempt(_ attempt: Int64, at time: String, exit: String) throws {
    try write {
      try $0.execute(
        sql: """
          UPDATE attempts SET heartbeat_at = ?, ended_at = ?, exit = ? WHERE id = ? AND ended_at IS NULL
          """, arguments: [time, time, exit, attempt])
    }
  }
}
