/// A round's samples of one training exercise. The `best...` are all nil or all set: they are the shortest
/// sample that may replace the incumbent.
public struct SamplingRecord: Sendable, Equatable {
  public var round: Int
  public var exerciseID: Int64
  public var tally: Tally
  /// The length that a sample had to beat; nil in a row from before it was stored.
  public var incumbentLength: Double?
  /// The number of the sample among those of its exercise and round.
  public var bestAttempt: Int?
  public var bestTrace: String?
  public var bestAnswer: String?
  /// Of `bestTrace`, in the run's unit.
  public var bestLength: Int?
  public var bestSound: Bool?
  public var bestLegal: Bool?

  public init(
    round: Int, exerciseID: Int64, tally: Tally, incumbentLength: Double? = nil, bestAttempt: Int? = nil,
    bestTrace: String? = nil, bestAnswer: String? = nil, bestLength: Int? = nil, bestSound: Bool? = nil,
    bestLegal: Bool? = nil
  ) {
    self.round = round
    self.exerciseID = exerciseID
    self.tally = tally
    self.incumbentLength = incumbentLength
    self.bestAttempt = bestAttempt
    self.bestTrace = bestTrace
    self.bestAnswer = bestAnswer
    self.bestLength = bestLength
    self.bestSound = bestSound
    self.bestLegal = bestLegal
  }
}

extension SamplingRecord: StoredRecord {
  enum CodingKeys: String, CodingKey, CaseIterable {
    case round
    case exerciseID = "exercise_id"
    case incumbentLength = "incumbent_length"
    case bestAttempt = "best_attempt"
    case bestTrace = "best_trace"
    case bestAnswer = "best_answer"
    case bestLength = "best_length"
    case bestSound = "best_sound"
    case bestLegal = "best_legal"
  }

  /// From a row that has the columns of `Tally` too.
  public init(from decoder: any Decoder) throws {
    let row = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      round: try row.decode(Int.self, forKey: .round),
      exerciseID: try row.decode(Int64.self, forKey: .exerciseID), tally: try Tally(from: decoder),
      incumbentLength: try row.decodeIfPresent(Double.self, forKey: .incumbentLength),
      bestAttempt: try row.decodeIfPresent(Int.self, forKey: .bestAttempt),
      bestTrace: try row.decodeIfPresent(String.self, forKey: .bestTrace),
      bestAnswer: try row.decodeIfPresent(String.self, forKey: .bestAnswer),
      bestLength: try row.decodeIfPresent(Int.self, forKey: .bestLength),
      bestSound: try row.decodeIfPresent(Bool.self, forKey: .bestSound),
      bestLegal: try row.decodeIfPresent(Bool.self, forKey: .bestLegal))
  }
}
