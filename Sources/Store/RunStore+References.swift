import GRDB

/// Reference lines of the evaluated exercises.
extension RunStore {
  /// Exercises of all evaluation sets that lack one of the lines `names`, in ascending order.
  public func exercisesWithoutReferences(_ names: [String]) throws -> [ExerciseRecord] {
    let known = try read {
      try ReferenceRecord.all(in: $0, "SELECT \(ReferenceRecord.columns) FROM reference_lines")
    }
    var missing: [Int64: Set<String>] = [:]
    for row in known { missing[row.exerciseID, default: Set(names)].remove(row.name) }
    return try evaluatedExercises().filter { missing[$0.id] != [] }
  }

  /// Adds what is not there; what is there stays.
  public func insertReferences(_ rows: [ReferenceRecord]) throws {
    try write { database in
      let statement = try database.cachedStatement(
        sql: "INSERT INTO reference_lines (exercise_id, name, tokens) VALUES (?, ?, ?) ON CONFLICT DO NOTHING"
      )
      for row in rows { try statement.execute(arguments: [row.exerciseID, row.name, row.tokens]) }
    }
  }

  /// The lines of one split, by the line's name, then by exercise.
  public func references(split: String) throws -> [String: [Int64: Double]] {
    var lines: [String: [Int64: Double]] = [:]
    let rows = try read {
      try ReferenceRecord.all(
        in: $0,
        """
        SELECT \(ReferenceRecord.columns(of: "r"))
        FROM reference_lines AS r JOIN exercises AS x ON x.id = r.exercise_id WHERE x.split = ?
        """, [split])
    }
    for row in rows { lines[row.name, default: [:]][row.exerciseID] = row.tokens }
    return lines
  }

  /// In order of name.
  public func references(exerciseID: Int64) throws -> [ReferenceRecord] {
    try read {
      try ReferenceRecord.all(
        in: $0,
        "SELECT \(ReferenceRecord.columns) FROM reference_lines WHERE exercise_id = ? ORDER BY name",
        [exerciseID])
    }
  }

  /// The longest line first.
  public func referenceSummary() throws -> [ReferenceSummary] {
    try read {
      try ReferenceSummary.all(
        in: $0,
        """
        SELECT l.name, l.tokens, l.relative, a.round, a.shorter_pct, a.shorter_pct_low, a.shorter_pct_high,
          a.below_pct
        FROM reference_summary AS l LEFT JOIN against_references AS a ON a.name = l.name AND a.round =
          (SELECT max(n.round) FROM against_references AS n JOIN rounds AS r ON r.round = n.round
            WHERE r.state = 'accepted')
        ORDER BY l.tokens DESC, l.name
        """)
    }
  }
}
