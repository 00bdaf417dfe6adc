/// A trace length on one exercise with which the model's is compared.
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

extension ReferenceRecord: StoredRecord {
  enum CodingKeys: String, CodingKey, CaseIterable {
    case exerciseID = "exercise_id"
    case name, tokens
  }
}

/// A reference line over all test exercises, and a round compared with it on those it solved optimally.
public struct ReferenceSummary: Sendable, Equatable {
  public let name: String
  /// Mean over the test exercises.
  public let tokens: Double
  /// Divided by that of `reference`; nil if there is no such line, or it is zero.
  public let relative: Double?
  /// The newest accepted round with an optimal response; nil before there is one.
  public let round: Int?
  /// The round's shortening against the line, on the tasks it solved optimally; nil if the line is zero.
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

extension ReferenceSummary: StoredRecord {
  enum CodingKeys: String, CodingKey, CaseIterable {
    case name, tokens, relative, round
    case shorterPercent = "shorter_pct"
    case shorterPercentLow = "shorter_pct_low"
    case shorterPercentHigh = "shorter_pct_high"
    case belowPercent = "below_pct"
  }
}
