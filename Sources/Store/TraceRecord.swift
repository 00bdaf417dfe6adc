/// A kept trace: strictly shorter than the one it replaced, which is its parent.
public struct TraceRecord: Sendable, Equatable {
  /// 0 before insertion.
  public var id: Int64
  public var exerciseID: Int64
  public var round: Int
  /// The checkpoint that wrote it.
  public var checkpointID: Int64
  /// The number of the sample among those of its exercise and round.
  public var attempt: Int
  /// The kept trace it replaced; nil if that was the reference's own, or there was none.
  public var parentTraceID: Int64?
  public var trace: String
  public var answer: String
  /// Of `trace`, in the run's unit.
  public var traceLength: Int
  public var sound: Bool
  public var legal: Bool

  public init(
    id: Int64 = 0, exerciseID: Int64, round: Int, checkpointID: Int64, attempt: Int,
    parentTraceID: Int64? = nil, trace: String, answer: String, traceLength: Int, sound: Bool, legal: Bool
  ) {
    self.id = id
    self.exerciseID = exerciseID
    self.round = round
    self.checkpointID = checkpointID
    self.attempt = attempt
    self.parentTraceID = parentTraceID
    self.trace = trace
    self.answer = answer
    self.traceLength = traceLength
    self.sound = sound
    self.legal = legal
  }
}

extension TraceRecord: StoredRecord {
  enum CodingKeys: String, CodingKey, CaseIterable {
    case id
    case exerciseID = "exercise_id"
    case round
    case checkpointID = "checkpoint_id"
    case attempt
    case parentTraceID = "parent_trace_id"
    case trace, answer
    case traceLength = "trace_length"
    case sound, legal
  }
}
