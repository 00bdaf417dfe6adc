/// The phases of a round, in their order. Round 0 has `generate`, `train` and `evaluate` only.
public enum Phase: String, Sendable, Codable, CaseIterable {
  case generate, sample, curate, train, evaluate
}

/// Names that the column `split` of an exercise and the set of an evaluation may have. Every other name is
/// that of an evaluation set.
public enum SetName {
  public static let train = "train"
  public static let test = "test"
}

/// The run a database belongs to: what it was started with. A database holds one run.
public struct RunRecord: Sendable, Equatable {
  public var name: String
  public var domain: String
  public var configurationJSON: String
  public var configurationSHA256: String
  /// The number of rounds that the configuration plans; nil if it does not say.
  public var plannedRounds: Int?
  /// A trace may be kept that is longer than the one it replaces, as the paper's rule does.
  public var keepsLonger: Bool
  /// What writes responses and learns from them.
  public var learner: String
  /// Of the built-in learner: its vocabulary's.
  public var learnerSHA256: String
  /// What every length in the store counts.
  public var lengthUnit: String
  /// What equal seeds give: `reproducible`, `repeatable` or `recorded`.
  public var promise: String
  /// In decimal digits: SQLite's integers do not hold all of `UInt64`.
  public var seed: String
  public var codeVersion: String
  /// UTC, ISO 8601, as every time in the store: `2025-03-01T12:00:00Z`.
  public var createdAt: String
  /// Why the run ended; nil while there is work left.
  public var finishedReason: String?

  public init(
    name: String, domain: String, configurationJSON: String, configurationSHA256: String,
    plannedRounds: Int? = nil, keepsLonger: Bool = false, learner: String = Self.builtIn,
    learnerSHA256: String, lengthUnit: String = Self.tokens, promise: String = Self.reproducible,
    seed: String, codeVersion: String, createdAt: String, finishedReason: String? = nil
  ) {
    self.name = name
    self.domain = domain
    self.configurationJSON = configurationJSON
    self.configurationSHA256 = configurationSHA256
    self.plannedRounds = plannedRounds
    self.keepsLonger = keepsLonger
    self.learner = learner
    self.learnerSHA256 = learnerSHA256
    self.lengthUnit = lengthUnit
    self.promise = promise
    self.seed = seed
    self.codeVersion = codeVersion
    self.createdAt = createdAt
    self.finishedReason = finishedReason
  }

  /// What a run of an older schema has: its learner, unit and promise.
  public static let builtIn = "built-in"
  public static let tokens = "tokens"
  public static let reproducible = "reproducible"
}

extension RunRecord: StoredRecord {
  enum CodingKeys: String, CodingKey, CaseIterable {
    case name, domain
    case configurationJSON = "configuration_json"
    case configurationSHA256 = "configuration_sha256"
    case plannedRounds = "planned_rounds"
    case keepsLonger = "keeps_longer"
    case learner
    case learnerSHA256 = "learner_sha256"
    case lengthUnit = "length_unit"
    case promise, seed
    case codeVersion = "code_version"
    case createdAt = "created_at"
    case finishedReason = "finished_reason"
  }

  private enum OldKeys: String, CodingKey {
    case vocabularySHA256 = "vocabulary_sha256"
  }

  /// From the row of any schema: the columns that an older one lacks have the values they would get.
  public init(from decoder: any Decoder) throws {
    let row = try decoder.container(keyedBy: CodingKeys.self)
    name = try row.decode(String.self, forKey: .name)
    domain = try row.decode(String.self, forKey: .domain)
    configurationJSON = try row.decode(String.self, forKey: .configurationJSON)
    configurationSHA256 = try row.decode(String.self, forKey: .configurationSHA256)
    plannedRounds = try row.decodeIfPresent(Int.self, forKey: .plannedRounds)
    keepsLonger = try row.decodeIfPresent(Bool.self, forKey: .keepsLonger) ?? false
    learner = try row.decodeIfPresent(String.self, forKey: .learner) ?? Self.builtIn
    if row.contains(.learnerSHA256) {
      learnerSHA256 = try row.decode(String.self, forKey: .learnerSHA256)
    } else {
      let old = try decoder.container(keyedBy: OldKeys.self)
      learnerSHA256 = try old.decode(String.self, forKey: .vocabularySHA256)
    }
    lengthUnit = try row.decodeIfPresent(String.self, forKey: .lengthUnit) ?? Self.tokens
    promise = try row.decodeIfPresent(String.self, forKey: .promise) ?? Self.reproducible
    seed = try row.decode(String.self, forKey: .seed)
    codeVersion = try row.decode(String.self, forKey: .codeVersion)
    createdAt = try row.decode(String.self, forKey: .createdAt)
    finishedReason = try row.decodeIfPresent(String.self, forKey: .finishedReason)
  }
}
