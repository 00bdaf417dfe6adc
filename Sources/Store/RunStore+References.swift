import GRDB

/// A trace length that the model's on one exercise is compared with.
public struct ReferenceRecord: Sendable, Equatable {
  public var exerciseID: Int64
  /// `reference`: the mean of the reference's own traces; the others are the domain's.
  public var name: String
  public var tokens: Double

  public init(exerciseID: Int64, name: String, tokens: Double) {
    self.exerciseID = exerciseID
    self.name = name
    self.tokens = tokens
  }
}

/// A reference line over all test exercises, and beside a round on those it solved optimally.
public struct ReferenceSummary: Sendable, Equatable {
  public let name: String
  /// Mean over the test exercises.
  public let tokens: Double
  /// Over that of `reference`; nil where that is nothing.
  public let relative: Double?
  /// The newest evaluated round that was accepted; nil before there is one with an optimal response.
  public let round: Int?
  /// The round's shortening against the line, on the tasks it solved optimally; nil against no trace.
  public let shorterPercent: Double?
  /// Its 95 % interval over these tasks; nil in a run from before it was computed.
  public let shorterPercentLow: Double?
  public let shorterPercentHigh: Double?
  /// Of these tasks: those on which the round's mean trace is shorter than the line.
  public let belowPercent: Double?

  public init(
    name: String, tokens: Double, relative: Double?, round: Int?, shorterPercent: Double?,
    shorterPercentLow: Double?, shorterPercentHigh: Double?, belowPercent: Double?
  ) {
    self.name = name
    self.tokens = tokens
    self.relative = relative
    self.round = round
    self.shorterPercent = shorterPercent
    self.shorterPercentLow = shorterPercentLow
    self.shorterPercentHigh = shorterPercentHigh
    self.belowPercent = belowPercent
  }
}

/// Reference lines of the evaluated exercises.
extension RunStore {
  /// Exercises of any evaluation set without any of `names`, in ascending order.
  public func exercisesWithoutReferences(_ names: [String]) throws -> [ExerciseRecord] {
    let known = try read {
      try $0.rows("SELECT exercise_id, name FROM reference_lines") { row in
        (id: try row.next() as Int64, name: try row.next() as String)
      }
    }
    var missing: [Int64: Set<String>] = [:]
    for row in known { missing[row.id, default: Set(names)].remove(row.name) }
    return try evaluatedExercises().filter { missing[$0.id] != [] }
  }

  /// Adds what is not there; what is there stays.
  public func insertReferences(_ rows: [ReferenceRecord]) throws {
    try write { database in
      let statement = try database.cachedStatement(
        sql: "INSERT INTO reference_lines VALUES (?, ?, ?) ON CONFLICT DO NOTHING")
      for row in rows { try statement.execute(arguments: [row.exerciseID, row.name, row.tokens]) }
    }
  }

  /// By the line's name and the exercise, of one set.
  public func references(split: String) throws -> [String: [Int64: Double]] {
    var lines: [String: [Int64: Double]] = [:]
    let rows = try read {
      try $0.rows(
        """
        SELECT r.exercise_id, r.name, r.tokens
        FROM reference_lines AS r JOIN exercises AS x ON x.id = r.exercise_id WHERE x.split = ?
        """, [split]
      ) {
        ReferenceRecord(exerciseID: try $0.next(), name: try $0.next(), tokens: try $0.next())
      }
    }
    for row in rows { lines[row.name, default: [:]][row.exerciseID] = row.tokens }
    return lines
  }

  /// In order of name.
  public func references(exerciseID: Int64) throws -> [ReferenceRecord] {
    try read {
      try $0.rows(
        "SELECT exercise_id, name, tokens FROM reference_lines WHERE exercise_id = ? ORDER BY name",
        [exerciseID]
      ) {
        ReferenceRecord(exerciseID: try $0.next(), name: try $0.next(), tokens: try $0.next())
      }
    }
  }

  /// The longest line first.
  public func referenceSummary() throws -> [ReferenceSummary] {
    try read {
      try $0.rows(
        """
        SELECT l.name, l.tokens, l.relative, a.round, a.shorter_pct, a.shorter_pct_low, a.shorter_pct_high,
          a.below_pct
        FROM reference_summary AS l LEFT JOIN against_references AS a ON a.name = l.name AND a.round =
          (SELECT max(n.round) FROM against_references AS n JOIN rounds AS r ON r.round = n.round
            WHERE r.state = 'accepted')
        ORDER BY l.tokens DESC, l.name
        """
      ) {
        ReferenceSummary(
          name: try $0.next(), tokens: try $0.next(), relative: try $0.next(), round: try $0.next(),
          shorterPercent: try $0.next(), shorterPercentLow: try $0.next(),
          shorterPercentHigh: try $0.next(), belowPercent: try $0.next())
      }
    }
  }
}
