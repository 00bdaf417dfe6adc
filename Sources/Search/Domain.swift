import Determinism

/// A kind of task the engine can learn: it draws tasks, writes them and their search as tokens, and judges
/// responses. The engine sees nothing else of a domain.
///
/// A *trace* is the reasoning, an *answer* the plan, a *response* both in this order. Token lists hold
/// neither `bos` nor `eos`.
public protocol Domain: Sendable {
  /// The name configurations use, such as `maze`.
  var name: String { get }
  var vocabulary: Vocabulary { get }

  /// Candidate `index` of a split: a pure function of `seed` and `index`.
  ///
  /// nil: the candidate is of the other split, unsolvable, too short, or repeats one of its own layout.
  func exercise(seed: UInt64, index: Int, split: Split) -> Exercise?

  /// The tokens of a prompt from outside, its words in the order that exercises are written in: two texts of
  /// one task give the same tokens. Throws `SearchError` at the first word that does not fit.
  func prompt(of text: String) throws(SearchError) -> [Token]

  /// Judges a response from the prompt alone. Never throws or traps, whatever the tokens.
  func judge(_ response: [Token], isTerminated: Bool, to prompt: [Token]) -> Judgement

  /// Cuts a response before its first answer word. Without one, all of it is the trace.
  func split(_ response: [Token]) -> (trace: ArraySlice<Token>, answer: ArraySlice<Token>)

  /// Mean trace length in tokens of `runs` runs of A* with a coin among equal costs, a pure function of the
  /// arguments. It is what a model's trace lengths are compared with. Throws for a bad or unsolvable prompt.
  func referenceTraceLength(of prompt: [Token], runs: Int, seed: UInt64, index: Int) throws -> Double

  /// A* on a prompt from outside. Throws `SearchError` for a bad prompt.
  func solve(_ prompt: [Token], using random: inout CounterRandom) throws(SearchError) -> Solution

  /// The task as lines of plain text; for a bad prompt, what is wrong with it.
  func drawing(of prompt: [Token]) -> String

  /// The response replayed: the task before it, a picture and a caption for each clause, then the answer.
  func frames(of response: [Token], to prompt: [Token]) -> [String]
}

/// The two sides of the data. No layout, up to its symmetries, is on both.
public enum Split: String, Sendable, CaseIterable {
  case train, test
}

/// A task with the reference's response.
public struct Exercise: Sendable, Equatable {
  public let index: Int
  public let split: Split
  public let prompt: [Token]
  public let trace: [Token]
  public let answer: [Token]
  public let optimalCost: Int
  /// SHA-256 of the layout's smallest image under its symmetries; it decides the split.
  public let layoutDigest: String
}

/// What A* wrote: its trace, to the goal or until nothing was open, and how many states it closed.
public struct Solution: Sendable, Equatable {
  public let trace: [Token]
  /// nil: the task has no solution.
  public let answer: [Token]?
  public let expansions: Int
}
