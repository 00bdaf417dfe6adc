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

  /// What pages and tables call the domain's parts; by itself, words that fit any.
  var terms: DomainTerms { get }

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

  /// What a model's traces are compared with, in the order of `referenceLengths`. The first is the mean of
  /// the reference's own traces.
  func referenceLines(_ settings: ReferenceSettings) -> [ReferenceLine]

  /// The trace length in tokens of each reference line on the task `index`: a pure function of the arguments.
  /// Throws for a bad or unsolvable prompt.
  func referenceLengths(of prompt: [Token], _ settings: ReferenceSettings, index: Int) throws -> [Double]

  /// What is left of a reference's trace at a level of dropping; a pure function of the arguments.
  func trace(_ trace: [Token], dropping level: DroppingLevel, using random: inout CounterRandom) -> [Token]

  /// The first token of a response in this mode; nil: whichever the model draws.
  func opening(_ mode: ResponseMode, to prompt: [Token]) -> Token?

  /// The reference on a prompt from outside. Throws `SearchError` for a bad prompt.
  func solve(_ prompt: [Token], using random: inout CounterRandom) throws(SearchError) -> Solution

  /// For each token of the prompt what a model that learns the trace as labels is to predict there (nil:
  /// nothing), after the setting `hint` of Li et al. 2024, arXiv:2402.12875. nil: the domain has no such labels,
  /// or the prompt cannot be read.
  func hints(for prompt: [Token]) -> [Token?]?

  /// The task as lines of plain text; for a bad prompt, what is wrong with it.
  func drawing(of prompt: [Token]) -> String

  /// The response replayed: the task before it, a picture and a caption for each clause, then the answer.
  func frames(of response: [Token], to prompt: [Token]) -> [String]

  /// The response step by step on a board; nil where the domain has none, or for a bad prompt.
  func replay(of response: [Token], isTerminated: Bool, to prompt: [Token]) -> Replay?

  /// The trace of a response entry by entry, what cannot be read as a last one; nil where traces are shown in
  /// another way, or for a bad prompt.
  func entries(of response: [Token], to prompt: [Token]) -> [TraceEntry]?

  /// How many steps each entry of a sound trace lies behind the one before it (the first: behind the start), and
  /// the answer behind the last; as many ones as there are steps where nothing is left out. Without numbers in the
  /// entries the reading whose largest stride is the smallest. nil: the trace is not sound, or steps are not in a
  /// row, as those of a circuit.
  func strides(of response: [Token], to prompt: [Token]) -> [Int]?

  /// False: `strides` is nil whatever the response.
  var hasStrides: Bool { get }

  /// The chance that an entry drawn blindly is true somewhere in the task. nil: entries say what they are about, so
  /// that hardly any is true by luck; or a bad prompt.
  func chanceLevel(of prompt: [Token]) -> Double?

  /// The task as a drawing, its nodes named as the entries are; nil: it has none, or for a bad prompt.
  func diagram(of prompt: [Token]) -> Diagram?

  /// Whom `judge` asks, where that is somebody outside who may fail: whoever judges calls its `check` before
  /// using a verdict. nil: the domain judges by itself.
  var verifier: (any Verifier)? { get }
}

extension Domain {
  public var terms: DomainTerms { DomainTerms() }
  public func hints(for prompt: [Token]) -> [Token?]? { nil }
  public func replay(of response: [Token], isTerminated: Bool, to prompt: [Token]) -> Replay? { nil }
  public func entries(of response: [Token], to prompt: [Token]) -> [TraceEntry]? { nil }
  public func strides(of response: [Token], to prompt: [Token]) -> [Int]? { nil }
  public var hasStrides: Bool { false }
  public func chanceLevel(of prompt: [Token]) -> Double? { nil }
  public func diagram(of prompt: [Token]) -> Diagram? { nil }
}

/// The two sides of the data. No layout, up to its symmetries, is on both.
public enum Split: String, Sendable, CaseIterable {
  case train, test

  /// The side of a layout, by the digest of its smallest image: a tenth of them is for testing.
  init(ofLayout digest: [UInt8]) {
    let word = digest.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    self = word % 10 == 0 ? .test : .train
  }
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

/// What the reference wrote: its trace, as far as it came, and how many steps it took, of a search the states
/// it closed.
public struct Solution: Sendable, Equatable {
  public let trace: [Token]
  /// nil: the task has no solution.
  public let answer: [Token]?
  public let expansions: Int
}

/// How reference lines are computed.
public struct ReferenceSettings: Sendable, Equatable {
  public let seed: UInt64
  /// Of a search with random ties, for a mean.
  public let runs: Int
  /// Of the same search, for the best of as many tries as the model has.
  public let samples: Int

  public init(seed: UInt64, runs: Int, samples: Int) {
    precondition(runs > 0 && samples > 0, "a mean needs a run")
    self.seed = seed
    self.runs = runs
    self.samples = samples
  }
}

/// Traces that others than the model write, or can at best write.
public struct ReferenceLine: Sendable, Equatable {
  /// Of the first line of every domain: the mean of the reference's own traces.
  public static let reference = "reference"

  /// As in the database: `reference`, `shortestLegal`.
  public let name: String
  /// For people: `A*, a coin per tie, mean of 64 runs`.
  public let title: String
  /// The same in a sentence: `A* with a coin per tie`.
  public let phrase: String
  /// No trace that the reference could have written is shorter.
  public let isBound: Bool

  public var isReference: Bool { name == Self.reference }

  /// Told of in the result's own sentence.
  public var isLandmark: Bool { isReference || isBound }

  /// Without a phrase the title is one.
  public init(name: String, title: String, phrase: String? = nil, isBound: Bool = false) {
    self.name = name
    self.title = title
    self.phrase = phrase ?? title
    self.isBound = isBound
  }
}
