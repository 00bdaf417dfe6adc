/// The first thing wrong with a response and where: `token 17: the plan enters the wall at 2 0`.
public struct Fault: Sendable, Equatable, CustomStringConvertible {
  public enum Kind: String, Sendable, CaseIterable {
    /// The task itself cannot be read; nothing answers it.
    case badPrompt
    // The answer.
    case notTerminated, missingPlan, malformedPlan, planOutside, planStartsElsewhere, planEntersWall
    case planJumps, planEndsElsewhere
    // Sokoban's: a push against a wall or a second box, a box off the docks at the end.
    case planPushBlocked, planLeavesBox
    // A trace that is not sound.
    case emptyTrace, malformedClause, createsOutside, createsWall, startsElsewhere, wrongCost, wrongHeuristic
    case noImprovement, closesUnopened, goalNotClosed, planNotClosed
    // Sokoban's: the worker and the boxes cannot stand so.
    case createsMisplaced
    // An external domain's: what its verifier says, or that it failed.
    case refusedAnswer, refusedTrace, noVerdict
    // A sound trace that is no run of A*.
    case smallerCostOpen, childNotCreated, continuesAfterGoal
    // Of serial domains: the answer; a chain that is not sound; a sound one that is not stepwise.
    case missingAnswer, malformedAnswer, wrongAnswer
    case malformedEntry, untrueEntry, disorderedEntry
    case skipsSteps

    var isFromOutside: Bool { [.refusedAnswer, .refusedTrace, .noVerdict].contains(self) }
  }

  public let kind: Kind
  /// Index of the token in the response. The response's length where something is missing at its end.
  public let position: Int
  /// What is wrong, for people.
  public let detail: String

  public init(kind: Kind, position: Int, detail: String) {
    self.kind = kind
    self.position = position
    self.detail = detail
  }

  /// A verifier from outside names no token.
  public var description: String { kind.isFromOutside ? detail : "token \(position): \(detail)" }
}

/// Whether the answer solves the task, and how well. Costs are moves; of serial domains, the task's steps.
public enum AnswerVerdict: Sendable, Equatable {
  case optimal(cost: Int)
  /// Solves the task, but a cheaper answer exists.
  case correct(cost: Int, optimalCost: Int)
  case wrong(Fault)

  public var isCorrect: Bool { fault == nil }

  /// nil: wrong.
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
/// A *sound* trace says only true things: every clause follows from earlier ones. A *legal* one is moreover
/// one that the reference could have written: of a search, a run of A* under some order among equal costs; of a
/// chain, one that leaves no step out.
public enum TraceVerdict: Sendable, Equatable {
  case legal
  case sound(firstIllegality: Fault)
  case unsound(Fault)

  public var isSound: Bool {
    if case .unsound = self { false } else { true }
  }

  public var isLegal: Bool { self == .legal }

  /// What keeps the trace from being legal; nil when nothing does.
  public var fault: Fault? {
    switch self {
    case .legal: nil
    case .sound(let fault), .unsound(let fault): fault
    }
  }
}

/// Everything the judge says of one response.
public struct Judgement: Sendable, Equatable {
  public let answer: AnswerVerdict
  public let trace: TraceVerdict
  /// Tokens before the answer.
  public let traceLength: Int
  /// Clauses before the answer or the first unreadable one, true or not.
  public let clauses: Int
  /// Those of them that expand a state.
  public let expansions: Int
  public let isTerminated: Bool

  public init(
    answer: AnswerVerdict, trace: TraceVerdict, traceLength: Int, clauses: Int, expansions: Int,
    isTerminated: Bool
  ) {
    self.answer = answer
    self.trace = trace
    self.traceLength = traceLength
    self.clauses = clauses
    self.expansions = expansions
    self.isTerminated = isTerminated
  }
}
