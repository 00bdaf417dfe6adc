import Words

/// A task from outside as text, kept byte for byte.
public struct TextTask: Sendable, Equatable {
  public var prompt: String
  /// nil: the task came without one.
  public var trace: String?
  public var answer: String
  /// Of the answer, which is as good as any; nil: answers have no cost.
  public var cost: Int?
  /// nil: the digest of the prompt decides.
  public var split: Split?
  /// Where it stands in its file, from 1.
  public var line: Int

  public init(
    prompt: String, trace: String?, answer: String, cost: Int? = nil, split: Split? = nil, line: Int
  ) {
    self.prompt = prompt
    self.trace = trace
    self.answer = answer
    self.cost = cost
    self.split = split
    self.line = line
  }
}

/// Tasks from outside in text, with the marker before which a response is cut into trace and answer.
///
///     try TextTasks(
///       [TextTask(prompt: "3 + 5 = ?\n", trace: "3 and 5 are 8.\n", answer: "Answer: 8", line: 1)],
///       answerMarker: "Answer:")
///
/// No prompt is there twice, compared by bytes; every answer holds the marker, no trace does. What an answer
/// has before the marker is the end of the trace, as in a response, or all of it if none is given. (White
/// space alone is none.)
public struct TextTasks: Sendable {
  public let answerMarker: String
  let pool: TaskPool

  /// Without tasks: for the defaults of a configuration, and for stored runs that are only compared.
  public static let none = Self(answerMarker: "Answer:")

  private init(answerMarker: String) {
    self.answerMarker = answerMarker
    pool = TaskPool()
  }

  /// Throws at the first task that cannot be used.
  public init(_ given: [TextTask], answerMarker: String) throws(ExternalTaskError) {
    self.answerMarker = answerMarker
    var tasks: [PooledTask] = []
    for task in given {
      try Self.check(task, answerMarker)
      let (before, answer) = Self.cut(task.answer, at: answerMarker)
      // White space alone is no reasoning: as an incumbent nothing could be shorter.
      let own: Writing? = before.allSatisfy(\.isWhitespace) ? nil : .text(before)
      tasks.append(
        PooledTask(
          prompt: .text(task.prompt), trace: task.trace.map { .text($0 + before) } ?? own,
          answer: .text(answer),
          cost: task.cost, split: task.split, line: task.line, identity: task.prompt))
    }
    pool = try TaskPool(tasks)
  }

  public var count: Int { pool.tasks.count }

  public func count(of split: Split) -> Int { pool.count(of: split) }

  /// Tasks that came with a trace that is not empty: those from which a shorter one can be learnt.
  public var tasksWithTraces: Int { pool.tasksWithTraces }

  /// Tasks that came without any trace, not even an empty one.
  public var tasksWithoutTrace: Int { pool.tasks.count { $0.trace == nil } }

  /// What keeps a text from being a marker; nil: nothing.
  public static func problem(withMarker marker: String) -> String? {
    if marker.utf8.isEmpty { return "the marker is empty; name the text that comes before every answer" }
    return marker.utf8.contains(0) ? "the marker has a NUL (\\u0000), which cannot be stored; remove it" : nil
  }

  private static func check(_ task: TextTask, _ marker: String) throws(ExternalTaskError) {
    func refuse(_ reason: String) -> ExternalTaskError { ExternalTaskError(line: task.line, reason: reason) }
    if let problem = problem(withMarker: marker) { throw refuse(problem) }
    for (field, text) in [("prompt", task.prompt), ("trace", task.trace ?? ""), ("answer", task.answer)]
    where text.utf8.contains(0) {
      throw refuse("\"\(field)\" has a NUL (\\u0000), which cannot be stored; remove it")
    }
    if task.prompt.utf8.isEmpty { throw refuse("\"prompt\" is empty") }
    guard place(of: marker, in: task.answer) != nil else {
      throw refuse(
        "\"answer\" has no \"\(marker)\", before which a response is cut: put it there, or set "
          + "domain.answerMarker")
    }
    if let trace = task.trace, place(of: marker, in: trace) != nil {
      throw refuse("\"trace\" has \"\(marker)\", which begins an answer; choose another domain.answerMarker")
    }
  }
}

// MARK: - Cutting

extension TextTasks {
  /// Cuts a text before the last occurrence of the marker. Without one all of it comes before.
  static func cut(_ text: String, at marker: String) -> (before: String, answer: String) {
    guard let place = place(of: marker, in: text) else { return (text, "") }
    let bytes = text.utf8
    let index = bytes.index(bytes.startIndex, offsetBy: place)
    return (
      String(decoding: bytes[..<index], as: UTF8.self), String(decoding: bytes[index...], as: UTF8.self)
    )
  }

  /// The first byte of the last occurrence of the marker's bytes, at which a scalar begins; nil: there is
  /// none.
  private static func place(of marker: String, in text: String) -> Int? {
    let (bytes, sought) = (Array(text.utf8), Array(marker.utf8))
    guard let first = sought.first, bytes.count >= sought.count else { return nil }
    return (0...bytes.count - sought.count).last { place in
      bytes[place] == first && bytes[place..<place + sought.count].elementsEqual(sought)
    }
  }
}
