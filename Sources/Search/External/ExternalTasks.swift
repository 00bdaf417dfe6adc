import Determinism
import Synchronization

/// A task from outside as words.
public struct ExternalTask: Sendable, Equatable {
  public var prompt: [String]
  public var trace: [String]
  public var answer: [String]
  /// Of the answer, which is as good as any; nil: answers have no cost.
  public var cost: Int?
  /// nil: the digest of the prompt decides.
  public var split: Split?
  /// Where it stands in its file, from 1.
  public var line: Int

  public init(
    prompt: [String], trace: [String], answer: [String], cost: Int? = nil, split: Split? = nil, line: Int
  ) {
    self.prompt = prompt
    self.trace = trace
    self.answer = answer
    self.cost = cost
    self.split = split
    self.line = line
  }
}

/// What is wrong with one of several tasks.
public struct ExternalTaskError: Error, Sendable, Equatable {
  public let line: Int
  public let reason: String
}

/// Tasks from outside with the words they are written in: all their own, and others that were asked for.
///
/// No prompt is there twice; every answer begins with the answer word, which stands in no trace.
public struct ExternalTasks: Sendable {
  struct Task: Sendable {
    let prompt: [Token]
    let trace: [Token]
    let answer: [Token]
    let cost: Int?
    let split: Split
    let line: Int
    let digest: String
  }

  public let answerWord: String
  public let vocabulary: Vocabulary
  /// In the order they were given in.
  let tasks: [Task]
  let places: [[Token]: Int]
  private let orders = Orders()

  /// Without tasks: for the defaults of a configuration, and for what a run stored, when it is only compared.
  public static let none = Self(answerWord: "answer")

  private init(answerWord: String) {
    self.answerWord = answerWord
    vocabulary = Vocabulary(words: [answerWord])
    tasks = []
    places = [:]
  }

  /// Throws at the first task that cannot be used. `words` are added to those of the tasks.
  public init(_ given: [ExternalTask], answerWord: String, words: [String] = []) throws(ExternalTaskError) {
    self.answerWord = answerWord
    var known = Set(words).union([answerWord])
    for task in given {
      try Self.check(task, answerWord)
      for part in [task.prompt, task.trace, task.answer] { known.formUnion(part) }
    }
    let vocabulary = Vocabulary(words: known)
    func tokens(_ words: [String]) -> [Token] { words.compactMap(vocabulary.token) }
    var (tasks, places): ([Task], [[Token]: Int]) = ([], [:])
    for task in given {
      let (prompt, trace) = (tokens(task.prompt), tokens(task.trace))
      var hash = SHA256()
      hash.update(task.prompt.joined(separator: " ").utf8)
      let digest = hash.finalize()
      if let earlier = places.updateValue(tasks.count, forKey: prompt) {
        throw ExternalTaskError(
          line: task.line,
          reason: "the same \"prompt\" as on line \(tasks[earlier].line); remove one of the two")
      }
      tasks.append(
        Task(
          prompt: prompt, trace: trace, answer: tokens(task.answer), cost: task.cost,
          split: task.split ?? Split(ofLayout: digest), line: task.line,
          digest: SHA256.hexadecimal(digest)))
    }
    self.vocabulary = vocabulary
    self.tasks = tasks
    self.places = places
  }

  public func count(of split: Split) -> Int { tasks.count { $0.split == split } }

  /// Of trace and answer, in tokens, the end counted; 1 where there are no tasks.
  public var longestResponse: Int { tasks.map { $0.trace.count + $0.answer.count + 1 }.max() ?? 1 }

  /// nil: no task has this prompt.
  func task(of prompt: [Token]) -> Task? { places[prompt].map { tasks[$0] } }

  /// Task `index` in the order that a seed draws them in.
  func task(seed: UInt64, index: Int) -> Task? {
    guard tasks.indices.contains(index) else { return nil }
    return tasks[Int(orders.order(of: tasks.count, seed: seed)[index])]
  }

  private static func check(_ task: ExternalTask, _ answerWord: String) throws(ExternalTaskError) {
    func refuse(_ reason: String) -> ExternalTaskError { ExternalTaskError(line: task.line, reason: reason) }
    for (field, words) in [("prompt", task.prompt), ("trace", task.trace), ("answer", task.answer)] {
      for word in words {
        if let problem = problem(withWord: word) { throw refuse("\"\(field)\": \(problem)") }
      }
    }
    if task.prompt.isEmpty { throw refuse("\"prompt\" has no words") }
    guard task.answer.first == answerWord else {
      let found = task.answer.first.map { "begins with \"\($0)\"" } ?? "has no words"
      throw refuse(
        "\"answer\" \(found); it must begin with the word \"\(answerWord)\": put it there, or set "
          + "domain.answerWord")
    }
    if let place = task.trace.firstIndex(of: answerWord) {
      throw refuse(
        "word \(place + 1) of \"trace\" is \"\(answerWord)\", which begins an answer; choose another "
          + "domain.answerWord")
    }
  }

  /// What keeps a text from being a word; nil: nothing.
  public static func problem(withWord word: String) -> String? {
    if word.isEmpty { return "a word is empty" }
    if word.contains(where: \.isWhitespace) { return "the word \"\(word)\" has white space; split it" }
    return ["bos", "eos"].contains(word) ? "the word \"\(word)\" is taken; rename it" : nil
  }
}

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
