/// A round's samples of one exercise that is never trained on.
public struct EvaluationRecord: Sendable, Equatable {
  public var round: Int
  /// The set of exercises; the views read `test`.
  public var setName: String
  public var exerciseID: Int64
  public var tally: Tally
  /// nil in a row from a version that did not take them.
  public var measures: Measures?
  public var votes: Votes?

  public init(
    round: Int, setName: String = SetName.test, exerciseID: Int64, tally: Tally, measures: Measures? = nil,
    votes: Votes? = nil
  ) {
    self.round = round
    self.setName = setName
    self.exerciseID = exerciseID
    self.tally = tally
    self.measures = measures
    self.votes = votes
  }
}

extension EvaluationRecord: StoredRecord {
  enum CodingKeys: String, CodingKey, CaseIterable {
    case round
    case setName = "set_name"
    case exerciseID = "exercise_id"
    case votes
  }

  /// From a row that has the columns of `Tally` and `Measures` too.
  public init(from decoder: any Decoder) throws {
    let row = try decoder.container(keyedBy: CodingKeys.self)
    let measures = try decoder.container(keyedBy: Measures.CodingKeys.self)
    self.init(
      round: try row.decode(Int.self, forKey: .round), setName: try row.decode(String.self, forKey: .setName),
      exerciseID: try row.decode(Int64.self, forKey: .exerciseID), tally: try Tally(from: decoder),
      measures: try measures.decodeNil(forKey: .correctTraceTokens) ? nil : Measures(from: decoder),
      votes: try row.decodeIfPresent(Votes.self, forKey: .votes))
  }
}

/// A response of an evaluated exercise, kept as text because the run's learner cannot write it again.
public struct ResponseRecord: Sendable, Equatable {
  public var round: Int
  public var setName: String
  public var exerciseID: Int64
  /// The number of the sample among those of its exercise, set and round.
  public var attempt: Int
  public var trace: String
  public var answer: String
  /// Of `trace`, in the run's unit.
  public var length: Int
  public var terminated: Bool
  /// Of the answer.
  public var correct: Bool
  public var optimal: Bool
  /// Of the trace, whatever the answer is.
  public var sound: Bool
  public var legal: Bool

  public init(
    round: Int, setName: String = SetName.test, exerciseID: Int64, attempt: Int, trace: String,
    answer: String, length: Int, terminated: Bool, correct: Bool, optimal: Bool, sound: Bool, legal: Bool
  ) {
    self.round = round
    self.setName = setName
    self.exerciseID = exerciseID
    self.attempt = attempt
    self.trace = trace
    self.answer = answer
    self.length = length
    self.terminated = terminated
    self.correct = correct
    self.optimal = optimal
    self.sound = sound
    self.legal = legal
  }
}

extension ResponseRecord: StoredRecord {
  enum CodingKeys: String, CodingKey, CaseIterable {
    case round
    case setName = "set_name"
    case exerciseID = "exercise_id"
    case attempt, trace, answer, length, terminated, correct, optimal, sound, legal
  }
}
