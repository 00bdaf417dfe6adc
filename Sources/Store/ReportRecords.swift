/// A row of `against_references`: a round compared with a reference line, on the tasks it solved optimally.
public struct RoundAgainstReference: Sendable, Equatable {
  public let round: Int
  public let name: String
  public let tasks: Int
  public let traceTokens: Double
  public let referenceTokens: Double
  /// nil if the line is zero.
  public let shorterPercent: Double?
  public let shorterPercentLow: Double?
  public let shorterPercentHigh: Double?
  public let belowPercent: Double?
}

extension RoundAgainstReference: StoredRecord {
  enum CodingKeys: String, CodingKey, CaseIterable {
    case round, name, tasks
    case traceTokens = "trace_tokens"
    case referenceTokens = "reference_tokens"
    case shorterPercent = "shorter_pct"
    case shorterPercentLow = "shorter_pct_low"
    case shorterPercentHigh = "shorter_pct_high"
    case belowPercent = "below_pct"
  }
}

/// A row of `failures_by_reason`.
public struct FailureCount: Sendable, Equatable {
  public let round: Int
  /// `sample`, or the evaluated set.
  public let source: String
  public let reason: String
  public let count: Int
  /// Of all samples of the round and source.
  public let percent: Double?
}

extension FailureCount: StoredRecord {
  enum CodingKeys: String, CodingKey, CaseIterable {
    case round, source, reason, count
    case percent = "pct_of_samples"
  }
}

/// A row of `length_histogram`.
public struct LengthBin: Sendable, Equatable {
  /// nil: the reference.
  public let round: Int?
  public let from: Int
  public let to: Int
  public let exercises: Int
}

extension LengthBin: StoredRecord {
  enum CodingKeys: String, CodingKey, CaseIterable {
    case round
    case from = "tokens_from"
    case to = "tokens_to"
    case exercises
  }
}

/// A row of `lineage`.
public struct Ancestor: Sendable, Equatable {
  public let traceID: Int64
  /// 0: the trace itself.
  public let generation: Int
  public let exerciseID: Int64
  /// `round 3`, or the reference's name.
  public let origin: String
  public let attempt: Int?
  public let tokens: Int
  /// nil: the reference's own, which the database does not judge.
  public let sound: Bool?
  public let legal: Bool?
  public let trace: String
}

extension Ancestor: StoredRecord {
  enum CodingKeys: String, CodingKey, CaseIterable {
    case traceID = "trace_id"
    case generation
    case exerciseID = "exercise"
    case origin, attempt, tokens, sound, legal, trace
  }
}
