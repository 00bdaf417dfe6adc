/// How far a round is: in a phase, or decided.
public enum RoundState: Sendable, Hashable, Codable, RawRepresentable {
  case running(Phase)
  case accepted
  case rejected

  /// As stored and printed: a phase's raw value, `accepted` or `rejected`.
  public init?(rawValue: String) {
    switch rawValue {
    case "accepted": self = .accepted
    case "rejected": self = .rejected
    default:
      guard let phase = Phase(rawValue: rawValue) else { return nil }
      self = .running(phase)
    }
  }

  public var rawValue: String {
    switch self {
    case .running(let phase): phase.rawValue
    case .accepted: "accepted"
    case .rejected: "rejected"
    }
  }

  /// nil once the round is decided.
  public var phase: Phase? {
    if case .running(let phase) = self { phase } else { nil }
  }
}

/// One round: where its weights come from, what it trained on, how it ended.
public struct RoundRecord: Sendable, Equatable {
  public var round: Int
  public var state: RoundState
  /// The checkpoint the round samples from and starts at; nil in round 0 alone.
  public var parentCheckpoint: Int64?
  /// The round's own final checkpoint; nil while it trains.
  public var checkpoint: Int64?
  public var startedAt: String
  public var endedAt: String?
  public var trainSetSHA256: String?
  public var trainTokens: Int
  public var trainedSequences: Int
  /// How many of the sequences trained on are kept traces; the others are the reference's own.
  public var keptSequences: Int
  /// Why the round was rejected.
  public var reason: String?

  public init(
    round: Int, state: RoundState = .running(.generate), parentCheckpoint: Int64? = nil,
    checkpoint: Int64? = nil, startedAt: String, endedAt: String? = nil, trainSetSHA256: String? = nil,
    trainTokens: Int = 0, trainedSequences: Int = 0, keptSequences: Int = 0, reason: String? = nil
  ) {
    self.round = round
    self.state = state
    self.parentCheckpoint = parentCheckpoint
    self.checkpoint = checkpoint
    self.startedAt = startedAt
    self.endedAt = endedAt
    self.trainSetSHA256 = trainSetSHA256
    self.trainTokens = trainTokens
    self.trainedSequences = trainedSequences
    self.keptSequences = keptSequences
    self.reason = reason
  }

  /// The phase the round is in; nil once it is decided.
  public var phase: Phase? { state.phase }
}

extension RoundRecord: StoredRecord {
  enum CodingKeys: String, CodingKey, CaseIterable {
    case round, state
    case parentCheckpoint = "parent_checkpoint"
    case checkpoint
    case startedAt = "started_at"
    case endedAt = "ended_at"
    case trainSetSHA256 = "train_set_sha256"
    case trainTokens = "train_tokens"
    case trainedSequences = "trained_sequences"
    case keptSequences = "kept_sequences"
    case reason
  }
}

/// What a round's training came to: its final checkpoint, what it trained on, and the phase that follows.
public struct TrainingResult: Sendable, Equatable {
  public var round: Int
  /// Its row is there.
  public var checkpoint: Int64
  public var trainSetSHA256: String
  /// Every token trained on.
  public var trainTokens: Int
  public var trainedSequences: Int
  public var keptSequences: Int
  public var nextPhase: Phase

  public init(
    round: Int, checkpoint: Int64, trainSetSHA256: String, trainTokens: Int, trainedSequences: Int,
    keptSequences: Int, nextPhase: Phase
  ) {
    self.round = round
    self.checkpoint = checkpoint
    self.trainSetSHA256 = trainSetSHA256
    self.trainTokens = trainTokens
    self.trainedSequences = trainedSequences
    self.keptSequences = keptSequences
    self.nextPhase = nextPhase
  }
}

/// How a round ends, with the figures that decided it.
public struct RoundDecision: Sendable, Equatable {
  public enum Outcome: Sendable, Equatable {
    case accepted
    case rejected(reason: String)
  }

  public var round: Int
  public var outcome: Outcome
  public var time: String
  public var measured: [MeasuredRecord]
  public var intervals: [IntervalRecord]

  public init(
    round: Int, _ outcome: Outcome, at time: String, measured: [MeasuredRecord] = [],
    intervals: [IntervalRecord] = []
  ) {
    self.round = round
    self.outcome = outcome
    self.time = time
    self.measured = measured
    self.intervals = intervals
  }

  var state: RoundState { outcome == .accepted ? .accepted : .rejected }

  var reason: String? {
    if case .rejected(let reason) = outcome { reason } else { nil }
  }
}
