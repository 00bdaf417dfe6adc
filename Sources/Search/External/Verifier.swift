/// Judges answers of an external domain, outside this program.
///
/// Its replies are a pure function of the request, or the same run would end with other rows.
public protocol Verifier: Sendable {
  /// Throws if it failed, now or earlier: it gives no more replies.
  func verify(_ request: VerifierRequest) throws(JudgeFailure) -> VerifierReply
}

/// A finished response to a task as texts. The answer begins with its first word or marker. Where a domain
/// has words, they are joined by spaces.
public struct VerifierRequest: Sendable, Equatable {
  public let prompt: String
  public let trace: String
  public let answer: String

  public init(prompt: String, trace: String, answer: String) {
    self.prompt = prompt
    self.trace = trace
    self.answer = answer
  }
}

/// What a verifier says of a response. What it leaves out is not known.
public struct VerifierReply: Sendable, Equatable {
  public var isCorrect: Bool
  /// nil: the cost compared with that of the task's own answer decides; without costs every correct answer is
  /// optimal.
  public var isOptimal: Bool?
  /// Used if the task has a cost, too; nil: the answer costs as much as the task's own.
  public var cost: Int?
  /// nil: not sound, unless legal.
  public var isSound: Bool?
  /// nil: not legal.
  public var isLegal: Bool?
  /// What is wrong, in words.
  public var fault: String?

  public init(
    isCorrect: Bool, isOptimal: Bool? = nil, cost: Int? = nil, isSound: Bool? = nil, isLegal: Bool? = nil,
    fault: String? = nil
  ) {
    self.isCorrect = isCorrect
    self.isOptimal = isOptimal
    self.cost = cost
    self.isSound = isSound
    self.isLegal = isLegal
    self.fault = fault
  }
}

// MARK: - Verdicts

extension VerifierReply {
  /// `optimal`: the cost of the task's own answer, if it has one.
  func answerVerdict(optimalCost optimal: Int?) -> AnswerVerdict {
    guard isCorrect else {
      let detail = fault ?? "the verifier says that the answer is wrong"
      return .wrong(Fault(kind: .refusedAnswer, place: .unknown, detail: detail))
    }
    guard let optimal else {
      return isOptimal ?? true ? .optimal(cost: nil) : .correct(cost: nil, optimalCost: nil)
    }
    let cost = cost ?? optimal
    return isOptimal ?? (cost <= optimal)
      ? .optimal(cost: cost) : .correct(cost: cost, optimalCost: optimal)
  }

  var traceVerdict: TraceVerdict {
    func refusal(_ what: String, isKnown: Bool) -> Fault {
      let detail = "the verifier " + (isKnown ? "says that the trace is not" : "does not call the trace")
      return Fault(kind: .refusedTrace, place: .unknown, detail: fault ?? "\(detail) \(what)")
    }
    if isLegal == true { return .legal }
    guard isSound == true else { return .unsound(refusal("sound", isKnown: isSound != nil)) }
    return .sound(firstIllegality: refusal("legal", isKnown: isLegal != nil))
  }
}
