import Words

extension SokobanLanguage {
  /// The tokens of a prompt from outside, its cells in the order of lists; a text with a `#` is read as
  /// `.xsb`. Throws as `level(from:)` and `SokobanLevel(xsb:)` do, and `SearchError.unknownWord`; a cell
  /// outside the board is named as such.
  func prompt(of text: String) throws(SearchError) -> [Token] {
    if text.utf8.contains(UInt8(ascii: "#")) {
      let level = try SokobanLevel(xsb: text)
      guard level.grid == grid else {
        let found = "the level is \(level.grid.width)x\(level.grid.height)"
        throw .badLevel(line: 1, column: 1, reason: "\(found), the board \(grid.width)x\(grid.height)")
      }
      return prompt(level)
    }
    do throws(SearchError) {
      return prompt(try level(from: try vocabulary.read(text)))
    } catch .unknownWord(let word, let position, let nearest) {
      let pieces = Vocabulary.pieces(of: text)
      let names = Word.allCases.map { "\($0)" }
      if Int(word) != nil, let first = pieces[..<position].suffix(2).lastIndex(where: names.contains) {
        throw outside(pieces[first...].prefix(3).joined(separator: " "), at: first)
      }
      throw .unknownWord(word: word, position: position, nearest: nearest)
    }
  }

  private func outside(_ place: String, at position: Int) -> SearchError {
    .badPrompt(
      position: position,
      reason: "\"\(place)\" is outside the \(grid.width)x\(grid.height) board; x goes from 0 to "
        + "\(grid.width - 1), y from 0 to \(grid.height - 1)")
  }

  /// Reads a prompt: `worker` once, boxes, docks and walls in any order. A box and the worker may stand on
  /// docks. What is outside the board counts as wall.
  ///
  /// Throws `SearchError.badPrompt` at the first token that does not fit: words without their place, cells
  /// outside the board, a cell taken twice; at the end for what is missing.
  func level(from prompt: [Token]) throws(SearchError) -> SokobanLevel {
    /// What was named at each cell.
    var names = [[Word]](repeating: [], count: grid.count)
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
      guard [.worker, .box, .dock, .wall].contains(placed.word) else {
        throw refuse("\"\(placed.word)\" belongs to a response, not to a prompt")
      }
      if placed.word == .worker, names.contains(where: { $0.contains(.worker) }) {
        throw refuse("a second worker")
      }
      func clashes(_ other: Word) -> Bool {
        other == placed.word || [other, placed.word].contains(.wall) || ![other, placed.word].contains(.dock)
      }
      if let other = names[cell].first(where: clashes) {
        throw refuse("a \(placed.word) at \(grid.text(cell)), where a \(other) is")
      }
      names[cell].append(placed.word)
    }
    func cells(_ word: Word) -> [Int] { names.indices.filter { names[$0].contains(word) } }
    let (workers, boxes, docks) = (cells(.worker), cells(.box), cells(.dock))
    guard let worker = workers.first else { throw .badPrompt(position: prompt.count, reason: "no worker") }
    if let reason = SokobanLevel.wrongNumber(boxes: boxes.count, docks: docks.count) {
      throw .badPrompt(position: prompt.count, reason: reason)
    }
    return SokobanLevel(
      grid: grid, isWall: names.map { $0.contains(.wall) }, docks: docks, worker: worker, boxes: boxes)
  }

  private func unreadable(_ prompt: [Token], at index: Int, first: Int) -> SearchError {
    let expected =
      index == first ? "\"worker\", \"box\", \"dock\" or \"wall\" with its place" : "a coordinate"
    let found = index < prompt.count ? "\"\(vocabulary.word(prompt[index]))\"" : "the end"
    return .badPrompt(position: index, reason: "\(expected) was expected, not \(found)")
  }
}
