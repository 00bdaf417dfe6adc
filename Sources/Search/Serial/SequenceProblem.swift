import Determinism

/// A value that is carried through steps, one after the other: what the sequence domains differ in.
///
/// Values and words are numbers; a word's is its index in `words`.
protocol SequenceProblem: Sendable {
  /// The words of values and premises, in addition to those that all serial domains have.
  var words: [String] { get }

  /// Words of a written value.
  var valueLength: Int { get }

  /// Values that can be written.
  var valueCount: Int { get }

  /// Whether `word` may follow `spelled` in a written value.
  func allows(_ word: Int, after spelled: [Int]) -> Bool

  func value(of spelled: [Int]) -> Int

  func spelling(of value: Int) -> [Int]

  /// The word that stands after the premises, once a step; nil: the premises are the steps.
  var repeated: Int? { get }

  /// The word before each premise that is out of its order; nil: `@k`.
  var tags: [Int]? { get }

  /// nil: this draw gives none.
  func draw(steps: Int, using random: inout CounterRandom) -> SequenceTask?

  /// A value that may stand behind `note`.
  func drawDistractor(for task: SequenceTask, using random: inout CounterRandom) -> Int

  /// What is wrong with premises from outside; nil: nothing.
  func problem(with task: SequenceTask) -> String?

  /// What comes out of each step, from 1 to m.
  func values(of task: SequenceTask) -> [Int]

  func title(of task: SequenceTask) -> String

  /// Reference lines in addition to those of chains and strides.
  var lines: [ReferenceLine] { get }

  /// Their lengths on a task; `entryLength` is in tokens.
  func lengths(on task: SequenceTask, entryLength: Int) -> [Double]
}

extension SequenceProblem {
  var valueLength: Int { 1 }
  func allows(_ word: Int, after spelled: [Int]) -> Bool { true }
  func value(of spelled: [Int]) -> Int { spelled[0] }
  func spelling(of value: Int) -> [Int] { [value] }
  var repeated: Int? { nil }
  var tags: [Int]? { nil }
  func problem(with task: SequenceTask) -> String? { nil }
  var lines: [ReferenceLine] { [] }
  func lengths(on task: SequenceTask, entryLength: Int) -> [Double] { [] }
}

/// What is given, and over how many steps.
struct SequenceTask: Sendable, Equatable {
  var premises: [Int]
  var steps: Int
}
