/// The phases of a round, in their order. Round 0 has `generate`, `train` and `evaluate` only.
public enum Phase: String, Sendable, CaseIterable {
  case generate, sample, curate, train, evaluate
}

/// The run a database belongs to: what it was started with. A database holds one run.
public struct RunRecord: Sendable, Equatable {
  public var name: String
  public var domain: String
  public var configurationJSON: String
  public var configurationSHA256: String
  public var vocabularySHA256: String
  /// In decimal digits: SQLite's integers do not hold all of `UInt64`.
  public var seed: String
  public var codeVersion: String
  /// UTC, ISO 8601, as every time in the store: `2025-03-01T12:00:00Z`.
  public var createdAt: String
  /// Why the run ended; nil while there is work left.
  public var finishedReason: String?

  public init(
    name: String, domain: String, configurationJSON: String, configurationSHA256: String,
    vocabularySHA256: String, seed: String, codeVersion: String, createdAt: String,
    finishedReason: String? = nil
  ) {
    self.name = name
    self.domain = domain
    self.configurationJSON = configurationJSON
    self.configurationSHA256 = configurationSHA256
    self.vocabularySHA256 = vocabularySHA256
    self.seed = seed
    self.codeVersion = codeVersion
    self.createdAt = createdAt
    self.finishedReason = finishedReason
  }
}

/// One round: where its weights come from, what it trained on, how it ended.
public struct RoundRecord: Sendable, Equatable {
  public var round: Int
  /// The running phase's raw value, `accepted` or `rejected`.
  public var state: String
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
    round: Int, state: String = Phase.generate.rawValue, parentCheckpoint: Int64? = nil,
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
  public var phase: Phase? { Phase(rawValue: state) }
}

/// A checkpoint whose file is on disk, whole and synced.
public struct CheckpointRecord: Sendable, Equatable {
  public var round: Int
  public var step: Int
  /// The last of its round.
  public var isFinal: Bool
  /// Relative to the run directory.
  public var path: String
  public var bytes: Int
  public var sha256: String

  public init(round: Int, step: Int, isFinal: Bool, path: String, bytes: Int, sha256: String) {
    self.round = round
    self.step = step
    self.isFinal = isFinal
    self.path = path
    self.bytes = bytes
    self.sha256 = sha256
  }

  /// Readable, and the same whatever was interrupted: step 500 of round 3 is 3000000500.
  public var id: Int64 { 1_000_000_000 * Int64(round) + Int64(step) }
}

/// One measured value. The key is (round, phase, step, name). Part of the digest: no times, no speeds.
public struct MetricRecord: Sendable, Equatable {
  public var round: Int
  /// A phase's raw value.
  public var phase: String
  public var step: Int
  public var name: String
  public var value: Double

  public init(round: Int, phase: String, step: Int, name: String, value: Double) {
    self.round = round
    self.phase = phase
    self.step = step
    self.name = name
    self.value = value
  }
}
