import Determinism

extension Maze {
  /// The same task with something in its prompt that cannot matter: walls on cells to which no way leads from
  /// the start, where A* never comes, and further `goal` words on free cells. A pure function of the
  /// arguments.
  ///
  /// nil: the maze has too few such cells.
  func distracted(by settings: MazeSettings, seed: UInt64, index: Int) -> Maze? {
    var walls = unreachable
    guard walls.count >= settings.irrelevantWalls else { return nil }
    var random = CounterRandom(seed: seed, stream: .endpoints, UInt64(index), 1, 1)
    random.shuffle(&walls)
    var isWall = isWall
    for cell in walls.prefix(settings.irrelevantWalls) { isWall[cell] = true }
    var free = isWall.indices.filter { !isWall[$0] && $0 != start && $0 != goal }
    guard free.count >= settings.decoyGoals else { return nil }
    random.shuffle(&free)
    return Maze(
      grid: grid, isWall: isWall, start: start, goal: goal,
      decoys: free.prefix(settings.decoyGoals).sorted())
  }
}
