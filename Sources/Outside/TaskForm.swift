import Search
import Words

/// How tasks from outside are written: in words (`WordForm`) or as free text (`TextForm`).
public protocol TaskForm: Sendable, Equatable {
  associatedtype Task: Sendable
  associatedtype FormDomain: TaskDomain

  init()

  /// What is wrong with the form itself, and the key under `domain` that says it; nil: nothing.
  var problem: (key: String, text: String)? { get }

  /// The task of a line; `number` is its place in the file, from 1.
  static func task(of line: TaskLine, number: Int) throws(Refusal) -> Task

  /// Throws at the first task that cannot be used.
  func tasks(_ list: [Task]) throws(ExternalTaskError) -> FormDomain.Tasks

  /// Of trace and answer, in tokens of the built-in network, the end counted.
  static func responseLength(of task: Task) -> Int
}

/// Tasks as words, which the tasks themselves bring.
public struct WordForm: TaskForm {
  /// The word that every answer begins with.
  public var answerWord = "answer"
  /// Words in addition to those of the tasks.
  public var words: [String] = []

  public init() {}

  public var problem: (key: String, text: String)? {
    words.lazy.compactMap(ExternalTasks.problem(withWord:)).first.map { ("words", $0) }
  }

  public static func task(of line: TaskLine, number: Int) throws(Refusal) -> ExternalTask {
    try line.task(line: number)
  }

  public func tasks(_ list: [ExternalTask]) throws(ExternalTaskError) -> ExternalDomain.Tasks {
    try ExternalTasks(list, answerWord: answerWord, words: words)
  }

  public static func responseLength(of task: ExternalTask) -> Int {
    (task.trace?.count ?? 0) + task.answer.count + 1
  }

  public typealias FormDomain = ExternalDomain
}

/// Tasks as free text, byte for byte. The built-in network reads a byte as a token.
public struct TextForm: TaskForm {
  /// The text before whose last occurrence a response is cut into trace and answer.
  public var answerMarker = "Answer:"

  public init() {}

  /// Compares bytes: "é" as one scalar and as two are different markers.
  public static func == (one: Self, other: Self) -> Bool {
    one.answerMarker.utf8.elementsEqual(other.answerMarker.utf8)
  }

  public var problem: (key: String, text: String)? {
    TextTasks.problem(withMarker: answerMarker).map { ("answerMarker", $0) }
  }

  public static func task(of line: TaskLine, number: Int) throws(Refusal) -> TextTask {
    try line.textTask(line: number)
  }

  public func tasks(_ list: [TextTask]) throws(ExternalTaskError) -> TextDomain.Tasks {
    try TextTasks(list, answerMarker: answerMarker)
  }

  public static func responseLength(of task: TextTask) -> Int {
    (task.trace?.utf8.count ?? 0) + task.answer.utf8.count + 1
  }

  public typealias FormDomain = TextDomain
}

// MARK: - Their domains

/// A domain whose tasks came from outside.
public protocol TaskDomain: Domain {
  associatedtype Tasks: TaskList

  init(_ tasks: Tasks, verifier: any Verifier)

  /// Where the task with this prompt stands in its file; nil: there is none.
  func line(of prompt: Writing) -> Int?
}

/// The tasks of a file.
public protocol TaskList: Sendable {
  static var none: Self { get }
  var count: Int { get }
  func count(of split: Split) -> Int
  /// Tasks that came with a trace that is not empty: those from which a shorter one can be learnt.
  var tasksWithTraces: Int { get }
  /// Tasks that came without any trace, not even an empty one.
  var tasksWithoutTrace: Int { get }
}

extension ExternalDomain: TaskDomain {}
extension TextDomain: TaskDomain {}
extension ExternalTasks: TaskList {}
extension TextTasks: TaskList {}
