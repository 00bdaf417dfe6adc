import Determinism

extension SokobanLevel {
  /// Moves of a shortest solution; nil: there is none.
  var optimalCost: Int? {
    var problem = SokobanProblem(self)
    var search = AStar()
    var random = CounterRandom(key: 0)
    _ = search.run(&problem, .smallerH, using: &random)
    return search.cost
  }
}

/// What traces on levels are compared with. The paper has the first line alone; the smaller h first gains as
/// much on it as the paper's three rounds do.
extension SokobanDomain {
  public func referenceLines(_ settings: ReferenceSettings) -> [ReferenceLine] {
    let mean = "mean of \(settings.runs) runs"
    return [
      ReferenceLine(
        name: "reference", title: "A*, a coin per tie, \(mean)", phrase: "A* with a coin per tie"),
      ReferenceLine(name: "bestOfReference", title: "the shortest of \(settings.samples) such runs"),
      ReferenceLine(name: "lifo", title: "A*, newest of a tie first, \(mean)"),
      ReferenceLine(name: "smallerH", title: "A*, smaller h of a tie first, \(mean)"),
      ReferenceLine(
        name: "pathOnly", title: "the states of an optimal plan alone, created and closed: a lower bound",
        phrase: "the states of an optimal plan alone", isBound: true),
      ReferenceLine(name: "planOnly", title: "no trace"),
    ]
  }

  public func referenceLengths(
    of prompt: [Token], _ settings: ReferenceSettings, index: Int
  ) throws -> [Double] {
    let level = try language.level(from: prompt)
    guard let bare = barePathLength(level) else { throw SearchError.unsolvable }
    var problem = SokobanProblem(level)
    var search = AStar()
    func lengths(_ tieBreak: TieBreak, runs: Int) -> [Int] {
      (0..<runs).map { run in
        var random = CounterRandom(
          seed: settings.seed, stream: .reference, UInt64(index), UInt64(run))
        _ = search.run(&problem, tieBreak, using: &random)
        return language.traceLength(search, problem)
      }
    }
    func mean(_ values: some Collection<Int>) -> Double {
      Double(values.reduce(0, +)) / Double(values.count)
    }
    let coins = lengths(.coin, runs: max(settings.runs, settings.samples))
    return [
      mean(coins.prefix(settings.runs)), expectedMinimum(of: coins, draws: settings.samples),
      mean(lengths(.lifo, runs: settings.runs)), mean(lengths(.smallerH, runs: settings.runs)),
      Double(bare), 0,
    ]
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
