import Determinism
import Words

/// What one serial domain has of its own: its tasks, how they are written, and what is true of them. What all
/// of them share is in `SerialDomain`.
///
/// The steps of a task are numbered from 1 to m. An *entry* of a chain states what came out of one of them.
protocol SerialRules: Sendable {
  associatedtype Task: Sendable
  associatedtype Entry: Sendable

  var words: SerialWords { get }

  /// Draws a task with this number of steps; nil: this draw gives none.
  func draw(steps: Int, using random: inout CounterRandom) -> Task?

  /// What decides the split: equal for tasks that must not be on both sides.
  func identity(of task: Task) -> String

  /// The written task, ended by `=`; the draws are of its distractors and its order.
  func prompt(of task: Task, _ settings: SerialSettings, using random: inout CounterRandom) -> [Token]

  /// Reads a prompt. Throws `SearchError.badPrompt` at the first token that does not fit.
  func task(from prompt: [Token]) throws(SearchError) -> Task

  /// m, of a task.
  func steps(of task: Task) -> Int

  /// Every entry of the whole chain, written, from step 1 on.
  func chain(of task: Task) -> [[Token]]

  /// The one right answer, without `ans`.
  func answer(to task: Task) -> [Token]

  /// Tokens of every answer; nil: they differ by task, so that answers need `ans` before them.
  var answerLength: Int? { get }

  /// The first token from `first` on that does not fit into an answer, the end included; nil: all fit.
  func misfit(inAnswer response: [Token], from first: Int) -> Int?

  /// Reads the entry at `index` and moves behind it; nil: `index` is at the token that does not fit.
  func entry(in response: [Token], _ index: inout Int, before end: Int) -> Entry?

  /// What is wrong with each entry, and last with the answer's place behind them.
  func flaws(of entries: [Entry], in task: Task) -> [SerialFlaw?]

  /// The labels of `TraceVariations.hints`.
  func hints(for prompt: [Token]) throws(SearchError) -> [Token?]?

  /// Reference lines in addition to those of whole chains and strides.
  var lines: [ReferenceLine] { get }

  /// Their lengths in tokens on a task.
  func lengths(on task: Task) -> [Double]

  /// For people: `4 numbers added modulo 7`.
  func title(of task: Task) -> String

  /// For people: each step's premise and what comes out of it.
  func rows(of task: Task) -> [SerialRow]

  /// The step that an entry says it is about; nil: it does not.
  func step(of entry: Entry, in task: Task) -> Int?

  /// As `ChainMeasures.chanceLevel`.
  func chanceLevel(of task: Task) -> Double?

  /// The step that each entry of a sound chain is about, rising; nil if steps are not in a row.
  func steps(of entries: [Entry], in task: Task) -> [Int]?

  /// False: `steps` and `chanceLevel` are nil for every chain and task.
  var isMeasured: Bool { get }

  /// What a task's steps depend on, the nodes named as `SerialPictures.entries` names the steps; nil: on the
  /// one before alone.
  func diagram(of task: Task) -> Diagram?
}

extension SerialRules {
  func diagram(of task: Task) -> Diagram? { nil }

  func chanceLevel(of task: Task) -> Double? { nil }

  func steps(of entries: [Entry], in task: Task) -> [Int]? { nil }

  var isMeasured: Bool { false }
}

/// What is wrong with an entry, the worst first, each with what a person should know of it.
enum SerialFlaw: Sendable, Equatable {
  /// It states what is not so.
  case untrue(String)
  /// True, but not later than the entries before it.
  case disordered(String)
  /// True and in order, but more than one step away from the prompt and the entries before it.
  case skips(String)

  /// Whether the entry is false or out of its place, not just far from what stands before.
  var isFault: Bool { if case .skips = self { false } else { true } }

  var detail: String {
    switch self {
    case .untrue(let detail), .disordered(let detail), .skips(let detail): detail
    }
  }
}

/// A step of a task, for people.
struct SerialRow: Sendable, Equatable {
  let premise: String
  let value: String
}
