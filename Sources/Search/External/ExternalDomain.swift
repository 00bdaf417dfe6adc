import Determinism
import Words

/// Tasks from outside in words, judged by a verifier from outside: a further domain without a line of Swift.
///
///     let tasks = try ExternalTasks(list, answerWord: "answer")
///     let domain = ExternalDomain(tasks, verifier: verifier)
///
/// Candidates are the tasks in an order drawn from the seed. A response is cut before its first answer word.
/// A response without one, or one that was cut, is wrong without the verifier being asked.
public struct ExternalDomain: WordDomain {
  public let tasks: ExternalTasks
  private let verifier: any Verifier

  public init(_ tasks: ExternalTasks, verifier: any Verifier) {
    self.tasks = tasks
    self.verifier = verifier
  }

  public var name: String { "external" }

  public var words: Vocabulary { tasks.vocabulary }

  /// Where the task with this prompt stands in its file; nil: there is none.
  public func line(of prompt: Writing) -> Int? {
    tasks.pool.task(of: .words(words.tokens(of: prompt)))?.line
  }

  public func exercise(seed: UInt64, index: Int, split: Split) -> Exercise? {
    tasks.pool.exercise(seed: seed, index: index, split: split)
  }

  public func promptTokens(of text: String) throws(SearchError) -> [Token] {
    let prompt = try words.read(text)
    guard !prompt.isEmpty else { throw .badPrompt(position: 0, reason: "the prompt has no words") }
    return prompt
  }

  public func split(_ response: [Token]) -> (trace: ArraySlice<Token>, answer: ArraySlice<Token>) {
    let answer = words.token(tasks.answerWord)
    let end = response.firstIndex { $0 == answer } ?? response.endIndex
    return (response[..<end], response[end...])
  }

  public func judge(
    _ response: [Token], isTerminated: Bool, to prompt: [Token]
  ) throws(JudgeFailure) -> Judgement {
    let (trace, answer) = split(response)
    let request = VerifierRequest(
      prompt: words.text(of: prompt), trace: words.text(of: trace), answer: words.text(of: answer))
    let fault = TaskPool.fault(
      hasAnswer: !answer.isEmpty, marker: tasks.answerWord, isTerminated: isTerminated,
      at: .word(trace.count), end: .word(response.count))
    return try tasks.pool.judgement(
      of: request, to: .words(prompt), isTerminated: isTerminated, unless: fault, by: verifier)
  }

  public var reference: (any Reference)? { tasks.pool.reference(ExternalReference(tasks: tasks)) }
  public var variations: (any TraceVariations)? { ExternalVariations(tasks: tasks) }
}

/// The traces that came with the tasks.
struct ExternalReference: WordReference {
  let tasks: ExternalTasks

  var words: Vocabulary { tasks.vocabulary }

  func solve(_ prompt: [Token], using random: inout CounterRandom) throws(SearchError) -> Solution {
    tasks.pool.solution(of: .words(prompt), empty: .words([]))
  }

  func lines(_ settings: ReferenceSettings) -> [ReferenceLine] { TaskPool.lines }

  /// Throws for a prompt that no task has.
  func lengths(
    on prompt: [Token], _ settings: ReferenceSettings, index: Int
  ) throws(SearchError) -> [Double] {
    guard let task = tasks.pool.task(of: .words(prompt)) else {
      throw .badPrompt(position: 0, reason: "no task has this prompt")
    }
    return [Double(task.trace?.words.count ?? 0)]
  }
}

/// Where the clauses of a trace end is not known, so a trace is left whole or left out.
struct ExternalVariations: WordVariations {
  let tasks: ExternalTasks

  var words: Vocabulary { tasks.vocabulary }

  func dropping(
    _ level: DroppingLevel, from trace: [Token], using random: inout CounterRandom
  ) -> [Token] {
    level == .all ? [] : trace
  }

  func skipClause(in trace: [Token], _ index: inout Int) -> Bool { false }

  /// With a trace: as the task's own begins.
  func opening(_ mode: ResponseMode, to prompt: [Token]) -> Token? {
    switch mode {
    case .auto: nil
    case .slow: tasks.pool.task(of: .words(prompt))?.trace?.words.first
    case .fast: words.token(tasks.answerWord)
    }
  }
}
