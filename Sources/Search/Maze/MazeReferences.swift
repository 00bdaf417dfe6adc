import Determinism

/// What traces on mazes are compared with. The paper has the first line alone; most of what rounds gain on
/// it can be had by a better order of ties, and nothing that A* may write is shorter than `shortestLegal`.
extension MazeDomain {
  public func referenceLines(_ settings: ReferenceSettings) -> [ReferenceLine] {
    let mean = "mean of \(settings.runs) runs"
    return [
      ReferenceLine(
        name: "reference", title: "A*, a coin per tie, \(mean)", phrase: "A* with a coin per tie"),
      ReferenceLine(name: "bestOfReference", title: "the shortest of \(settings.samples) such runs"),
      ReferenceLine(name: "lifo", title: "A*, newest of a tie first, \(mean)"),
      ReferenceLine(name: "smallerH", title: "A*, smaller h of a tie first, \(mean)"),
      ReferenceLine(
        name: "shortestLegal", title: "shortest run of A* there is, exact",
        phrase: "the shortest run that A* can have", isBound: true),
      ReferenceLine(name: "pathOnly", title: "the plan's cells alone, created and closed"),
      ReferenceLine(name: "planOnly", title: "no trace"),
    ]
  }

  public func referenceLengths(
    of prompt: [Token], _ settings: ReferenceSettings, index: Int
  ) throws -> [Double] {
    let maze = try language.maze(from: prompt)
    guard var shortest = ShortestRun(maze), let cost = maze.optimalCost else { throw SearchError.unsolvable }
    let coins = clauses(
      of: maze, .coin, runs: max(settings.runs, settings.samples), settings.seed, index)
    let clauses = [
      mean(coins.prefix(settings.runs)),
      expectedMinimum(of: coins, draws: settings.samples),
      mean(self.clauses(of: maze, .lifo, runs: settings.runs, settings.seed, index)[...]),
      mean(self.clauses(of: maze, .smallerH, runs: settings.runs, settings.seed, index)[...]),
      Double(shortest.clauses()), Double(2 * (cost + 1)), 0,
    ]
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

  private func mean(_ values: ArraySlice<Int>) -> Double {
    Double(values.reduce(0, +)) / Double(values.count)
  }
}

/// Mean of the smallest of `draws` of the values, over all ways to draw as many without replacement: what the
/// best of so many runs is expected to be, from all runs there are. At least as many values as draws.
func expectedMinimum(of values: [Int], draws: Int) -> Double {
  precondition(draws >= 1 && draws <= values.count, "a value cannot be drawn twice")
  // The smallest drawn is value i of the ascending order with probability C(n - 1 - i, k - 1) / C(n, k).
  let (count, sorted) = (values.count, values.sorted())
  var probability = Double(draws) / Double(count)
  var mean = 0.0
  for (i, value) in sorted.prefix(count - draws + 1).enumerated() {
    mean += probability * Double(value)
    probability *= Double(count - i - draws) / Double(count - i - 1)
  }
  return max(mean, Double(sorted[0]))
}
