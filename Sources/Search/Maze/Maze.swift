/// A board with walls, a start and a goal; a move goes to a free neighbour of four and costs 1.
struct Maze: Sendable, Equatable {
  let grid: Grid
  let isWall: [Bool]
  let start: Int
  let goal: Int

  /// Moves of a shortest way, found breadth first; nil where there is none.
  var optimalCost: Int? {
    if start == goal { return 0 }
    var distances = [Int32](repeating: -1, count: grid.count)
    var queue: [Int32] = []
    queue.reserveCapacity(grid.count)
    queue.append(Int32(start))
    distances[start] = 0
    var head = 0
    while head < queue.count {
      let cell = Int(queue[head])
      head += 1
      for side in 0..<4 {
        let next = grid.neighbour(cell, side)
        guard next >= 0, !isWall[next], distances[next] < 0 else { continue }
        if next == goal { return Int(distances[cell]) + 1 }
        distances[next] = distances[cell] + 1
        queue.append(Int32(next))
      }
    }
    return nil
  }
}

/// A maze as A* sees it: states are cells, the heuristic is the distance on an empty board.
struct MazeProblem: SearchProblem {
  let maze: Maze

  var start: Int { maze.start }
  var stateCount: Int { maze.grid.count }

  func isGoal(_ state: Int) -> Bool { state == maze.goal }

  func appendSuccessors(of state: Int, to successors: inout [Successor]) {
    for side in 0..<4 {
      let next = maze.grid.neighbour(state, side)
      if next >= 0, !maze.isWall[next] { successors.append(Successor(state: Int32(next), cost: 1)) }
    }
  }

  func heuristic(of state: Int) -> Int? { maze.grid.distance(state, maze.goal) }

  func rank(of state: Int) -> UInt64 { UInt64(state) }
}
