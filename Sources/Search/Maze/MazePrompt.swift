extension MazeLanguage {
  /// Reads a prompt: `start` and `goal` once, any number of walls, in any order.
  ///
  /// Throws `SearchError.badPrompt` at the first token that does not fit: words without their place, cells
  /// outside the board, a wall twice or on the start or goal, a missing start or goal.
  func maze(from prompt: [Token]) throws(SearchError) -> Maze {
    var isWall = [Bool](repeating: false, count: grid.count)
    var start: Int?
    var goal: Int?
    var index = 0
    while index < prompt.count {
      let first = index
      guard let placed = place(in: prompt, &index, before: prompt.count) else {
        throw unreadable(prompt, at: index, first: first)
      }
      guard let cell = placed.cell else {
        let text = vocabulary.text(of: prompt[first..<index])
        throw .badPrompt(
          position: first, reason: "\"\(text)\" is outside the \(grid.width)x\(grid.height) board")
      }
      func refuse(_ reason: String) -> SearchError { .badPrompt(position: first, reason: reason) }
      switch placed.word {
      case .start:
        if start != nil { throw refuse("a second start") }
        if isWall[cell] { throw refuse("the start \(grid.text(cell)) is a wall") }
        start = cell
      case .goal:
        if goal != nil { throw refuse("a second goal") }
        if isWall[cell] { throw refuse("the goal \(grid.text(cell)) is a wall") }
        goal = cell
      case .wall:
        if isWall[cell] { throw refuse("a second wall at \(grid.text(cell))") }
        if cell == start { throw refuse("the start \(grid.text(cell)) is a wall") }
        if cell == goal { throw refuse("the goal \(grid.text(cell)) is a wall") }
        isWall[cell] = true
      case .create, .close, .plan:
        throw refuse("\"\(placed.word)\" belongs to a response, not to a prompt")
      }
    }
    guard let start else { throw .badPrompt(position: prompt.count, reason: "no start") }
    guard let goal else { throw .badPrompt(position: prompt.count, reason: "no goal") }
    return Maze(grid: grid, isWall: isWall, start: start, goal: goal)
  }

  private func unreadable(_ prompt: [Token], at index: Int, first: Int) -> SearchError {
    let expected = index == first ? "\"start\", \"goal\" or \"wall\" with its place" : "a coordinate"
    let found = index < prompt.count ? "\"\(vocabulary.word(prompt[index]))\"" : "the end"
    return .badPrompt(position: index, reason: "\(expected) was expected, not \(found)")
  }
}
