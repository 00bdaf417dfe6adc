import GRDB

/// The rows of the views that a report shows. The queries are those that a person would type, and a report
/// prints them next to its figures.
extension RunStore {
  /// In order of round, the longest line first.
  public func roundsAgainstReferences() throws -> [RoundAgainstReference] {
    try read {
      try RoundAgainstReference.all(
        in: $0, "SELECT \(RoundAgainstReference.columns) FROM against_references")
    }
  }

  /// In order of round and source, the most frequent first.
  public func failuresByReason() throws -> [FailureCount] {
    try read { try FailureCount.all(in: $0, "SELECT \(FailureCount.columns) FROM failures_by_reason") }
  }

  /// In order of round, the reference first, then of length.
  public func lengthHistogram() throws -> [LengthBin] {
    try read { try LengthBin.all(in: $0, "SELECT \(LengthBin.columns) FROM length_histogram") }
  }

  /// The trace with the most ancestors, the newest of equals, followed by them: the newest first, the
  /// reference's own last. Empty before a trace was kept.
  public func longestLineage() throws -> [Ancestor] {
    try read { database in
      let id = try Int64.fetchOne(
        database,
        sql: """
          SELECT t.id FROM traces AS t JOIN (
            SELECT exercise_id, max(round) AS round, count(*) AS kept FROM traces GROUP BY exercise_id
          ) AS chain ON chain.exercise_id = t.exercise_id AND chain.round = t.round
          JOIN exercises AS x ON x.id = t.exercise_id
          ORDER BY chain.kept DESC, x.trace_length - t.trace_length DESC, t.id DESC LIMIT 1
          """)
      guard let id else { return [] }
      return try Ancestor.all(
        in: database, "SELECT \(Ancestor.columns) FROM lineage WHERE trace_id = ? ORDER BY generation", [id])
    }
  }

  /// The test tasks of a round in bins of difficulty, compared with round 0. Empty if no task has the
  /// measure.
  public func difficulty(by measure: DifficultyMeasure, round: Int) throws -> [DifficultyBin] {
    try read { try DifficultyBin.all(in: $0, measure.query(round: round)) }
  }

  /// The tasks in the view `regressions`, in ascending order.
  public func regressedExerciseIDs() throws -> [Int64] {
    try read { try $0.integers("SELECT exercise FROM regressions") }
  }
}
