import Determinism
import Words

/// Tasks from outside in free text, judged by a verifier from outside: any words, lines and signs, byte for
/// byte.
///
///     let tasks = try TextTasks(list, answerMarker: "Answer:")
///     let domain = TextDomain(tasks, verifier: verifier)
///
/// Candidates are the tasks in an order drawn from the seed. A response is cut before the last occurrence of
/// the marker. A response without one, or one that was cut, is wrong without the verifier being asked.
public struct TextDomain: Domain {
  public let tasks: TextTasks
  private let verifier: any Verifier

  public init(_ tasks: TextTasks, verifier: any Verifier) {
    self.tasks = tasks
    self.verifier = verifier
  }

  public var name: String { "text" }

  public var vocabulary: Vocabulary? { nil }

  /// Where the task with this prompt stands in its file; nil: there is none.
  public func line(of prompt: Writing) -> Int? { tasks.pool.task(of: prompt)?.line }

  public func exercise(seed: UInt64, index: Int, split: Split) -> Exercise? {
    tasks.pool.exercise(seed: seed, index: index, split: split)
  }

  public func prompt(of text: String) throws(SearchError) -> Writing {
    guard !text.utf8.isEmpty else { throw .badPrompt(position: 0, reason: "the prompt is empty") }
    return .text(text)
  }

  public func parts(of response: Writing) -> (trace: Writing, answer: Writing) {
    let (trace, answer) = TextTasks.cut(text(of: response), at: tasks.answerMarker)
    return (.text(trace), .text(answer))
  }

  public func judge(
    _ response: Writing, isTerminated: Bool, to prompt: Writing
  ) throws(JudgeFailure) -> Judgement {
    let response = text(of: response)
    let (trace, answer) = TextTasks.cut(response, at: tasks.answerMarker)
    let request = VerifierRequest(prompt: text(of: prompt), trace: trace, answer: answer)
    let fault = TaskPool.fault(
      hasAnswer: !answer.isEmpty, marker: tasks.answerMarker, isTerminated: isTerminated,
      at: .character(trace.count), end: .character(response.count))
    return try tasks.pool.judgement(
      of: request, to: prompt, isTerminated: isTerminated, unless: fault, by: verifier)
  }

  public var reference: (any Reference)? { tasks.pool.reference(TextReference(tasks: tasks)) }
  public var variations: (any TraceVariations)? { TextVariations(marker: tasks.answerMarker) }
}

/// The traces that came with the tasks.
struct TextReference: Reference {
  let tasks: TextTasks

  func solve(_ prompt: Writing, using random: inout CounterRandom) throws(SearchError) -> Solution {
    tasks.pool.solution(of: prompt, empty: .text(""))
  }

  func lines(_ settings: ReferenceSettings) -> [ReferenceLine] { TaskPool.lines }

  func lengths(
    on prompt: Writing, _ settings: ReferenceSettings, index: Int
  ) throws(SearchError) -> [Double]? { nil }
}

/// A text has no clauses, so a trace is left whole or left out.
struct TextVariations: TraceVariations {
  let marker: String

  func dropping(
    _ level: DroppingLevel, from trace: Writing, using random: inout CounterRandom
  ) -> Writing {
    level == .all ? .text("") : trace
  }

  /// Its lines, each with the newline that ends it.
  func clauses(of trace: Writing) -> [Writing] {
    guard case .text(let text) = trace else { return [] }
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let ends = Array(repeating: "\n", count: lines.count - 1) + [""]
    return zip(lines, ends).map { $0 + $1 }.filter { !$0.isEmpty }.map(Writing.text)
  }

  func opening(_ mode: ResponseMode, to prompt: Writing) -> Writing? { mode == .fast ? .text(marker) : nil }
}
