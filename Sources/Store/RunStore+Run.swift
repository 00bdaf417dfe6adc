import GRDB

/// The run itself and the processes that worked on it.
extension RunStore {
  /// Idempotent: a run that is there stays as it is.
  public func insertRun(_ run: RunRecord) throws {
    try write { database in
      guard try Int.fetchOne(database, sql: "SELECT count(*) FROM runs") == 0 else { return }
      let facts = try facts(of: run.configurationJSON, in: database)
      try database.execute(
        sql: "INSERT INTO runs VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        arguments: [
          run.name, run.domain, run.configurationJSON, facts.plannedRounds, run.configurationSHA256,
          run.vocabularySHA256, run.seed, run.codeVersion, run.createdAt, run.finishedReason,
          facts.keepsLonger,
        ])
    }
  }

  /// nil before `insertRun`.
  public func run() throws -> RunRecord? {
    try read { database in
      let row = try Row.fetchOne(
        database,
        sql: """
          SELECT name, domain, configuration_json, configuration_sha256, vocabulary_sha256, seed,
            code_version, created_at, finished_reason FROM runs
          """)
      return try row.map { row in
        var columns = Columns(row)
        return RunRecord(
          name: try columns.next(), domain: try columns.next(), configurationJSON: try columns.next(),
          configurationSHA256: try columns.next(), vocabularySHA256: try columns.next(),
          seed: try columns.next(), codeVersion: try columns.next(), createdAt: try columns.next(),
          finishedReason: try columns.next())
      }
    }
  }

  /// nil: there is work left again, as after raising the number of rounds.
  public func setFinished(reason: String?) throws {
    try write { try $0.execute(sql: "UPDATE runs SET finished_reason = ?", arguments: [reason]) }
  }

  /// A run that had finished has work left again.
  public func updateConfiguration(json: String, sha256: String) throws {
    try write { database in
      let planned = try facts(of: json, in: database).plannedRounds
      try database.execute(
        sql: """
          UPDATE runs SET configuration_json = ?, planned_rounds = ?, configuration_sha256 = ?,
            finished_reason = NULL
          """,
        arguments: [json, planned, sha256])
    }
  }

  /// What the schema must know of a configuration: `rounds.count`, for `run_state`, nil when it has none, and
  /// whether its method keeps longer traces. Read here, as the schema may not call JSON functions
  /// (`trusted_schema` is off). Refuses what is not JSON.
  private func facts(
    of json: String, in database: Database
  ) throws -> (plannedRounds: Int?, keepsLonger: Bool) {
    guard try Bool.fetchOne(database, sql: "SELECT json_valid(?)", arguments: [json]) == true else {
      throw StoreError.refused(path: url.path, rule: "a configuration is JSON")
    }
    return try database.firstRow(
      """
      SELECT iif(json_type(?1, '$.rounds.count') = 'integer', json_extract(?1, '$.rounds.count'), NULL),
        json_extract(?1, '$.method') IS 'replaceAlways'
      """, [json]
    ) { (try $0.next() as Int?, try $0.next() as Bool) } ?? (nil, false)
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
