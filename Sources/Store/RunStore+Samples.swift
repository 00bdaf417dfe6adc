import GRDB

/// What the samples of a round came to: per training exercise, and per exercise of an evaluation.
///
/// A batch is committed whole with its tally of faults. Repeating a batch changes nothing; a batch of which
/// only a part is there is refused, for its faults could not be told apart.
extension RunStore {
  /// `faults`: how many samples of the batch have no optimal answer, by the reason.
  public func commitSampling(round: Int, rows: [SamplingRecord], faults: [String: Int]) throws {
    try write { database in
      let known = try ids("SELECT exercise_id FROM samplings WHERE round = ?", [round], in: database)
      guard try isNew(rows.map { ($0.round, $0.exerciseID) }, round: round, known: known) else { return }
      let statement = try database.cachedStatement(
        sql: """
          INSERT INTO samplings (round, exercise_id, \(tallyNames), best_attempt, best_trace, best_answer,
            best_length, best_sound, best_legal)
          VALUES (?, ?, \(tallyMarks), ?, ?, ?, ?, ?, ?)
          """)
      for row in rows {
        let best: StatementArguments = [
          row.bestAttempt, row.bestTrace, row.bestAnswer, row.bestLength, row.bestSound, row.bestLegal,
        ]
        try statement.execute(arguments: [row.round, row.exerciseID] + row.tally.arguments + best)
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
      try $0.rows(
        """
        SELECT round, exercise_id, \(tallyNames), best_attempt, best_trace, best_answer, best_length,
          best_sound, best_legal
        FROM samplings WHERE round = ? ORDER BY exercise_id
        """, [round]
      ) {
        SamplingRecord(
          round: try $0.next(), exerciseID: try $0.next(), tally: try $0.nextTally(),
          bestAttempt: try $0.next(), bestTrace: try $0.next(), bestAnswer: try $0.next(),
          bestLength: try $0.next(), bestSound: try $0.next(), bestLegal: try $0.next())
      }
    }
  }

  /// `faults`: how many samples of the batch have no optimal answer, by the reason.
  public func commitEvaluation(
    round: Int, set: String = "test", rows: [EvaluationRecord], faults: [String: Int]
  ) throws {
    try write { database in
      let known = try ids(selectEvaluated, [round, set], in: database)
      guard rows.allSatisfy({ $0.setName == set }) else {
        throw StoreError.refused(path: url.path, rule: "a batch belongs to one set")
      }
      guard try isNew(rows.map { ($0.round, $0.exerciseID) }, round: round, known: known) else { return }
      let statement = try database.cachedStatement(
        sql: """
          INSERT INTO evaluations (round, set_name, exercise_id, \(tallyNames), \(measureNames))
          VALUES (?, ?, ?, \(tallyMarks), ?, ?, ?, ?, ?)
          """)
      for row in rows {
        let measures: StatementArguments = [
          row.measures?.correctTraceTokens, row.measures?.leastCost, row.measures?.distinctCorrect,
          row.measures?.optimalClauses, row.measures?.optimalExpansions,
        ]
        try statement.execute(
          arguments: [row.round, row.setName, row.exerciseID] + row.tally.arguments + measures)
      }
      try add(faults, source: set, round: round, in: database)
    }
  }

  public func evaluatedExerciseIDs(round: Int, set: String = "test") throws -> Set<Int64> {
    try read { try ids(selectEvaluated, [round, set], in: $0) }
  }

  /// In ascending order of exercise.
  public func evaluations(round: Int, set: String = "test") throws -> [EvaluationRecord] {
    try read {
      try $0.rows(
        """
        SELECT round, set_name, exercise_id, \(tallyNames), \(measureNames) FROM evaluations
        WHERE round = ? AND set_name = ? ORDER BY exercise_id
        """, [round, set]
      ) {
        EvaluationRecord(
          round: try $0.next(), setName: try $0.next(), exerciseID: try $0.next(), tally: try $0.nextTally(),
          measures: try $0.nextMeasures())
      }
    }
  }

  // MARK: - Within a transaction

  private func ids(_ sql: String, _ arguments: StatementArguments, in database: Database) throws -> Set<Int64>
  {
    Set(try database.rows(sql, arguments) { try $0.next() as Int64 })
  }

  /// Whether a batch with these keys is still to be inserted; throws when a part of it is there.
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

let tallyNames = """
  samples, terminated, correct, optimal, sound, legal, generated_tokens, optimal_trace_tokens,
    shortest_optimal
  """
let measureNames =
  "correct_trace_tokens, least_cost, distinct_correct, optimal_clauses, optimal_expansions"
private let tallyMarks = "?, ?, ?, ?, ?, ?, ?, ?, ?"

extension Tally {
  fileprivate var arguments: StatementArguments {
    [
      samples, terminated, correct, optimal, sound, legal, generatedTokens, optimalTraceTokens,
      shortestOptimal,
    ]
  }
}

extension Columns {
  fileprivate mutating func nextTally() throws -> Tally {
    Tally(
      samples: try next(), terminated: try next(), correct: try next(), optimal: try next(),
      sound: try next(), legal: try next(), generatedTokens: try next(), optimalTraceTokens: try next(),
      shortestOptimal: try next())
  }

  /// nil in a row from before they were taken.
  fileprivate mutating func nextMeasures() throws -> Measures? {
    let tokens: Int? = try next()
    let cost: Int? = try next()
    let counts: (Int?, Int?, Int?) = (try next(), try next(), try next())
    guard let tokens, let distinct = counts.0, let clauses = counts.1, let expansions = counts.2 else {
      return nil
    }
    return Measures(
      correctTraceTokens: tokens, leastCost: cost, distinctCorrect: distinct, optimalClauses: clauses,
      optimalExpansions: expansions)
  }
}
