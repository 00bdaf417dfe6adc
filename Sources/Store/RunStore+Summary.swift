import GRDB

/// A row of the view `rounds_summary`, rounded for people; its JSON keys are the view's columns. What an
/// evaluation says is nil before the round's first evaluated exercise.
public struct RoundSummary: Sendable, Equatable, Codable {
  public let round: Int
  public let state: String
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

/// The row of the view `run_state`.
public struct RunState: Sendable, Equatable, Encodable {
  public let name: String
  /// `running`, `stale`, `stopped` or `finished`.
  public let state: String
  /// How many rounds the configuration plans; nil when it does not say.
  public let rounds: Int?
  /// The newest round and its phase, or `accepted`, `rejected`; nil before round 0.
  public let round: Int?
  public let phase: String?
  public let accepted: Int
  public let rejected: Int
  public let attempts: Int
  public let pid: Int32?
  public let host: String?
  /// Of the host when the process started: another one since means that the process is gone.
  public let bootID: String?
  public let startedAt: String?
  public let heartbeatAt: String?
  public let exit: String?
  public let finishedReason: String?
}

extension RunStore {
  /// In ascending order of round.
  public func roundsSummary() throws -> [RoundSummary] {
    let columns = RoundSummary.CodingKeys.allCases.map(\.rawValue).joined(separator: ", ")
    return try read {
      try $0.rows("SELECT \(columns) FROM rounds_summary") {
        RoundSummary(
          round: try $0.next(), state: try $0.next(), optimalPercent: try $0.next(),
          solvedPercent: try $0.next(), anyOptimalPercent: try $0.next(), traceTokens: try $0.next(),
          referenceTraceTokens: try $0.next(), ilrOnOptimal: try $0.next(), pairedTokensBefore: try $0.next(),
          pairedTokens: try $0.next(), shorterPercent: try $0.next(), soundPercent: try $0.next(),
          legalPercent: try $0.next(), truncatedPercent: try $0.next(), improved: try $0.next(),
          kept: try $0.next(), trainTokens: try $0.next(), sampledTokens: try $0.next(),
          seconds: try $0.next(), optimalPercentLow: try $0.next(), optimalPercentHigh: try $0.next(),
          shorterPercentLow: try $0.next(), shorterPercentHigh: try $0.next())
      }
    }
  }

  /// nil before `insertRun`. Whether a run is stale is judged by SQLite's clock.
  public func runState() throws -> RunState? {
    try read {
      try $0.firstRow(
        """
        SELECT name, state, rounds, round, phase, accepted, rejected, attempts, pid, host, boot_id,
          started_at, heartbeat_at, exit, finished_reason FROM run_state
        """
      ) {
        RunState(
          name: try $0.next(), state: try $0.next(), rounds: try $0.next(), round: try $0.next(),
          phase: try $0.next(), accepted: try $0.next(), rejected: try $0.next(), attempts: try $0.next(),
          pid: try $0.next(), host: try $0.next(), bootID: try $0.next(), startedAt: try $0.next(),
          heartbeatAt: try $0.next(),
          exit: try $0.next(), finishedReason: try $0.next())
      }
    }
  }
}
