import Determinism

/// Tasks from outside, judged by a verifier from outside: a further domain without a line of Swift.
///
///     let tasks = try ExternalTasks(list, answerWord: "answer")
///     let domain = ExternalDomain(tasks, verifier: verifier)
///
/// Candidates are the tasks in an order drawn from the seed. A response is cut before its first answer word;
/// one without it, or that was cut, is wrong without the verifier being asked.
public struct ExternalDomain: Domain {
  let tasks: ExternalTasks
  private let judges: any Verifier

  public init(_ tasks: ExternalTasks, verifier: any Verifier) {
    self.tasks = tasks
    judges = verifier
  }

  public var name: String { "external" }

  public var vocabulary: Vocabulary { tasks.vocabulary }

  public var verifier: (any Verifier)? { judges }

  /// Where the task with this prompt stands in its file; nil: there is none.
  public func line(of prompt: [Token]) -> Int? { tasks.task(of: prompt)?.line }

  public func exercise(seed: UInt64, index: Int, split: Split) -> Exercise? {
    precondition(index >= 0, "candidates are numbered from 0")
    guard let task = tasks.task(seed: seed, index: index), task.split == split else { return nil }
    return Exercise(
      index: index, split: split, prompt: task.prompt, trace: task.trace, answer: task.answer,
      optimalCost: task.cost ?? 0, layoutDigest: task.digest)
  }

  public func prompt(of text: String) throws(SearchError) -> [Token] {
    let prompt = try vocabulary.tokens(of: text)
    guard !prompt.isEmpty else { throw .badPrompt(position: 0, reason: "the prompt has no words") }
    return prompt
  }

  public func split(_ response: [Token]) -> (trace: ArraySlice<Token>, answer: ArraySlice<Token>) {
    let end = response.firstIndex { $0 == answerToken } ?? response.endIndex
    return (response[..<end], response[end...])
  }

  public func referenceLines(_ settings: ReferenceSettings) -> [ReferenceLine] {
    [ReferenceLine(name: "reference", title: "the trace that came with the task")]
  }

  /// Throws for a prompt that no task has.
  public func referenceLengths(
    of prompt: [Token], _ settings: ReferenceSettings, index: Int
  ) throws -> [Double] {
    guard let task = tasks.task(of: prompt) else { throw Self.unknownTask }
    return [Double(task.trace.count)]
  }

  /// Where the clauses of a trace end is not known, so it is left whole or left out.
  public func trace(
    _ trace: [Token], dropping level: DroppingLevel, using random: inout CounterRandom
  ) -> [Token] {
    level == .all ? [] : trace
  }

  /// With a trace: as the task's own begins.
  public func opening(_ mode: ResponseMode, to prompt: [Token]) -> Token? {
    switch mode {
    case .auto: nil
    case .slow: tasks.task(of: prompt)?.trace.first
    case .fast: answerToken
    }
  }

  /// What came with the task. For a prompt that no task has an empty answer: nobody knows one, but there may
  /// be.
  public func solve(_ prompt: [Token], using random: inout CounterRandom) throws(SearchError) -> Solution {
    let task = tasks.task(of: prompt)
    return Solution(trace: task?.trace ?? [], answer: task?.answer ?? [], expansions: 0)
  }

  public func drawing(of prompt: [Token]) -> String { vocabulary.text(of: prompt) }

  /// One, of words: a response has no pictures.
  public func frames(of response: [Token], to prompt: [Token]) -> [String] {
    let parts = split(response)
    return [vocabulary.text(of: parts.trace) + "\n" + vocabulary.text(of: parts.answer)]
  }

  private var answerToken: Token? { vocabulary.token(tasks.answerWord) }

  private static let unknownTask = SearchError.badPrompt(position: 0, reason: "no task has this prompt")
}

// MARK: - Judging

extension ExternalDomain {
  public func judge(_ response: [Token], isTerminated: Bool, to prompt: [Token]) -> Judgement {
    let parts = split(response)
    let (answer, trace) = verdicts(parts.trace, parts.answer, isTerminated: isTerminated, to: prompt)
    return Judgement(
      answer: answer, trace: trace, traceLength: parts.trace.count, clauses: 0, expansions: 0,
      isTerminated: isTerminated)
  }

  private func verdicts(
    _ trace: ArraySlice<Token>, _ answer: ArraySlice<Token>, isTerminated: Bool, to prompt: [Token]
  ) -> (AnswerVerdict, TraceVerdict) {
    func wrong(_ kind: Fault.Kind, _ position: Int, _ detail: String) -> (AnswerVerdict, TraceVerdict) {
      let fault = Fault(kind: kind, position: position, detail: detail)
      return (.wrong(fault), .unsound(fault))
    }
    guard !answer.isEmpty else {
      return wrong(.missingAnswer, trace.count, "the response has no \"\(tasks.answerWord)\"")
    }
    guard isTerminated else {
      return wrong(.notTerminated, answer.endIndex, "the response was cut before its end")
    }
    let request = VerifierRequest(
      prompt: vocabulary.text(of: prompt), trace: vocabulary.text(of: trace),
      answer: vocabulary.text(of: answer))
    guard let reply = judges.verify(request) else {
      return wrong(.noVerdict, trace.count, "the verifier failed")
    }
    return (verdict(of: reply, to: prompt, at: trace.count), Self.traceVerdict(of: reply))
  }

  private func verdict(of reply: VerifierReply, to prompt: [Token], at position: Int) -> AnswerVerdict {
    guard reply.isCorrect else {
      let detail = reply.fault ?? "the verifier says that the answer is wrong"
      return .wrong(Fault(kind: .refusedAnswer, position: position, detail: detail))
    }
    guard let optimal = tasks.task(of: prompt)?.cost else {
      return reply.isOptimal ?? true ? .optimal(cost: 0) : .correct(cost: 0, optimalCost: 0)
    }
    let cost = reply.cost ?? optimal
    return reply.isOptimal ?? (cost <= optimal)
      ? .optimal(cost: cost) : .correct(cost: cost, optimalCost: optimal)
  }

  private static func traceVerdict(of reply: VerifierReply) -> TraceVerdict {
    func fault(_ what: String, isKnown: Bool) -> Fault {
      let detail = "the verifier " + (isKnown ? "says that the trace is not" : "does not call the trace")
      return Fault(kind: .refusedTrace, position: 0, detail: reply.fault ?? "\(detail) \(what)")
    }
    if reply.isLegal == true { return .legal }
    guard reply.isSound == true else { return .unsound(fault("sound", isKnown: reply.isSound != nil)) }
    return .sound(firstIllegality: fault("legal", isKnown: reply.isLegal != nil))
  }
}
