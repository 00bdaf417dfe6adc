import Words

/// A task from outside as words.
public struct ExternalTask: Sendable, Equatable {
  public var prompt: [String]
  /// nil: the task came without one.
  public var trace: [String]?
  public var answer: [String]
  /// Of the answer, which is as good as any; nil: answers have no cost.
  public var cost: Int?
  /// nil: the digest of the prompt decides.
  public var split: Split?
  /// Where it stands in its file, from 1.
  public var line: Int

  public init(
    prompt: [String], trace: [String]?, answer: [String], cost: Int? = nil, split: Split? = nil, line: Int
  ) {
    self.prompt = prompt
    self.trace = trace
    self.answer = answer
    self.cost = cost
    self.split = split
    self.line = line
  }
}

/// Tasks from outside with the words they are written in: all their own, and others that were asked for.
///
/// No prompt is there twice; every answer begins with the answer word, which stands in no trace.
public struct ExternalTasks: Sendable {
  public let answerWord: String
  public let vocabulary: Vocabulary
  let pool: TaskPool

  /// Without tasks: for the defaults of a configuration, and for stored runs that are only compared.
  public static let none = Self(answerWord: "answer")

  private init(answerWord: String) {
    self.answerWord = answerWord
    vocabulary = Vocabulary(words: [answerWord])
    pool = TaskPool()
  }

  /// Throws at the first task that cannot be used. `words` are added to those of the tasks.
  public init(_ given: [ExternalTask], answerWord: String, words: [String] = []) throws(ExternalTaskError) {
    self.answerWord = answerWord
    var known = Set(words).union([answerWord])
    for task in given {
      try Self.check(task, answerWord)
      for part in [task.prompt, task.trace ?? [], task.answer] { known.formUnion(part) }
    }
    let vocabulary = Vocabulary(words: known)
    func writing(_ words: [String]) -> Writing { .words(words.compactMap(vocabulary.token)) }
    pool = try TaskPool(
      given.map { task in
        PooledTask(
          prompt: writing(task.prompt), trace: task.trace.map(writing), answer: writing(task.answer),
          cost: task.cost, split: task.split, line: task.line,
          identity: task.prompt.joined(separator: " "))
      })
    self.vocabulary = vocabulary
  }

  public var count: Int { pool.tasks.count }

  public func count(of split: Split) -> Int { pool.count(of: split) }

  /// Tasks that came with a trace that is not empty: those from which a shorter one can be learnt.
  public var tasksWithTraces: Int { pool.tasksWithTraces }

  /// Tasks that came without any trace, not even an empty one.
  public var tasksWithoutTrace: Int { pool.tasks.count { $0.trace == nil } }

  /// Of trace and answer, in tokens, the end counted; 1 if there are no tasks.
  public var longestResponse: Int {
    pool.tasks.map { ($0.trace?.words.count ?? 0) + $0.answer.words.count + 1 }.max() ?? 1
  }
}

// MARK: - Checks

extension ExternalTasks {
  private static func check(_ task: ExternalTask, _ answerWord: String) throws(ExternalTaskError) {
    func refuse(_ reason: String) -> ExternalTaskError { ExternalTaskError(line: task.line, reason: reason) }
    let trace = task.trace ?? []
    for (field, words) in [("prompt", task.prompt), ("trace", trace), ("answer", task.answer)] {
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
    if let place = trace.firstIndex(of: answerWord) {
      throw refuse(
        "word \(place + 1) of \"trace\" is \"\(answerWord)\", which begins an answer; choose another "
          + "domain.answerWord")
    }
  }

  /// What keeps a text from being a word; nil: nothing.
  public static func problem(withWord word: String) -> String? {
    if word.isEmpty { return "a word is empty" }
    if word.utf8.contains(0) { return "the word \"\(word)\" has a NUL (\\u0000); remove it" }
    if word.contains(where: \.isWhitespace) { return "the word \"\(word)\" has white space; split it" }
    return ["bos", "eos"].contains(word) ? "the word \"\(word)\" is taken; rename it" : nil
  }
}
