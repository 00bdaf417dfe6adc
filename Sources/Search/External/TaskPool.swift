import Determinism
import Synchronization
import Words

/// A task from outside, written as its domain writes.
struct PooledTask: Sendable {
  let prompt: Writing
  /// nil: it came without one.
  let trace: Writing?
  let answer: Writing
  /// Of the answer, which is as good as any; nil: answers have no cost.
  let cost: Int?
  let split: Split
  /// Where it stands in its file, from 1.
  let line: Int
  /// SHA-256 of the prompt.
  let digest: String

  /// `identity`: the text of the prompt, whose digest decides the split unless it is given.
  init(
    prompt: Writing, trace: Writing?, answer: Writing, cost: Int?, split: Split?, line: Int, identity: String
  ) {
    var hash = SHA256()
    hash.update(identity.utf8)
    let digest = hash.finalize()
    self.prompt = prompt
    self.trace = trace
    self.answer = answer
    self.cost = cost
    self.split = split ?? Self.split(ofIdentity: digest)
    self.line = line
    self.digest = SHA256.hexadecimal(digest)
  }

  /// Tasks are few: none is for validation unless its file says so.
  private static func split(ofIdentity digest: [UInt8]) -> Split {
    Split(ofIdentity: digest) == .train ? .train : .test
  }
}

/// What is wrong with one of several tasks from outside.
public struct ExternalTaskError: Error, Sendable, Equatable {
  public let line: Int
  public let reason: String
}

/// Tasks from outside in the order they were given in. No prompt is there twice.
struct TaskPool: Sendable {
  let tasks: [PooledTask]
  private let places: [Writing: Int]
  private let orders = Orders()

  /// Throws at the first prompt that is there a second time.
  init(_ tasks: [PooledTask]) throws(ExternalTaskError) {
    var places: [Writing: Int] = [:]
    for (place, task) in tasks.enumerated() {
      if let earlier = places.updateValue(place, forKey: task.prompt) {
        throw ExternalTaskError(
          line: task.line,
          reason: "the same \"prompt\" as on line \(tasks[earlier].line); remove one of the two")
      }
    }
    self.tasks = tasks
    self.places = places
  }

  /// Without tasks.
  init() {
    tasks = []
    places = [:]
  }

  func count(of split: Split) -> Int { tasks.count { $0.split == split } }

  /// Tasks that came with a trace that is not empty: those from which a shorter one can be learnt.
  var tasksWithTraces: Int { tasks.count { $0.trace?.isEmpty == false } }

  /// nil: no task has this prompt.
  func task(of prompt: Writing) -> PooledTask? { places[prompt].map { tasks[$0] } }

  /// Candidate `index` in the order that a seed draws the tasks in.
  func exercise(seed: UInt64, index: Int, split: Split) -> Exercise? {
    precondition(index >= 0, "candidates are numbered from 0")
    guard tasks.indices.contains(index) else { return nil }
    let task = tasks[Int(orders.order(of: tasks.count, seed: seed)[index])]
    guard task.split == split else { return nil }
    return Exercise(
      index: index, split: split, prompt: task.prompt, trace: task.trace, answer: task.answer,
      optimalCost: task.cost, identityDigest: task.digest)
  }
}

// MARK: - The reference

extension TaskPool {
  /// nil: a task came without a trace, so there is nothing that wrote them all.
  func reference(_ reference: some Reference) -> (any Reference)? {
    tasks.allSatisfy { $0.trace != nil } ? reference : nil
  }

  /// What came with the task. For an unknown prompt both are `empty`: a solution may exist, but it is not
  /// known.
  func solution(of prompt: Writing, empty: Writing) -> Solution {
    let task = task(of: prompt)
    return Solution(trace: task?.trace ?? empty, answer: task?.answer ?? empty, closedStates: 0)
  }

  static let lines = [ReferenceLine(name: "reference", title: "the trace that came with the task")]
}

// MARK: - Judging

extension TaskPool {
  /// Asks the verifier about a finished response; one that `fault` keeps from being one is wrong without
  /// asking.
  func judgement(
    of request: VerifierRequest, to prompt: Writing, isTerminated: Bool, unless fault: Fault?,
    by verifier: any Verifier
  ) throws(JudgeFailure) -> Judgement {
    let answer: AnswerVerdict
    let trace: TraceVerdict
    if let fault {
      (answer, trace) = (.wrong(fault), .unsound(fault))
    } else {
      let reply = try verifier.verify(request)
      (answer, trace) = (reply.answerVerdict(optimalCost: task(of: prompt)?.cost), reply.traceVerdict)
    }
    return Judgement(
      answer: answer, trace: trace, clauses: 0, closedStates: 0, isTerminated: isTerminated)
  }

  /// What keeps a response from being finished; nil: nothing. `place` is where its answer begins or would,
  /// `end` one past its end.
  static func fault(
    hasAnswer: Bool, marker: String, isTerminated: Bool, at place: Fault.Place, end: Fault.Place
  ) -> Fault? {
    guard hasAnswer else {
      return Fault(kind: .missingAnswer, place: place, detail: "the response has no \"\(marker)\"")
    }
    return isTerminated
      ? nil : Fault(kind: .notTerminated, place: end, detail: "the response was cut before its end")
  }
}

extension TaskPool {
  /// The order of the tasks for the seeds that were asked for last: a function of number and seed.
  private final class Orders: Sendable {
    private let known = Mutex<[UInt64: [Int32]]>([:])

    func order(of count: Int, seed: UInt64) -> [Int32] {
      known.withLock { known in
        if let order = known[seed] { return order }
        var order = Array(0..<Int32(count))
        var random = CounterRandom(seed: seed, stream: .layout)
        random.shuffle(&order)
        if known.count >= 4 { known.removeAll() }
        known[seed] = order
        return order
      }
    }
  }
}
