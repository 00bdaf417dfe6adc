/// Test tasks of about one difficulty: a round compared with round 0.
public struct DifficultyBin: Sendable, Equatable {
  /// The ends of the bin, both in it.
  public let from: Int
  public let to: Int
  public let tasks: Int
  public let optimalPercentBefore: Double?
  public let optimalPercent: Double?
  /// Tasks solved optimally in both; the means below are over them.
  public let pairs: Int
  public let referenceTokens: Double?
  public let tokensBefore: Double?
  public let tokens: Double?
}

extension DifficultyBin: StoredRecord {
  enum CodingKeys: String, CodingKey, CaseIterable {
    case from = "difficulty_from"
    case to = "difficulty_to"
    case tasks
    case optimalPercentBefore = "optimal_pct_before"
    case optimalPercent = "optimal_pct"
    case pairs
    case referenceTokens = "reference_tokens"
    case tokensBefore = "tokens_before"
    case tokens
  }
}

/// What makes a task difficult.
public enum DifficultyMeasure: String, Sendable, CaseIterable {
  /// Of its cheapest answer; tasks without a cost are left out.
  case optimalCost
  /// The reference's mean trace length.
  case referenceTokens

  /// Eight bins of equal width or fewer, with the columns of `DifficultyBin`; for `sqlite3` as it is.
  public func query(round: Int) -> String {
    let (value, rounding, condition) =
      switch self {
      case .optimalCost: ("x.optimal_cost", 1, " AND x.optimal_cost IS NOT NULL")
      case .referenceTokens: ("CAST(l.tokens AS INTEGER)", 10, "")
      }
    return """
      WITH task AS (
        SELECT \(value) AS difficulty, l.tokens AS reference,
          100.0 * f.optimal / f.samples AS optimal_before, 100.0 * e.optimal / e.samples AS optimal,
          iif(f.optimal > 0 AND e.optimal > 0, 1.0 * f.optimal_trace_tokens / f.optimal, NULL) AS before,
          iif(f.optimal > 0 AND e.optimal > 0, 1.0 * e.optimal_trace_tokens / e.optimal, NULL) AS now
        FROM evaluations AS e JOIN exercises AS x ON x.id = e.exercise_id
          JOIN evaluations AS f ON f.set_name = 'test' AND f.round = 0 AND f.exercise_id = x.id
          JOIN reference_lines AS l ON l.exercise_id = x.id AND l.name = 'reference'
        WHERE e.set_name = 'test' AND e.round = \(round)\(condition)
      ), span AS (
        SELECT \(rounding) * (min(difficulty) / \(rounding)) AS low,
          \(rounding) * max(1, ((max(difficulty) - min(difficulty)) / 8 + \(rounding)) / \(rounding)) AS width
        FROM task
      )
      SELECT low + width * ((difficulty - low) / width) AS difficulty_from,
        low + width * ((difficulty - low) / width) + width - 1 AS difficulty_to, count(*) AS tasks,
        round(avg(optimal_before), 1) AS optimal_pct_before, round(avg(optimal), 1) AS optimal_pct,
        count(now) AS pairs, round(avg(iif(now IS NULL, NULL, reference)), 1) AS reference_tokens,
        round(avg(before), 1) AS tokens_before, round(avg(now), 1) AS tokens
      FROM task, span GROUP BY 1 ORDER BY 1
      """
  }
}
