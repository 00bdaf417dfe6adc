import Determinism
import Testing
import Words

@testable import Search

struct AStarTests {
  @Test(arguments: ["figure1", "trace_maze_walls", "trace_maze_short", "trace_maze"])
  func theGoldensOfTheReferenceAreReproduced(name: String) throws {
    let golden = try Golden.load(name)
    let domain = try golden.domain()
    let prompt = try domain.words.tokens(of: golden.prompt)
    var random = CounterRandom(key: 1)
    let solution = try domain.solve(prompt, using: &random)
    let answer = try #require(solution.answer)
    #expect(domain.words.text(of: solution.trace) == golden.trace)
    #expect(domain.words.text(of: answer) == golden.plan)
    if let tokens = golden.promptTokens { #expect([0] + prompt + [1] == tokens) }
    if let tokens = golden.responseTokens {
      #expect([0] + solution.trace + answer + [1] == tokens)
      #expect(tokens.firstIndex(of: 17) == 46)
    }
  }

  @Test func aWallThatSealsTheGoalLeavesNoSolution() throws {
    let golden = try Golden.load("sealed")
    let domain = try golden.domain()
    let prompt = try domain.words.tokens(of: golden.prompt)
    var random = CounterRandom(key: 1)
    #expect(try domain.solve(prompt, using: &random).answer == nil)
    #expect(throws: SearchError.unsolvable) {
      try domain.referenceLengths(of: prompt, ReferenceSettings(seed: 1, runs: 1, samples: 1), index: 0)
    }
  }

  /// Word for word what CPython's heapq does with the same coins (`Goldens/coin.py`), nodes improved while
  /// open included.
  @Test func coinTracesAreThoseOfThePythonHeap() throws {
    let goldens = try Golden.load("coin", as: [Golden].self)
    #expect(goldens.count == 10)
    for golden in goldens {
      let domain = try golden.domain()
      var random = CounterRandom(key: try #require(golden.key))
      let prompt = try domain.words.tokens(of: golden.prompt)
      let solution = try domain.solve(prompt, using: &random)
      #expect(domain.words.text(of: solution.trace) == golden.trace, "\(golden)")
      #expect(domain.words.text(of: try #require(solution.answer)) == golden.plan, "\(golden)")
    }
  }

  @Test func theSokobanGoldenIsReproduced() throws {
    let golden = try Golden.load("trace_sokoban")
    var problem = SokobanFixture(try #require(golden.level))
    var search = AStar()
    var random = CounterRandom(key: 1)
    #expect(search.run(&problem, .coin, using: &random))
    let trace = search.steps.map { step in
      let node = search.nodes[step.node]
      return "\(step.isClose ? "close" : "create") \(problem.text(Int(node.state))) c\(node.g) c\(node.h)"
    }
    #expect(trace.joined(separator: " ") == golden.trace)
    let plan = search.plan.map { "plan \(problem.states[$0].worker.x) \(problem.states[$0].worker.y)" }
    #expect(plan.joined(separator: " ") == golden.plan)
  }

  @Test(arguments: TieBreak.allCases)
  func theCostIsThatOfABreadthFirstSearch(order: TieBreak) {
    var random = CounterRandom(seed: 11, stream: .search)
    var search = AStar()
    var solved = 0
    for (width, height) in [(3, 3), (4, 4), (3, 7), (6, 5), (8, 8), (10, 10), (21, 13)] {
      let settings = MazeSettings(width: width, height: height)
      let grid = Grid(width: width, height: height)
      for number in 0..<(width > 8 ? 60 : 150) {
        let layout = MazeLayout(settings, grid: grid, seed: 11, number: number)
        let (start, goal) = layout.endpoints(seed: 11, number: number, draw: 0)
        let maze = Maze(grid: grid, isWall: layout.isWall, start: start, goal: goal)
        let expected = OpenMaze(maze).distances[Cell(x: grid.x(goal), y: grid.y(goal))]
        var problem = MazeProblem(maze: maze)
        #expect(search.run(&problem, order, using: &random) == (expected != nil))
        #expect(search.cost == expected)
        #expect(maze.optimalCost == expected)
        #expect(search.plan.count == expected.map { $0 + 1 } ?? 0)
        solved += expected == nil ? 0 : 1
      }
    }
    #expect(solved > 500)
  }

  @Test(arguments: TieBreak.allCases)
  func composedStatesAndAnInconsistentHeuristicStillGiveTheOptimum(order: TieBreak) throws {
    let levels = [
      ["#######", "#  .  #", "# $ # #", "# @$ .#", "#     #", "#######"],
      ["#######", "#.    #", "# $#  #", "#  $  #", "# @  .#", "#     #", "#######"],
      ["######", "#.  .#", "# $$ #", "# @  #", "######"],
    ]
    var random = CounterRandom(seed: 2, stream: .search)
    var search = AStar()
    for level in levels {
      var problem = SokobanFixture(level)
      let expected = try #require(problem.optimalCost())
      #expect(search.run(&problem, order, using: &random))
      #expect(search.cost == expected)
    }
    var dead = SokobanFixture(["#####", "#$@.#", "#####"])
    #expect(!search.run(&dead, order, using: &random))
    #expect(search.plan.isEmpty)
  }

  /// S-a-c-G costs 1+1+5; b offers c a cheaper way after c was closed.
  @Test func aBetterWayOpensAClosedStateAgain() {
    var graph = GraphFixture(
      edges: [0: [(1, 1), (2, 3)], 1: [(3, 5)], 2: [(3, 1)], 3: [(4, 5)]], estimates: [0, 0, 5, 0, 0], goal: 4
    )
    var search = AStar()
    var random = CounterRandom(key: 3)
    #expect(search.run(&graph, .deterministic, using: &random))
    let log = search.steps.map { step in
      let node = search.nodes[step.node]
      return "\(step.isClose ? "close" : "create") \(node.state) \(node.g)"
    }
    #expect(
      log == [
        "create 0 0", "close 0 0", "create 1 1", "create 2 3", "close 1 1", "create 3 6", "close 3 6",
        "create 4 11", "close 2 3", "create 3 4", "close 3 4", "create 4 9", "close 4 9",
      ])
    #expect(search.plan == [0, 2, 3, 4])
    #expect(search.cost == 9)
  }

  @Test func aSearchForgetsTheOneBefore() throws {
    let domain = try MazeDomain(MazeSettings(width: 10, height: 10))
    let prompts = domain.exercises(seed: 4, count: 20).map(\.prompt)
    var reused = AStar()
    for prompt in prompts + prompts.reversed() {
      var problem = MazeProblem(maze: try domain.language.maze(from: prompt))
      var (one, two) = (CounterRandom(key: 7), CounterRandom(key: 7))
      var fresh = AStar()
      _ = fresh.run(&problem, .coin, using: &one)
      _ = reused.run(&problem, .coin, using: &two)
      #expect(domain.language.trace(fresh) == domain.language.trace(reused))
    }
  }
}

/// A graph by its edges (state, cost).
struct GraphFixture: SearchProblem {
  let edges: [Int: [(Int, Int)]]
  let estimates: [Int]
  let goal: Int

  var start: Int { 0 }
  var stateCount: Int { estimates.count }

  func isGoal(_ state: Int) -> Bool { state == goal }

  mutating func appendSuccessors(of state: Int, to successors: inout [Successor]) {
    for (next, cost) in edges[state] ?? [] {
      successors.append(Successor(state: Int32(next), cost: Int32(cost)))
    }
  }

  func heuristic(of state: Int) -> Int? { estimates[state] }

  func rank(of state: Int) -> UInt64 { UInt64(state) }
}
