import Words

extension MazeLanguage {
  /// The tokens of a prompt from outside, walls in ascending cell order. Throws as `maze(from:)` does, and
  /// `SearchError.unknownWord`; a cell outside the board is named as such, whatever words spell it.
  func prompt(of text: String) throws(SearchError) -> [Token] {
    do throws(SearchError) {
      return prompt(try maze(from: try vocabulary.read(text)))
    } catch .unknownWord(let word, let position, let nearest) {
      if let outside = placeOutside(Vocabulary.pieces(of: text), around: position) { throw outside }
      throw .unknownWord(word: word, position: position, nearest: nearest)
    }
  }

  /// The refusal of the place that the word at `position` belongs to; nil: it is part of none outside.
  private func placeOutside(_ pieces: [String], around position: Int) -> SearchError? {
    let names = Word.allCases.map { "\($0)" }
    let first: Int
    let parts: [String]
    switch grammar {
    case .searchformer:
      guard let name = pieces[..<position].suffix(2).lastIndex(where: names.contains) else { return nil }
      first = name
      parts = Array(pieces[name...].prefix(3))
    case .cell:
      first = position
      parts = pieces[position].split { $0 == "@" || $0 == "," }.map { String($0) }
    }
    guard parts.count == 3, names.contains(parts[0]), let x = Int(parts[1]), let y = Int(parts[2]),
      grid.cell(x: x, y: y) == nil
    else { return nil }
    return outside(grammar == .cell ? pieces[first] : parts.joined(separator: " "), at: first)
  }

  private func outside(_ place: String, at position: Int) -> SearchError {
    .badPrompt(
      position: position,
      reason: "\"\(place)\" is outside the \(grid.width)x\(grid.height) board; x goes from 0 to "
        + "\(grid.width - 1), y from 0 to \(grid.height - 1): name another cell or choose a larger board")
  }

  /// Reads a prompt: `start` once, the goal and at most `decoyGoals` more that do not count, any number of
  /// walls, in any order; the first `goal` is the goal.
  ///
  /// Throws `SearchError.badPrompt` at the first token that does not fit: words without their place, cells
  /// outside the board, a wall twice or on the start or goal, a missing start or goal.
  func maze(from prompt: [Token]) throws(SearchError) -> Maze {
    var isWall = [Bool](repeating: false, count: grid.count)
    var start: Int?
    var goal: Int?
    var decoys: [Int] = []
    var index = 0
    while index < prompt.count {
      let first = index
      guard let placed = place(in: prompt, &index, before: prompt.count) else {
        throw unreadable(prompt, at: index, first: first)
      }
      guard let cell = placed.cell else {
        throw outside(vocabulary.text(of: prompt[first..<index]), at: first)
      }
      func refuse(_ reason: String) -> SearchError { .badPrompt(position: first, reason: reason) }
      switch placed.word {
      case .start:
        if start != nil { throw refuse("a second start") }
        if isWall[cell] { throw refuse("the start \(grid.text(cell)) is a wall") }
        start = cell
      case .goal:
        guard decoys.count < decoyGoals || goal == nil else {
          throw refuse(decoyGoals == 0 ? "a second goal" : "more than \(decoyGoals) goals after the first")
        }
        if isWall[cell] { throw refuse("the goal \(grid.text(cell)) is a wall") }
        if goal == nil { goal = cell } else { decoys.append(cell) }
      case .wall:
        if isWall[cell] { throw refuse("a second wall at \(grid.text(cell))") }
        if cell == start { throw refuse("the start \(grid.text(cell)) is a wall") }
        if cell == goal || decoys.contains(cell) {
          throw refuse("the goal \(grid.text(cell)) is a wall")
        }
        isWall[cell] = true
      case .create, .close, .plan:
        throw refuse("\"\(placed.word)\" belongs to a response, not to a prompt")
      }
    }
    guard let start else { throw .badPrompt(position: prompt.count, reason: "no start") }
    guard let goal else { throw .badPrompt(position: prompt.count, reason: "no goal") }
    return Maze(grid: grid, isWall: isWall, start: start, goal: goal, decoys: decoys.sorted())
  }

  private func unreadable(_ prompt: [Token], at index: Int, first: Int) -> SearchError {
    let expected = index == first ? "\"start\", \"goal\" or \"wall\" with its place" : "a coordinate"
    let found = index < prompt.count ? "\"\(vocabulary.word(prompt[index]))\"" : "the end"
    return .badPrompt(position: index, reason: "\(expected) was expected, not \(found)")
  }
}
