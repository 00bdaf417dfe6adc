import Determinism
import Testing

@testable import Search

/// The lines that a model's traces are compared with.
struct ReferenceLineTests {
  /// Every run that A* can have, whatever it does with ties, and the fewest clauses among them. Written from
  /// the rules alone; a cell once closed is never opened again, as distances on a board are consistent.
  private struct EveryRun {
    let maze: Maze
    private var known: [State: Int] = [:]

    private struct State: Hashable {
      var open: [Int: Int]
      var closed: Set<Int>
    }

    init(_ maze: Maze) { self.maze = maze }

    mutating func fewestClauses() -> Int {
      1 + fewest(from: State(open: [maze.start: 0], closed: []))
    }

    private mutating func fewest(from state: State) -> Int {
      if let answer = known[state] { return answer }
      func f(_ cell: Int, _ g: Int) -> Int { g + maze.grid.distance(cell, maze.goal) }
      let least = state.open.map { f($0.key, $0.value) }.min() ?? 0
      var best = 1_000_000
      for (cell, g) in state.open where f(cell, g) == least {
        if cell == maze.goal {
          best = 1
          continue
        }
        var next = state
        next.open[cell] = nil
        next.closed.insert(cell)
        var clauses = 1
        for side in 0..<4 {
          let beside = maze.grid.neighbour(cell, side)
          guard beside >= 0, !maze.isWall[beside], !next.closed.contains(beside) else { continue }
          guard g + 1 < next.open[beside] ?? .max else { continue }
          next.open[beside] = g + 1
          clauses += 1
        }
        best = min(best, clauses + fewest(from: next))
      }
      known[state] = best
      return best
    }
  }

  private func randomMaze(_ width: Int, _ height: Int, walls: Int, _ random: inout CounterRandom) -> Maze? {
    let grid = Grid(width: width, height: height)
    var isWall = [Bool](repeating: false, count: grid.count)
    for _ in 0..<walls { isWall[random.uniform(below: grid.count)] = true }
    let free = (0..<grid.count).filter { !isWall[$0] }
    let (start, goal) = (free[random.uniform(below: free.count)], free[random.uniform(below: free.count)])
    let maze = Maze(grid: grid, isWall: isWall, start: start, goal: goal)
    return maze.optimalCost == nil ? nil : maze
  }

  @Test(arguments: [(3, 3, 2), (4, 4, 3), (4, 4, 6), (5, 3, 4), (5, 4, 7)])
  func noRunIsShorterAndOneIsAsShort(width: Int, height: Int, walls: Int) throws {
    var random = CounterRandom(seed: 1, stream: .layout, UInt64(width), UInt64(height), UInt64(walls))
    var seen = 0
    for number in 0..<150 {
      guard let maze = randomMaze(width, height, walls: walls, &random) else { continue }
      var every = EveryRun(maze)
      var shortest = try #require(ShortestRun(maze))
      #expect(shortest.clauses() == every.fewestClauses(), "maze \(number): \(maze)")
      seen += 1
    }
    #expect(seen > 50)
  }

  /// The bend hides behind a tie: A* may close the upper row first, but need not.
  @Test func aDetourIsForcedAndATieIsNot() throws {
    var corridor = try #require(ShortestRun(maze("S..G")))
    #expect(corridor.clauses() == 8)
    // Around the wall the way costs 6, so all that looks cheaper is closed first.
    var detour = try #require(ShortestRun(maze("S#G", "...")))
    #expect(detour.clauses() == 10)
    #expect(ShortestRun(maze("S#G")) == nil)
  }

  /// On the paper's mazes the shortest runs were measured to be 0.80 of the random ones by others' code.
  @Test func theShortestRunsAreAFifthShorterThanRandomOnes() throws {
    let domain = try MazeDomain(MazeSettings(width: 10, height: 10))
    let settings = ReferenceSettings(seed: 1, runs: 16, samples: 8)
    let names = domain.referenceLines(settings).map(\.name)
    #expect(
      names == [
        "reference", "bestOfReference", "lifo", "smallerH", "shortestLegal", "pathOnly", "planOnly",
      ])
    var sums = [Double](repeating: 0, count: names.count)
    for exercise in domain.exercises(seed: 2, count: 1500) {
      let lengths = try domain.referenceLengths(of: exercise.prompt, settings, index: exercise.index)
      for (index, length) in lengths.enumerated() { sums[index] += length }
      #expect(lengths[4] <= lengths[1] && lengths[4] <= lengths[2] && lengths[4] <= lengths[3])
      #expect(lengths[5] <= lengths[4] && Double(exercise.trace.count) >= lengths[4])
      #expect(lengths[5] == Double(10 * (exercise.optimalCost + 1)) && lengths[6] == 0)
    }
    let shares = sums.map { $0 / sums[0] }
    #expect(abs(shares[1] - 0.955) < 0.02)
    #expect(abs(shares[2] - 0.88) < 0.02)
    #expect(abs(shares[3] - 0.855) < 0.02)
    #expect(abs(shares[4] - 0.80) < 0.02)
  }

  @Test func theExpectedMinimumIsTheMeanOverAllDraws() {
    let values = [7, 3, 9, 3, 5]
    #expect(TieLines.expectedMinimum(of: values, draws: 1) == 5.4)
    #expect(TieLines.expectedMinimum(of: values, draws: 5) == 3)
    var sum = 0
    for first in 0..<5 { for second in 0..<first { sum += min(values[first], values[second]) } }
    #expect(abs(TieLines.expectedMinimum(of: values, draws: 2) - Double(sum) / 10) < 1e-12)
    #expect(TieLines.expectedMinimum(of: [4], draws: 1) == 4)
  }

  @Test func referenceLengthsAreAPureFunction() throws {
    let domain = try MazeDomain(MazeSettings(width: 10, height: 10, tieBreak: .deterministic))
    let exercise = try #require(domain.exercises(seed: 3, count: 1).first)
    func length(_ seed: UInt64, _ index: Int, _ runs: Int = 64) throws -> Double {
      let settings = ReferenceSettings(seed: seed, runs: runs, samples: 8)
      return try domain.referenceLengths(of: exercise.prompt, settings, index: index)[0]
    }
    #expect(try length(1, 5) == length(1, 5))
    #expect(try length(1, 5) != length(1, 6))
    #expect(try length(1, 5) != length(2, 5))
    let few = try (0..<8).map { try length(1, $0) }
    let many = try length(1, 9, 4096)
    for mean in few { #expect(abs(mean - many) < 0.15 * many) }
  }
}
