import GRDB

/// A row of the view `rounds_summary`, rounded for people; its JSON keys are the view's columns. The figures
/// of an evaluation are nil before the round's first evaluated exercise.
public struct RoundSummary: Sendable, Equatable, Codable {
  public let round: Int
  public let state: RoundState
  /// Mean over samples (pass@1), as all `...Percent` of answers but `anyOptimalPercent`.
  public let optimalPercent: Double?
  public let solvedPercent: Double?
  public let anyOptimalPercent: Double?
  /// Mean over tasks of the mean trace length of the optimal samples.
  public let traceTokens: Double?
  /// The reference's mean on the same tasks.
  public let referenceTraceTokens: Double?
  public let ilrOnOptimal: Double?
  /// Round 0's mean on the tasks optimal in both.
  public let pairedTokensBefore: Double?
  public let pairedTokens: Double?
  /// Positive: shorter than round 0.
  public let shorterPercent: Double?
  /// Of the correct samples.
  public let soundPercent: Double?
  public let legalPercent: Double?
  /// Of all samples.
  public let truncatedPercent: Double?
  /// Training exercises whose kept trace got shorter in this round.
  public let improved: Int
  /// Kept traces among the sequences trained on.
  public let kept: Int
  public let trainTokens: Int
  public let sampledTokens: Int
  public let seconds: Int
  public let optimalPercentLow: Double?
  public let optimalPercentHigh: Double?
  public let shorterPercentLow: Double?
  public let shorterPercentHigh: Double?

  enum CodingKeys: String, CodingKey, CaseIterable {
    case round, state
    case optimalPercent = "optimal_pct"
    case solvedPercent = "solved_pct"
    case anyOptimalPercent = "any_optimal_pct"
    case traceTokens = "trace_tokens"
    case referenceTraceTokens = "reference_trace_tokens"
    case ilrOnOptimal = "ilr_on_optimal"
    case pairedTokensBefore = "paired_tokens_before"
    case pairedTokens = "paired_tokens"
    case shorterPercent = "shorter_pct"
    case soundPercent = "sound_pct"
    case legalPercent = "legal_pct"
    case truncatedPercent = "truncated_pct"
    case improved, kept
    case trainTokens = "train_tokens"
    case sampledTokens = "sampled_tokens"
    case seconds
    case optimalPercentLow = "optimal_pct_low"
    case optimalPercentHigh = "optimal_pct_high"
    case shorterPercentLow = "shorter_pct_low"
    case shorterPercentHigh = "shorter_pct_high"
  }
}

extension RoundSummary: StoredRecord {}

/// What a run is doing.
public enum RunStatus: String, Sendable, Codable {
  /// A process works, and its heartbeat is no older than 120 s.
  case running
  /// The heartbeat is older: the process has probably died.
  case stale
  /// Ended with work left.
  case stopped
  case finished
}

/// The row of the view `run_state`.
public struct RunState: Sendable, Equatable, Encodable {
  public let name: String
  public let state: RunStatus
  /// How many rounds the configuration plans; nil if it does not say.
  public let rounds: Int?
  /// The newest round and how far it is; nil before round 0.
  public let round: Int?
  public let phase: RoundState?
  public let accepted: Int
  public let rejected: Int
  public let attempts: Int
  public let pid: Int32?
  public let host: String?
  /// Of the host when the process started: if it differs today, the process is gone.
  public let bootID: String?
  public let startedAt: String?
  public let heartbeatAt: String?
  public let exit: String?
  public let finishedReason: String?
  /// What the lengths of the run count.
  public let lengthUnit: String
  /// `reproducible`, `repeatable` or `recorded`.
  public let promise: String
}

extension RunState: FetchableRecord {
  /// From a row of the view. (The JSON's keys are the properties' names, as they always were.)
  public init(row: Row) throws {
    name = try row.decode(forColumn: "name")
    state = try row.decode(forColumn: "state")
    rounds = try row.decode(forColumn: "rounds")
    round = try row.decode(forColumn: "round")
    phase = try row.decode(forColumn: "phase")
    accepted = try row.decode(forColumn: "accepted")
    rejected = try row.decode(forColumn: "rejected")
    attempts = try row.decode(forColumn: "attempts")
    pid = try row.decode(forColumn: "pid")
    host = try row.decode(forColumn: "host")
    bootID = try row.decode(forColumn: "boot_id")
    startedAt = try row.decode(forColumn: "started_at")
    heartbeatAt = try row.decode(forColumn: "heartbeat_at")
    exit = try row.decode(forColumn: "exit")
    finishedReason = try row.decode(forColumn: "finished_reason")
    lengthUnit = try row.decode(forColumn: "length_unit")
    promise = try row.decode(forColumn: "promise")
  }
}

extension RunStatus: DatabaseValueConvertible {}
extension RoundState: DatabaseValueConvertible {}
