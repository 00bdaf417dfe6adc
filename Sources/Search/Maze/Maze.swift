/// A board with walls, a start and a goal; a move goes to a free neighbour of four and costs 1.
struct Maze: Sendable, Equatable {
  let grid: Grid
  let isWall: [Bool]
  let start: Int
  let goal: Int
  /// Cells that the prompt calls `goal` too, in ascending order; nothing follows from them.
  var decoys: [Int] = []

  /// Moves of a shortest way; nil if there is none.
  var optimalCost: Int? {
    let distances = distances(until: Int32(goal))
    return distances[goal] < 0 ? nil : Int(distances[goal])
  }

  /// Free cells to which no way leads from the start, in ascending order.
  var unreachable: [Int] {
    let distances = distances(until: -1)
    return isWall.indices.filter { !isWall[$0] && distances[$0] < 0 }
  }

  /// Moves from the start, found breadth first; -1: not reached. Ends when `last` is found, or never if that
  /// is -1.
  private func distances(until last: Int32) -> [Int32] {
    var distances = [Int32](repeating: -1, count: grid.count)
    var queue: [Int32] = []
    queue.reserveCapacity(grid.count)
    queue.append(Int32(start))
    distances[start] = 0
    var head = 0
    while head < queue.count, last < 0 || distances[Int(last)] < 0 {
      let cell = Int(queue[head])
      head += 1
      for side in 0..<4 {
        let next = grid.neighbour(cell, side)
        guard next >= 0, !isWall[next], distances[next] < 0 else { continue }
        distances[next] = distances[cell] + 1
        queue.append(Int32(next))
      }
    }
    return distances
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
