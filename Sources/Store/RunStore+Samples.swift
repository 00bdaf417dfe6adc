import GRDB

/// What the samples of a round came to: per training exercise, and per exercise of an evaluation.
///
/// A batch is committed whole with its tally of faults. Repeating a batch changes nothing. A batch of which
/// only a part is there is refused, for nobody knows which of its faults are counted already.
extension RunStore {
  /// `faults`: how many samples of the batch have no optimal answer, by the reason.
  public func commitSampling(round: Int, rows: [SamplingRecord], faults: [String: Int]) throws {
    try write { database in
      let known = try ids("SELECT exercise_id FROM samplings WHERE round = ?", [round], in: database)
      guard try isNew(rows.map { ($0.round, $0.exerciseID) }, round: round, known: known) else { return }
      let statement = try database.cachedStatement(
        sql: """
          INSERT INTO samplings (\(SamplingRecord.columns), \(Tally.columns))
          VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, \(tallyMarks))
          """)
      for row in rows {
        let own: StatementArguments = [
          row.round, row.exerciseID, row.incumbentLength, row.bestAttempt, row.bestTrace, row.bestAnswer,
          row.bestLength, row.bestSound, row.bestLegal,
        ]
        try statement.execute(arguments: own + row.tally.arguments)
      }
      try add(faults, source: Phase.sample.rawValue, round: round, in: database)
    }
  }

  public func sampledExerciseIDs(round: Int) throws -> Set<Int64> {
    try read { try ids("SELECT exercise_id FROM samplings WHERE round = ?", [round], in: $0) }
  }

  /// In ascending order of exercise.
  public func samplings(round: Int) throws -> [SamplingRecord] {
    try read {
      try SamplingRecord.all(
        in: $0,
        """
        SELECT \(SamplingRecord.columns), \(Tally.columns) FROM samplings
        WHERE round = ? ORDER BY exercise_id
        """, [round])
    }
  }

  /// What the samples of each exercise without a reference trace had to beat when one was right first. An
  /// exercise without such a round is not named.
  public func firstIncumbentLengths() throws -> [Int64: Double] {
    let rows = try read {
      try Row.fetchAll(
        $0,
        sql: """
          SELECT s.exercise_id, s.incumbent_length FROM samplings AS s
            JOIN exercises AS x ON x.id = s.exercise_id
          WHERE x.trace_length IS NULL AND s.incumbent_length IS NOT NULL ORDER BY s.round
          """)
    }
    return try Dictionary(
      rows.map { (try $0.decode(Int64.self, atIndex: 0), try $0.decode(Double.self, atIndex: 1)) }
    ) { first, _ in first }
  }

  /// `faults`: how many samples of the batch have no optimal answer, by the reason. `responses`: samples of
  /// the batch to keep as text; a reproducible run has none, and its database refuses them.
  public func commitEvaluation(
    round: Int, set: String = SetName.test, rows: [EvaluationRecord], faults: [String: Int],
    responses: [ResponseRecord] = []
  ) throws {
    try write { database in
      let known = try ids(selectEvaluated, [round, set], in: database)
      guard rows.allSatisfy({ $0.setName == set }), responses.allSatisfy({ $0.setName == set }) else {
        throw StoreError.refused(path: url.path, rule: "a batch belongs to one set")
      }
      guard try isNew(rows.map { ($0.round, $0.exerciseID) }, round: round, known: known) else { return }
      let statement = try database.cachedStatement(
        sql: """
          INSERT INTO evaluations (
            \(EvaluationRecord.columns), \(Tally.columns), \(Measures.columns), majority_optimal)
          VALUES (?, ?, ?, ?, \(tallyMarks), ?, ?, ?, ?, ?, ?)
          """)
      for row in rows {
        let measures: StatementArguments = [
          row.measures?.correctTraceTokens, row.measures?.leastCost, row.measures?.distinctCorrect,
          row.measures?.optimalClauses, row.measures?.optimalExpansions, row.votes?.majority,
        ]
        try statement.execute(
          arguments: [row.round, row.setName, row.exerciseID, row.votes?.text] + row.tally.arguments
            + measures)
      }
      try insert(responses, of: rows, in: database)
      try add(faults, source: set, round: round, in: database)
    }
  }

