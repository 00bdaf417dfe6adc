import Determinism
import Words

/// A domain whose prompts and responses are words of one vocabulary. Inside they are lists of tokens:
/// writings and tokens are turned into each other in this file alone.
///
/// A writing from outside may be a text. It is read by the vocabulary, unknown words as -1, so that it is
/// judged and never traps.
public protocol WordDomain: Domain {
  var words: Vocabulary { get }

  /// As `Domain.prompt(of:)`.
  func promptTokens(of text: String) throws(SearchError) -> [Token]

  /// As `Domain.parts(of:)`: cuts before the first answer word.
  func split(_ response: [Token]) -> (trace: ArraySlice<Token>, answer: ArraySlice<Token>)

  /// As `Domain.judge`.
  func judge(_ response: [Token], isTerminated: Bool, to prompt: [Token]) throws(JudgeFailure) -> Judgement
}

extension WordDomain {
  public var vocabulary: Vocabulary? { words }

  public func prompt(of text: String) throws(SearchError) -> Writing { .words(try promptTokens(of: text)) }

  public func parts(of response: Writing) -> (trace: Writing, answer: Writing) {
    let parts = split(words.tokens(of: response))
    return (.words(Array(parts.trace)), .words(Array(parts.answer)))
  }

  public func judge(
    _ response: Writing, isTerminated: Bool, to prompt: Writing
  ) throws(JudgeFailure) -> Judgement {
    try judge(words.tokens(of: response), isTerminated: isTerminated, to: words.tokens(of: prompt))
  }
}

// MARK: - Capabilities

/// A capability of a `WordDomain`, whose members have tokens for writings.
protocol WordCapability: Sendable {
  var words: Vocabulary { get }
}

protocol WordReference: WordCapability, Reference {
  func solve(_ prompt: [Token], using random: inout CounterRandom) throws(SearchError) -> Solution
  func lengths(
    on prompt: [Token], _ settings: ReferenceSettings, index: Int
  ) throws(SearchError) -> [Double]
}

extension WordReference {
  func solve(_ prompt: Writing, using random: inout CounterRandom) throws(SearchError) -> Solution {
    try solve(words.tokens(of: prompt), using: &random)
  }

  func lengths(
    on prompt: Writing, _ settings: ReferenceSettings, index: Int
  ) throws(SearchError) -> [Double]? {
    try lengths(on: words.tokens(of: prompt), settings, index: index)
  }
}

protocol WordVariations: WordCapability, TraceVariations {
  func dropping(_ level: DroppingLevel, from trace: [Token], using random: inout CounterRandom) -> [Token]
  /// Reads a clause and moves `index` behind it; false: there is none.
  func skipClause(in trace: [Token], _ index: inout Int) -> Bool
  /// The first token of a response.
  func opening(_ mode: ResponseMode, to prompt: [Token]) -> Token?
  func hints(for prompt: [Token]) -> [Token?]?
}

extension WordVariations {
  func hints(for prompt: [Token]) -> [Token?]? { nil }

  /// None of a trace that ends in what is no clause.
  func clauses(of trace: Writing) -> [Writing] {
    let tokens = words.tokens(of: trace)
    var clauses: [Writing] = []
    var index = 0
    while index < tokens.count {
      let first = index
      guard skipClause(in: tokens, &index), index > first else { return [] }
      clauses.append(.words(Array(tokens[first..<index])))
    }
    return clauses
  }

  func dropping(
    _ level: DroppingLevel, from trace: Writing, using random: inout CounterRandom
  ) -> Writing {
    .words(dropping(level, from: words.tokens(of: trace), using: &random))
  }

  func opening(_ mode: ResponseMode, to prompt: Writing) -> Writing? {
    opening(mode, to: words.tokens(of: prompt)).map { .words([$0]) }
  }

  func hints(for prompt: Writing) -> [Token?]? { hints(for: words.tokens(of: prompt)) }
}

protocol WordPictures: WordCapability, TaskPictures {
  func drawing(of prompt: [Token]) -> String
  func frames(of response: [Token], to prompt: [Token]) -> [String]
  func replay(of response: [Token], isTerminated: Bool, to prompt: [Token]) -> Replay?
  func entries(of response: [Token], to prompt: [Token]) -> [TraceEntry]?
  func diagram(of prompt: [Token]) -> Diagram?
}

extension WordPictures {
  func replay(of response: [Token], isTerminated: Bool, to prompt: [Token]) -> Replay? { nil }
  func entries(of response: [Token], to prompt: [Token]) -> [TraceEntry]? { nil }
  func diagram(of prompt: [Token]) -> Diagram? { nil }

  func drawing(of prompt: Writing) -> String { drawing(of: words.tokens(of: prompt)) }

  func frames(of response: Writing, to prompt: Writing) -> [String] {
    frames(of: words.tokens(of: response), to: words.tokens(of: prompt))
  }

  func replay(of response: Writing, isTerminated: Bool, to prompt: Writing) -> Replay? {
    replay(of: words.tokens(of: response), isTerminated: isTerminated, to: words.tokens(of: prompt))
  }

  func entries(of response: Writing, to prompt: Writing) -> [TraceEntry]? {
    entries(of: words.tokens(of: response), to: words.tokens(of: prompt))
  }

  func diagram(of prompt: Writing) -> Diagram? { diagram(of: words.tokens(of: prompt)) }
}

protocol WordChains: WordCapability, ChainMeasures {
  func strides(of response: [Token], to prompt: [Token]) -> [Int]?
  func chanceLevel(of prompt: [Token]) -> Double?
}

extension WordChains {
  func strides(of response: Writing, to prompt: Writing) -> [Int]? {
    strides(of: words.tokens(of: response), to: words.tokens(of: prompt))
  }

  func chanceLevel(of prompt: Writing) -> Double? { chanceLevel(of: words.tokens(of: prompt)) }
}
