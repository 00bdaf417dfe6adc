import Determinism
import Words

/// A word with its place; `cell` is nil outside the board.
struct PlacedWord<Word: Equatable & Sendable> {
  let word: Word
  let cell: Int?
}

/// A clause of a trace that could be read: a state is created or closed. Whether it is true is for the judge.
protocol SearchClause {
  var isClose: Bool { get }
}

/// The written form of searches on boards: clauses, each ended by its two costs, then a plan of places.
///
///     TRACE := { (create|close) STATE cG cH }
///     PLAN  := { plan PLACE }
protocol ClauseLanguage: Sendable {
  associatedtype Word: Equatable & Sendable
  associatedtype Clause: SearchClause

  /// The word before each place of a plan.
  static var plan: Word { get }

  var vocabulary: Vocabulary { get }

  /// Whether a plan begins with this token.
  func isPlan(_ token: Token) -> Bool

  /// Reads a word and its place and moves `index` behind them; nil leaves it at the token that does not fit.
  func place(in tokens: [Token], _ index: inout Int, before end: Int) -> PlacedWord<Word>?

  /// Reads a clause and moves `index` behind it; nil leaves it at the token that does not fit.
  func clause(in tokens: [Token], _ index: inout Int, before end: Int) -> Clause?
}

// MARK: - Reading responses

extension ClauseLanguage {
  /// Cuts a response before its first plan word.
  func split(_ response: [Token]) -> (trace: ArraySlice<Token>, answer: ArraySlice<Token>) {
    let end = response.firstIndex(where: isPlan) ?? response.endIndex
    return (response[..<end], response[end...])
  }

  /// Reads a trace clause by clause, with the index of each clause and of its costs; returns the first fault
  /// that `accept` finds, or that of a clause that cannot be read.
  func firstFault(
    inTrace response: [Token], before end: Int, accept: (Clause, _ first: Int, _ costs: Int) -> Fault?
  ) -> Fault? {
    if end == 0 { return Fault(kind: .emptyTrace, word: 0, detail: "the trace is empty") }
    var index = 0
    while index < end {
      let first = index
      guard let clause = clause(in: response, &index, before: end) else {
        return unreadable(response, at: index, .malformedClause, in: "a clause")
      }
      if let fault = accept(clause, first, index - 2) { return fault }
    }
    return nil
  }

  /// Clauses before the first that cannot be read, true or not.
  func countClauses(_ response: [Token], before end: Int) -> (clauses: Int, closes: Int) {
    var (clauses, closes, index) = (0, 0, 0)
    while let clause = clause(in: response, &index, before: end) {
      clauses += 1
      closes += clause.isClose ? 1 : 0
    }
    return (clauses, closes)
  }

  /// The cells of a plan up to its first unreadable word, -1 outside the board, and what is wrong with that
  /// word.
  func readPlan(_ response: [Token], from first: Int) -> (cells: [Int], malformed: Fault?) {
    if first == response.count {
      return ([], Fault(kind: .missingPlan, word: first, detail: "the response has no plan"))
    }
    var cells: [Int] = []
    var index = first
    while index < response.count {
      let step = index
      let placed = place(in: response, &index, before: response.count)
      guard let placed, placed.word == Self.plan else {
        let position = placed == nil ? index : step
        return (cells, unreadable(response, at: position, .malformedPlan, in: "the plan"))
      }
      cells.append(placed.cell ?? -1)
    }
    return (cells, nil)
  }

  private func unreadable(
    _ response: [Token], at index: Int, _ kind: Fault.Kind, in place: String
  ) -> Fault {
    .unreadable(response, at: index, kind, in: place, vocabulary)
  }
}

// MARK: - Leaving clauses out

extension ClauseLanguage {
  /// What is left of a trace at a level of dropping.
  func dropping(
    _ level: DroppingLevel, from trace: [Token], using random: inout CounterRandom
  ) -> [Token] {
    level.thinned(trace, using: &random) { index in
      clause(in: trace, &index, before: trace.count)?.isClose
    }
  }
}

extension Fault {
  /// Of a token that does not fit, or of an end that comes too early.
  static func unreadable(
    _ response: [Token], at index: Int, _ kind: Kind, in place: String, _ vocabulary: Vocabulary
  ) -> Fault {
    let found =
      index < response.count ? "\"\(vocabulary.word(response[index]))\"" : "the end of the response"
    return Fault(kind: kind, word: index, detail: "\(found) does not fit into \(place)")
  }

  /// What keeps a response of `count` words from being whole: it was cut, or `malformed`. A fault at the very
  /// end of a response that was cut is the cut's.
  static func incomplete(_ malformed: Fault?, of count: Int, isTerminated: Bool) -> Fault? {
    if let malformed, malformed.place != .word(count) || isTerminated { return malformed }
    return isTerminated ? nil : .cut(after: count)
  }
}
