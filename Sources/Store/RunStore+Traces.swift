import GRDB

/// Kept traces: the chain from the reference's own, if there is one, to the shortest found.
extension RunStore {
  /// Keeps a round's new traces and moves the round to `nextPhase`, in one transaction. A trace already kept
  /// for the same exercise and round stays as it is. A trace that is not strictly shorter than the exercise's
  /// newest, its parent, is refused; so is a first one that is not shorter than the reference's or, without
  /// one, than the incumbent length of the round's sampling.
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
    try read {
      try TraceRecord.all(in: $0, "\(selectTraces) WHERE round = ? ORDER BY exercise_id", [round])
    }
  }

  /// Of each exercise with a trace kept in `rounds` (nil: in any), the newest of them, which is the shortest.
  /// In ascending order of exercise.
  public func newestKeptTraces(rounds: ClosedRange<Int>? = nil) throws -> [TraceRecord] {
    try read {
      try TraceRecord.all(
        in: $0,
        """
        \(selectTraces) AS t
        WHERE round = (SELECT max(n.round) FROM traces AS n
          WHERE n.exercise_id = t.exercise_id AND n.round BETWEEN ? AND ?)
        ORDER BY exercise_id
        """, [rounds?.lowerBound ?? 0, rounds?.upperBound ?? Int.max])
    }
  }

  /// By exercise, the prompts of those that `newestKeptTraces(rounds:)` returns a trace of.
  public func promptsOfKeptTraces(rounds: ClosedRange<Int>) throws -> [Int64: String] {
    let prompts = try read {
      try Prompt.all(
        in: $0,
        """
        SELECT id, prompt FROM exercises
        WHERE id IN (SELECT exercise_id FROM traces WHERE round BETWEEN ? AND ?)
        """, [rounds.lowerBound, rounds.upperBound])
    }
    return Dictionary(uniqueKeysWithValues: prompts.map { ($0.id, $0.prompt) })
  }

  /// The newest kept trace's id by exercise; an exercise without one is left out.
  public func incumbentTraceIDs() throws -> [Int64: Int64] {
    Dictionary(try incumbents().map { ($0.exerciseID, $0.id) }) { _, newer in newer }
  }

  /// The newest kept trace's length by exercise; an exercise without one is left out.
  public func incumbentLengths() throws -> [Int64: Int] {
    Dictionary(try incumbents().map { ($0.exerciseID, $0.traceLength) }) { _, newer in newer }
  }

  /// Of all kept traces, the older rounds first.
  private func incumbents() throws -> [Incumbent] {
    try read {
      try Incumbent.all(in: $0, "SELECT \(Incumbent.columns) FROM traces ORDER BY round")
    }
  }

  /// All kept traces of an exercise, in ascending order of round.
  public func keptTraces(exerciseID: Int64) throws -> [TraceRecord] {
    try read {
      try TraceRecord.all(in: $0, "\(selectTraces) WHERE exercise_id = ? ORDER BY round", [exerciseID])
    }
  }
}

private let selectTraces = "SELECT \(TraceRecord.columns) FROM traces"

private struct Prompt: FetchableRecord, Decodable {
  let id: Int64
  let prompt: String
}

private struct Incumbent: StoredRecord {
  let id: Int64
  let exerciseID: Int64
  let traceLength: Int

  enum CodingKeys: String, CodingKey, CaseIterable {
    case id
    case exerciseID = "exercise_id"
    case traceLength = "trace_length"
  }
}
