import GRDB

/// Kept traces: the chain from the reference's own to the shortest found.
extension RunStore {
  /// Keeps a round's new traces and moves the round to `nextPhase`, in one transaction. A trace already kept
  /// for the same exercise and round stays as it is. A trace that is not strictly shorter than the
  /// exercise's newest, its parent, is refused.
  public func commitCuration(round: Int, kept: [TraceRecord], nextPhase: Phase) throws {
    try write { database in
      let statement = try database.cachedStatement(
        sql: """
          INSERT INTO traces (exercise_id, round, checkpoint_id, attempt, parent_trace_id, trace, answer,
            trace_length, sound, legal)
          SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10
          WHERE NOT EXISTS (SELECT 1 FROM traces WHERE exercise_id = ?1 AND round = ?2)
          """)
      for trace in kept {
        guard trace.round == round else {
          throw StoreError.refused(path: url.path, rule: "a curation belongs to one round")
        }
        try statement.execute(arguments: [
          trace.exerciseID, trace.round, trace.checkpointID, trace.attempt, trace.parentTraceID, trace.trace,
          trace.answer, trace.traceLength, trace.sound, trace.legal,
        ])
      }
      try setPhase(nextPhase, round: round, in: database)
    }
  }

  /// The traces kept in a round, in ascending order of exercise.
  public func keptTraces(round: Int) throws -> [TraceRecord] {
    try read { try $0.rows("\(selectTraces) WHERE round = ? ORDER BY exercise_id", [round], as: makeTrace) }
  }

  /// The newest, which is the shortest, trace kept in `rounds` (nil: in any) of each exercise with one, in
  /// ascending order of exercise.
  public func newestKeptTraces(rounds: ClosedRange<Int>? = nil) throws -> [TraceRecord] {
    try read {
      try $0.rows(
        """
        \(selectTraces) AS t
        WHERE round = (SELECT max(n.round) FROM traces AS n
          WHERE n.exercise_id = t.exercise_id AND n.round BETWEEN ? AND ?)
        ORDER BY exercise_id
        """, [rounds?.lowerBound ?? 0, rounds?.upperBound ?? Int.max], as: makeTrace)
    }
  }

  /// The prompts of the exercises that `newestKeptTraces(rounds:)` names, by exercise.
  public func promptsOfKeptTraces(rounds: ClosedRange<Int>) throws -> [Int64: String] {
    let pairs: [(Int64, String)] = try read {
      try $0.rows(
        """
        SELECT id, prompt FROM exercises
        WHERE id IN (SELECT exercise_id FROM traces WHERE round BETWEEN ? AND ?)
        """, [rounds.lowerBound, rounds.upperBound]
      ) { (try $0.next(), try $0.next()) }
    }
    return Dictionary(uniqueKeysWithValues: pairs)
  }

  /// The newest kept trace's id by exercise; an exercise without one is not named.
  public func incumbentTraceIDs() throws -> [Int64: Int64] {
    let pairs = try read { try $0.rows("SELECT exercise_id, id FROM traces ORDER BY round", as: pair) }
    return Dictionary(pairs) { _, newer in newer }
  }

  /// The newest kept trace's length in tokens by exercise; an exercise without one is not named.
  public func incumbentLengths() throws -> [Int64: Int] {
    let pairs = try read {
      try $0.rows("SELECT exercise_id, trace_length FROM traces ORDER BY round", as: pair)
    }
    return Dictionary(pairs) { _, newer in newer }.mapValues { Int($0) }
  }

  /// All kept traces of an exercise, in ascending order of round.
  public func keptTraces(exerciseID: Int64) throws -> [TraceRecord] {
    try read {
      try $0.rows("\(selectTraces) WHERE exercise_id = ? ORDER BY round", [exerciseID], as: makeTrace)
    }
  }
}

private let selectTraces = """
  SELECT id, exercise_id, round, checkpoint_id, attempt, parent_trace_id, trace, answer, trace_length, sound,
    legal FROM traces
  """

private func makeTrace(_ columns: inout Columns) throws -> TraceRecord {
  TraceRecord(
    id: try columns.next(), exerciseID: try columns.next(), round: try columns.next(),
    checkpointID: try columns.next(), attempt: try columns.next(), parentTraceID: try columns.next(),
    trace: try columns.next(), answer: try columns.next(), traceLength: try columns.next(),
    sound: try columns.next(), legal: try columns.next())
}

private func pair(_ columns: inout Columns) throws -> (Int64, Int64) {
  (try columns.next(), try columns.next())
}
