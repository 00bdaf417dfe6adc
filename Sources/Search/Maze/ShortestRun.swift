/// The fewest clauses that a run of A* on a maze can have, whatever it does with ties: no legal trace is
/// shorter, and one is as short.
///
/// Let f* of a cell be its true distance from the start plus h, and C* the optimal cost. h never falls by
/// more than a step costs, so f* never falls along a shortest way. Hence
///
/// - every cell with f* < C* is closed by any run (`forced`), and a run that closes ties of f by smaller g
///   never creates one of their neighbours twice: if it closed A before B, both beside n, with g(B) < g(A),
///   then g(A) = g(B) + 2 and B, n, A lie on a shortest way, so (f*, g) of B and of what leads to it come
///   before A's;
/// - a run may then close the cells of any one shortest way from the first with f* = C* on, and no others;
///   none of their neighbours was created with a larger g, for the same reason.
///
/// So the least number is what the forced cells and the best such way close and create. The way goes nearer
/// to the goal with every step; two of its cells share neighbours only if they are two steps apart, so a
/// pass over (cell, the cell before) finds the best one.
struct ShortestRun {
  private let maze: Maze
  /// Moves from the start; -1: not reached.
  private var distances: [Int]
  private let optimalCost: Int
  /// Cells that any run creates on the way to f = C*.
  private var isCreated: [Bool]

  /// nil: the goal cannot be reached.
  init?(_ maze: Maze) {
    self.maze = maze
    distances = [Int](repeating: -1, count: maze.grid.count)
    isCreated = [Bool](repeating: false, count: maze.grid.count)
    var queue = [maze.start]
    distances[maze.start] = 0
    var head = 0
    while head < queue.count {
      let cell = queue[head]
      head += 1
      for side in 0..<4 {
        let next = maze.grid.neighbour(cell, side)
        guard next >= 0, !maze.isWall[next], distances[next] < 0 else { continue }
        distances[next] = distances[cell] + 1
        queue.append(next)
      }
    }
    guard distances[maze.goal] >= 0 else { return nil }
    optimalCost = distances[maze.goal]
  }

  /// Creates and closes together.
  mutating func clauses() -> Int {
    isCreated[maze.start] = true
    var forced = 0
    let cells = maze.grid.count
    for cell in 0..<cells where isForced(cell) {
      forced += 1
      forEachFreeNeighbour(of: cell) { isCreated[$0] = true }
    }
    let created = isCreated.count { $0 }
    return forced + created + wayClauses()
  }

  /// Creates and closes of the best way from the first cell with f* = C* to the goal.
  private func wayClauses() -> Int {
    /// A way that ends at `cell`, having come from `previous` (-1: from a forced cell, or the start).
    struct End {
      let cell: Int
      let previous: Int
      let clauses: Int
    }
    var ends = (0..<maze.grid.count).filter(isEntry).map { cell in
      End(cell: cell, previous: -1, clauses: 1 + newlyCreated(by: cell, after: -1))
    }
    var best = Int.max
    while !ends.isEmpty {
      var next: [End] = []
      for end in ends {
        if end.cell == maze.goal {
          best = min(best, end.clauses)
          continue
        }
        forEachFreeNeighbour(of: end.cell) { cell in
          guard isOnShortestWay(from: end.cell, to: cell) else { return }
          let clauses = end.clauses + 1 + newlyCreated(by: cell, after: end.previous)
          next.append(End(cell: cell, previous: end.cell, clauses: clauses))
        }
      }
      // Ways that meet with the same cell before have the same future: the best of them is enough.
      next.sort { ($0.cell, $0.previous, $0.clauses) < ($1.cell, $1.previous, $1.clauses) }
      ends = next.enumerated().filter { index, end in
        index == 0 || (next[index - 1].cell, next[index - 1].previous) != (end.cell, end.previous)
      }.map(\.element)
    }
    return best
  }

  /// Cells beside `cell` that closing it creates, two steps after closing `earlier`.
  private func newlyCreated(by cell: Int, after earlier: Int) -> Int {
    guard cell != maze.goal else { return 0 }
    var count = 0
    forEachFreeNeighbour(of: cell) { next in
      if !isCreated[next], earlier < 0 || maze.grid.distance(next, earlier) != 1 { count += 1 }
    }
    return count
  }

  private func estimate(_ cell: Int) -> Int { distances[cell] + maze.grid.distance(cell, maze.goal) }

  private func isForced(_ cell: Int) -> Bool { distances[cell] >= 0 && estimate(cell) < optimalCost }

  /// Whether a way may have its first cell with f* = C* here.
  private func isEntry(_ cell: Int) -> Bool {
    guard distances[cell] >= 0, estimate(cell) == optimalCost else { return false }
    var isReached = cell == maze.start
    forEachFreeNeighbour(of: cell) { before in
      if isForced(before), distances[before] + 1 == distances[cell] { isReached = true }
    }
    return isReached
  }

  private func isOnShortestWay(from cell: Int, to next: Int) -> Bool {
    distances[next] == distances[cell] + 1 && estimate(next) == optimalCost
  }

  private func forEachFreeNeighbour(of cell: Int, _ body: (Int) -> Void) {
    for side in 0..<4 {
      let next = maze.grid.neighbour(cell, side)
      if next >= 0, !maze.isWall[next] { body(next) }
    }
  }
}
