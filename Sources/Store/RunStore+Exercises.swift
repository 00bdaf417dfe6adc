import GRDB

/// Exercises: drawn once, in the order of their candidates, and never changed.
extension RunStore {
  /// Adds exercises, at most `limit`, and moves the split's cursor to `nextIndex`, in one transaction. If the
  /// limit is reached, the cursor moves to the candidate after the last one added. An exercise is left out if
  /// its prompt or its candidate is there already; the cursor never goes back. Returns how many were added.
  @discardableResult
  public func appendExercises(
    _ exercises: [ExerciseRecord], split: String, upTo limit: Int = .max, nextIndex: Int
  ) throws -> Int {
    guard exercises.allSatisfy({ $0.split == split && $0.candidateIndex < nextIndex }) else {
      throw StoreError.refused(path: url.path, rule: "a block holds candidates of one split before its end")
    }
    return try write { database in
      let statement = try database.cachedStatement(
        sql: """
          INSERT INTO exercises (split, candidate_index, round, prompt, trace, answer, optimal_cost,
            trace_length, identity_sha256)
          VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
          """)
      var added = 0
      var cursor = nextIndex
      for exercise in exercises where added < limit {
        try statement.execute(arguments: [
          exercise.split, exercise.candidateIndex, exercise.round, exercise.prompt, exercise.trace,
          exercise.answer, exercise.optimalCost, exercise.traceLength, exercise.identitySHA256,
        ])
        added += database.changesCount
        if added == limit { cursor = exercise.candidateIndex + 1 }
      }
      try database.execute(
        sql: """
          INSERT INTO cursors VALUES (?, ?)
          ON CONFLICT (split) DO UPDATE SET next_index = max(next_index, excluded.next_index)
          """, arguments: [split, cursor])
      return added
    }
  }

  /// The candidate to continue drawing with.
  public func nextExerciseIndex(split: String) throws -> Int {
    try read {
      try Int.fetchOne($0, sql: "SELECT next_index FROM cursors WHERE split = ?", arguments: [split]) ?? 0
    }
  }

  /// In ascending order of id.
  public func prompts(split: String) throws -> [String] {
    try read {
      try String.fetchAll(
        $0, sql: "SELECT prompt FROM exercises WHERE split = ? ORDER BY id", arguments: [split])
    }
  }

  /// Of all splits.
  public func exerciseCount() throws -> Int {
    try read { try Int.fetchOne($0, sql: "SELECT count(*) FROM exercises") ?? 0 }
  }

  /// All but the training exercises, in ascending order of id.
  func evaluatedExercises() throws -> [ExerciseRecord] {
    try read {
      try ExerciseRecord.all(in: $0, "\(selectExercises) WHERE split <> 'train' ORDER BY id")
    }
  }

  /// round nil: of all rounds.
  public func exerciseCount(split: String, round: Int? = nil) throws -> Int {
    try read {
      try Int.fetchOne(
        $0, sql: "SELECT count(*) FROM exercises WHERE split = ? AND (? IS NULL OR round = ?)",
        arguments: [split, round, round]) ?? 0
    }
  }

  /// In ascending order of id. `rounds` nil: drawn for any round. `after` and `limit` cut pages.
  public func exercises(
    split: String, rounds: ClosedRange<Int>? = nil, after id: Int64 = 0, limit: Int? = nil
  ) throws -> [ExerciseRecord] {
    try read {
      try ExerciseRecord.all(
        in: $0,
        """
        \(selectExercises) WHERE id > ? AND split = ? AND round BETWEEN ? AND ? ORDER BY id LIMIT ?
        """, [id, split, rounds?.lowerBound ?? 0, rounds?.upperBound ?? Int.max, limit ?? -1])
    }
  }

  public func exercise(id: Int64) throws -> ExerciseRecord? {
    try read { try ExerciseRecord.first(in: $0, "\(selectExercises) WHERE id = ?", [id]) }
  }
}

private let selectExercises = "SELECT \(ExerciseRecord.columns) FROM exercises"
