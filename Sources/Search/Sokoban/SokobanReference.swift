import Determinism
import Words

/// A* on levels, and what traces on them are compared with. The paper has the first line alone; the smaller h
/// first gains as much on it as the paper's three rounds do.
struct SokobanReference: WordReference {
  let language: SokobanLanguage
  let tieBreak: TieBreak
  let costWords: Int

  var words: Vocabulary { language.vocabulary }

  /// Throws also if a cost has no word.
  func solve(_ prompt: [Token], using random: inout CounterRandom) throws(SearchError) -> Solution {
    var problem = SokobanProblem(try language.level(from: prompt))
    var search = AStar()
    let isSolved = search.run(&problem, tieBreak, using: &random)
    guard let trace = language.trace(search, problem) else {
      let reason = "the search meets costs above c\(costWords - 1), the last that has a word"
      throw .badPrompt(position: prompt.count, reason: reason)
    }
    return Solution(
      trace: .words(trace), answer: isSolved ? .words(language.answer(search, problem)) : nil,
      closedStates: search.closedStates)
  }

  func lines(_ settings: ReferenceSettings) -> [ReferenceLine] {
    TieLines.lines(settings) + [
      ReferenceLine(
        name: "pathOnly", title: "the states of an optimal plan alone, created and closed: a lower bound",
        phrase: "the states of an optimal plan alone", isBound: true),
      ReferenceLine(name: "planOnly", title: "no trace"),
    ]
  }

  func lengths(
    on prompt: [Token], _ settings: ReferenceSettings, index: Int
  ) throws(SearchError) -> [Double] {
    let level = try language.level(from: prompt)
    guard let bare = barePathLength(level) else { throw .unsolvable }
    var problem = SokobanProblem(level)
    var search = AStar()
    return TieLines.lengths(settings) { order, runs in
      (0..<runs).map { run in
        var random = CounterRandom(
          seed: settings.seed, stream: .reference, UInt64(index), UInt64(run))
        _ = search.run(&problem, order, using: &random)
        return language.traceLength(search, problem)
      }
    } + [Double(bare), 0]
  }

  /// Tokens to create and close each state of an optimal plan, of the plan with the fewest; nil: unsolvable.
  ///
  /// A lower bound: a run of A* closes every state of its plan, which is optimal, and creates it before.
  func barePathLength(_ level: SokobanLevel) -> Int? {
    guard let cost = level.optimalCost else { return nil }
    func tokens(_ state: SokobanState) -> Int {
      2 * language.clauseLength(freeBoxes: level.freeBoxes(of: state))
    }
    // An optimal plan reaches each of its states by the fewest moves: ring by ring, each state once.
    var ring = [level.start: tokens(level.start)]
    var seen: Set<SokobanState> = [level.start]
    for moves in 1..<(cost + 1) {
      var next: [SokobanState: Int] = [:]
      for (state, length) in ring {
        for side in SokobanLevel.sides {
          guard let child = level.moved(state, to: side), !seen.contains(child),
            let h = level.heuristic(of: child), moves + h <= cost
          else { continue }
          next[child] = min(next[child] ?? .max, length + tokens(child))
        }
      }
      seen.formUnion(next.keys)
      ring = next
    }
    return ring.filter { level.freeBoxes(of: $0.key) == 0 }.map(\.value).min()
  }
}