  public func evaluatedExerciseIDs(round: Int, set: String = SetName.test) throws -> Set<Int64> {
    try read { try ids(selectEvaluated, [round, set], in: $0) }
  }

  /// In ascending order of exercise.
  public func evaluations(round: Int, set: String = SetName.test) throws -> [EvaluationRecord] {
    try read {
      try EvaluationRecord.all(
        in: $0,
        """
        SELECT \(EvaluationRecord.columns), \(Tally.columns), \(Measures.columns) FROM evaluations
        WHERE round = ? AND set_name = ? ORDER BY exercise_id
        """, [round, set])
    }
  }

  /// The kept responses of one evaluated exercise, in ascending order of attempt.
  public func responses(
    round: Int, set: String = SetName.test, exerciseID: Int64
  ) throws -> [ResponseRecord] {
    try read {
      try ResponseRecord.all(
        in: $0,
        """
        SELECT \(ResponseRecord.columns) FROM responses
        WHERE round = ? AND set_name = ? AND exercise_id = ? ORDER BY attempt
        """, [round, set, exerciseID])
    }
  }

  // MARK: - Within a transaction

  private func ids(
    _ sql: String, _ arguments: StatementArguments, in database: Database
  ) throws -> Set<Int64> {
    Set(try database.integers(sql, arguments))
  }

  private func insert(
    _ responses: [ResponseRecord], of rows: [EvaluationRecord], in database: Database
  ) throws {
    let exercises = Set(rows.map(\.exerciseID))
    guard responses.allSatisfy({ exercises.contains($0.exerciseID) && $0.round == rows[0].round }) else {
      throw StoreError.refused(path: url.path, rule: "a response belongs to an exercise of its batch")
    }
    let statement = try database.cachedStatement(
      sql: """
        INSERT INTO responses (\(ResponseRecord.columns)) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """)
    for response in responses {
      try statement.execute(arguments: [
        response.round, response.setName, response.exerciseID, response.attempt, response.trace,
        response.answer, response.length, response.terminated, response.correct, response.optimal,
        response.sound, response.legal,
      ])
    }
  }

  /// Whether a batch with these keys is still to be inserted; throws if a part of it is there.
  private func isNew(_ keys: [(round: Int, exercise: Int64)], round: Int, known: Set<Int64>) throws -> Bool {
    guard keys.allSatisfy({ $0.round == round }) else {
      throw StoreError.refused(path: url.path, rule: "a batch belongs to one round")
    }
    let repeated = keys.count { known.contains($0.exercise) }
    guard repeated == 0 || repeated == keys.count else {
      throw StoreError.refused(
        path: url.path, rule: "\(repeated) of a batch's \(keys.count) exercises are in the store already")
    }
    return repeated < keys.count
  }

  private func add(_ faults: [String: Int], source: String, round: Int, in database: Database) throws {
    let statement = try database.cachedStatement(
      sql: """
        INSERT INTO fault_counts VALUES (?, ?, ?, ?)
        ON CONFLICT (round, source, kind) DO UPDATE SET count = count + excluded.count
        """)
    for (kind, count) in faults where count != 0 {
      try statement.execute(arguments: [round, source, kind, count])
    }
  }
}

private let selectEvaluated = "SELECT exercise_id FROM evaluations WHERE round = ? AND set_name = ?"

private let tallyMarks = "?, ?, ?, ?, ?, ?, ?, ?, ?"

extension Tally {
  fileprivate var arguments: StatementArguments {
    [
      samples, terminated, correct, optimal, sound, legal, generatedTokens, optimalTraceTokens,
      shortestOptimal,
    ]
  }
}
