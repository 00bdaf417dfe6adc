import Determinism
import Words

/// A* on mazes, and what traces on them are compared with. The paper has the first line alone; most of what
/// rounds gain on it can be had by a better order of ties, and nothing that A* may write is shorter than
/// `shortestLegal`.
struct MazeReference: WordReference {
  let language: MazeLanguage
  let tieBreak: TieBreak

  var words: Vocabulary { language.vocabulary }

  func solve(_ prompt: [Token], using random: inout CounterRandom) throws(SearchError) -> Solution {
    solution(of: try language.maze(from: prompt), using: &random)
  }

  func solution(of maze: Maze, using random: inout CounterRandom) -> Solution {
    var problem = MazeProblem(maze: maze)
    var search = AStar()
    let isSolved = search.run(&problem, tieBreak, using: &random)
    return Solution(
      trace: .words(language.trace(search)),
      answer: isSolved ? .words(language.answer(search.plan)) : nil, closedStates: search.closedStates)
  }

  func lines(_ settings: ReferenceSettings) -> [ReferenceLine] {
    TieLines.lines(settings) + [
      ReferenceLine(
        name: "shortestLegal", title: "shortest run of A* there is, exact",
        phrase: "the shortest run that A* can have", isBound: true),
      ReferenceLine(name: "pathOnly", title: "the plan's cells alone, created and closed"),
      ReferenceLine(name: "planOnly", title: "no trace"),
    ]
  }

  func lengths(
    on prompt: [Token], _ settings: ReferenceSettings, index: Int
  ) throws(SearchError) -> [Double] {
    let maze = try language.maze(from: prompt)
    guard var shortest = ShortestRun(maze), let cost = maze.optimalCost else { throw .unsolvable }
    let clauses =
      TieLines.lengths(settings) { order, runs in
        self.clauses(of: maze, order, runs: runs, settings.seed, index)
      } + [Double(shortest.clauses()), Double(2 * (cost + 1)), 0]
    return clauses.map { $0 * Double(language.clauseLength) }
  }

  /// Clauses of each of `runs` runs of A*; run n draws from (seed, index, n), whatever the order of ties.
  private func clauses(
    of maze: Maze, _ tieBreak: TieBreak, runs: Int, _ seed: UInt64, _ index: Int
  ) -> [Int] {
    var problem = MazeProblem(maze: maze)
    var search = AStar()
    return (0..<runs).map { run in
      var random = CounterRandom(seed: seed, stream: .reference, UInt64(index), UInt64(run))
      _ = search.run(&problem, tieBreak, using: &random)
      return search.steps.count
    }
  }
}
