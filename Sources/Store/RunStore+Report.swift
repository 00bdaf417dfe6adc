import GRDB

/// What a report shows of the views, row by row. The queries are those a person would type: a report prints
/// them beside its figures.
extension RunStore {
  /// In order of round, the longest line first.
  public func roundsAgainstReferences() throws -> [RoundAgainstReference] {
    try read {
      try $0.rows(
        """
        SELECT round, name, tasks, trace_tokens, reference_tokens, shorter_pct, shorter_pct_low,
          shorter_pct_high, below_pct
        FROM against_references
        """
      ) {
        RoundAgainstReference(
          round: try $0.next(), name: try $0.next(), tasks: try $0.next(), traceTokens: try $0.next(),
          referenceTokens: try $0.next(), shorterPercent: try $0.next(), shorterPercentLow: try $0.next(),
          shorterPercentHigh: try $0.next(), belowPercent: try $0.next())
      }
    }
  }

  /// In order of round and source, the most frequent first.
  public func failuresByReason() throws -> [FailureCount] {
    try read {
      try $0.rows("SELECT round, source, reason, count, pct_of_samples FROM failures_by_reason") {
        FailureCount(
          round: try $0.next(), source: try $0.next(), reason: try $0.next(), count: try $0.next(),
          percent: try $0.next())
      }
    }
  }

  /// In order of round, the reference first, and of length.
  public func lengthHistogram() throws -> [LengthBin] {
    try read {
      try $0.rows("SELECT round, tokens_from, tokens_to, exercises FROM length_histogram") {
        LengthBin(
          round: try $0.next(), from: try $0.next(), to: try $0.next(), exercises: try $0.next())
      }
    }
  }

  /// The trace with the most ancestors, the newest of equals, and these; the newest first, the reference's own last.
  /// Empty before a trace was kept.
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
      return try database.rows(
        """
        SELECT trace_id, generation, exercise, origin, attempt, tokens, sound, legal, trace
        FROM lineage WHERE trace_id = ? ORDER BY generation
        """, [id]
      ) {
        Ancestor(
          traceID: try $0.next(), generation: try $0.next(), exerciseID: try $0.next(),
          origin: try $0.next(), attempt: try $0.next(), tokens: try $0.next(), sound: try $0.next(),
          legal: try $0.next(), trace: try $0.next())
      }
    }
  }

  /// The test tasks of a round in bins of difficulty, beside round 0.
  public func difficulty(by measure: DifficultyMeasure, round: Int) throws -> [DifficultyBin] {
    try read {
      try $0.rows(measure.query(round: round)) {
        DifficultyBin(
          from: try $0.next(), to: try $0.next(), tasks: try $0.next(), optimalPercentBefore: try $0.next(),
          optimalPercent: try $0.next(), pairs: try $0.next(), referenceTokens: try $0.next(),
          tokensBefore: try $0.next(), tokens: try $0.next())
      }
    }
  }

  /// Tasks that `regressions` names, in ascending order.
  public func regressedExerciseIDs() throws -> [Int64] {
    try read { try $0.rows("SELECT exercise FROM regressions") { try $0.next() } }
  }
}
