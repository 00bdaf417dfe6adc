/// A task with its answer and, if a reference solved it, that trace, in words.
public struct ExerciseRecord: Sendable, Equatable {
  /// 0 before insertion; then 1, 2, 3 ... in the order of insertion.
  public var id: Int64
  /// `train`, `test` or another evaluation set's name.
  public var split: String
  /// The number of the draw it came from: with the split and the run's seed it is the whole exercise.
  public var candidateIndex: Int
  /// The round it was drawn for.
  public var round: Int
  public var prompt: String
  /// The reference's; nil, together with its length, if the task came without one.
  public var trace: String?
  public var answer: String
  /// nil if answers have no cost.
  public var optimalCost: Int?
  /// Of `trace`, in the run's unit.
  public var traceLength: Int?
  /// Of what makes two tasks the same, as the walls of a maze under the symmetries of the square: never in
  /// both splits.
  public var identitySHA256: String

  public init(
    id: Int64 = 0, split: String, candidateIndex: Int, round: Int, prompt: String, trace: String?,
    answer: String, optimalCost: Int?, traceLength: Int?, identitySHA256: String
  ) {
    self.id = id
    self.split = split
    self.candidateIndex = candidateIndex
    self.round = round
    self.prompt = prompt
    self.trace = trace
    self.answer = answer
    self.optimalCost = optimalCost
    self.traceLength = traceLength
    self.identitySHA256 = identitySHA256
  }
}

extension ExerciseRecord: StoredRecord {
  enum CodingKeys: String, CodingKey, CaseIterable {
    case id, split
    case candidateIndex = "candidate_index"
    case round, prompt, trace, answer
    case optimalCost = "optimal_cost"
    case traceLength = "trace_length"
    case identitySHA256 = "identity_sha256"
  }
}
