import Determinism
import Words

@testable import Search

/// An exercise of a word domain as tokens, with the trace and the cost that its own domain always gives.
struct WordExercise: Equatable {
  let index: Int
  let split: Split
  let prompt: [Token]
  let trace: [Token]
  let answer: [Token]
  let optimalCost: Int
  let identityDigest: String

  init?(_ exercise: Exercise?) {
    guard let exercise, let trace = exercise.trace, let cost = exercise.optimalCost else { return nil }
    index = exercise.index
    split = exercise.split
    prompt = exercise.prompt.words
    self.trace = trace.words
    answer = exercise.answer.words
    optimalCost = cost
    identityDigest = exercise.identityDigest
  }
}

/// A solution as tokens.
struct WordSolution: Equatable {
  let trace: [Token]
  let answer: [Token]?
  let closedStates: Int
}

/// The capabilities of word domains by tokens.
extension WordDomain {
  func drawn(seed: UInt64, index: Int, split: Split) -> WordExercise? {
    WordExercise(exercise(seed: seed, index: index, split: split))
  }

  /// The first `count` accepted exercises of a split.
  func exercises(seed: UInt64, split: Split = .train, count: Int) -> [WordExercise] {
    (self as any Domain).exercises(seed: seed, split: split, count: count).compactMap { WordExercise($0) }
  }

  /// Of domains that judge by themselves, so that they never fail.
  func judged(_ response: [Token], isTerminated: Bool, to prompt: [Token]) -> Judgement {
    do { return try judge(response, isTerminated: isTerminated, to: prompt) } catch {
      preconditionFailure("\(error)")
    }
  }

  func solve(_ prompt: [Token], using random: inout CounterRandom) throws -> WordSolution {
    guard let solution = try reference?.solve(.words(prompt), using: &random) else {
      throw SearchError.unsolvable
    }
    return WordSolution(
      trace: solution.trace.words, answer: solution.answer?.words, closedStates: solution.closedStates)
  }

  func referenceLines(_ settings: ReferenceSettings) -> [ReferenceLine] { reference?.lines(settings) ?? [] }

  func referenceLengths(
    of prompt: [Token], _ settings: ReferenceSettings, index: Int
  ) throws(SearchError) -> [Double] {
    try reference?.lengths(on: .words(prompt), settings, index: index) ?? []
  }

  func trace(_ trace: [Token], dropping level: DroppingLevel, using random: inout CounterRandom) -> [Token] {
    variations?.dropping(level, from: .words(trace), using: &random).words ?? trace
  }

  func opening(_ mode: ResponseMode, to prompt: [Token]) -> Token? {
    variations?.opening(mode, to: .words(prompt))?.words.first
  }

  func hints(for prompt: [Token]) -> [Token?]? { variations?.hints(for: .words(prompt)) }

  func drawing(of prompt: [Token]) -> String { pictures?.drawing(of: .words(prompt)) ?? "" }

  func frames(of response: [Token], to prompt: [Token]) -> [String] {
    pictures?.frames(of: .words(response), to: .words(prompt)) ?? []
  }

  func replay(of response: [Token], isTerminated: Bool, to prompt: [Token]) -> Replay? {
    pictures?.replay(of: .words(response), isTerminated: isTerminated, to: .words(prompt))
  }

  func entries(of response: [Token], to prompt: [Token]) -> [TraceEntry]? {
    pictures?.entries(of: .words(response), to: .words(prompt))
  }

  func diagram(of prompt: [Token]) -> Diagram? { pictures?.diagram(of: .words(prompt)) }

  func strides(of response: [Token], to prompt: [Token]) -> [Int]? {
    chains?.strides(of: .words(response), to: .words(prompt))
  }

  func chanceLevel(of prompt: [Token]) -> Double? { chains?.chanceLevel(of: .words(prompt)) }
}

extension Fault {
  /// nil: it is at no word.
  var position: Int? { if case .word(let index) = place { index } else { nil } }
}
