/// Whether the answer solves the task, and how well. Costs are moves, or the steps of a serial task; nil: the
/// task has none.
public enum AnswerVerdict: Sendable, Equatable {
  case optimal(cost: Int?)
  /// Solves the task, but a cheaper answer exists.
  case correct(cost: Int?, optimalCost: Int?)
  case wrong(Fault)

  public var isCorrect: Bool { fault == nil }

  /// nil: the answer is wrong, or has no cost.
  public var cost: Int? {
    switch self {
    case .optimal(let cost), .correct(let cost, _): cost
    case .wrong: nil
    }
  }

  public var isOptimal: Bool {
    if case .optimal = self { true } else { false }
  }

  public var fault: Fault? {
    if case .wrong(let fault) = self { fault } else { nil }
  }
}

/// Whether the reasoning is true, whatever its answer.
///
/// A *sound* trace says only true things: every clause follows from earlier ones. A *legal* trace is one
/// that the reference could have written, too: a run of A* under some order among equal costs, or a chain
/// that leaves no step out.
public enum TraceVerdict: Sendable, Equatable {
  case legal
  case sound(firstIllegality: Fault)
  case unsound(Fault)

  public var isSound: Bool {
    if case .unsound = self { false } else { true }
  }

  public var isLegal: Bool { self == .legal }

  /// What keeps the trace from being legal; nil: it is legal.
  public var fault: Fault? {
    switch self {
    case .legal: nil
    case .sound(let fault), .unsound(let fault): fault
    }
  }
}

/// Everything the judge says of one response. The learner measures lengths.
public struct Judgement: Sendable, Equatable {
  public let answer: AnswerVerdict
  public let trace: TraceVerdict
  /// Clauses before the answer or the first unreadable one, true or not.
  public let clauses: Int
  /// The clauses among them that close a state.
  public let closedStates: Int
  public let isTerminated: Bool

  public init(
    answer: AnswerVerdict, trace: TraceVerdict, clauses: Int, closedStates: Int, isTerminated: Bool
  ) {
    self.answer = answer
    self.trace = trace
    self.clauses = clauses
    self.closedStates = closedStates
    self.isTerminated = isTerminated
  }
}

/// Why a judge gives no verdicts any more: it failed itself, at the request named in the text.
public struct JudgeFailure: Error, Sendable, Equatable, CustomStringConvertible {
  public let description: String

  public init(_ description: String) { self.description = description }
}
