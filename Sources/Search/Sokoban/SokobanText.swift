/// Levels as text in the usual form (`.xsb`): `#` wall, `@` worker, `+` worker on a dock, `$` box, `*` box on
/// a dock, `.` dock, space floor; a row a line, from the top.
///
///     #####
///     #@$.#        try SokobanLevel(xsb: text).xsb == text
///     #####
extension SokobanLevel {
  /// Short rows end in floor, rows of white space around the level are left out. Throws
  /// `SearchError.badLevel` at the first character that does not fit, or where something is missing.
  init(xsb text: String) throws(SearchError) {
    var rows = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map(Array.init)
    var firstLine = 1
    func isBlank(_ row: [Character]) -> Bool { row.allSatisfy(\.isWhitespace) }
    while let last = rows.last, isBlank(last) { rows.removeLast() }
    while let first = rows.first, isBlank(first) {
      rows.removeFirst()
      firstLine += 1
    }
    let (width, height) = (rows.map(\.count).max() ?? 0, rows.count)
    guard (3...10).contains(width), (3...10).contains(height) else {
      throw .badLevel(line: firstLine, column: 1, reason: "the level is \(width)x\(height), not 3x3 to 10x10")
    }
    let grid = Grid(width: width, height: height)
    var isWall = [Bool](repeating: false, count: grid.count)
    var (workers, boxes, docks): ([Int], [Int], [Int]) = ([], [], [])
    for (y, row) in rows.enumerated() {
      for (x, character) in row.enumerated() {
        let cell = y * width + x
        switch character {
        case "#": isWall[cell] = true
        case "@", "+": workers.append(cell)
        case "$", "*": boxes.append(cell)
        case ".", " ": break
        default:
          let reason = "\"\(character)\" is none of # @ + $ * . and space"
          throw .badLevel(line: firstLine + y, column: x + 1, reason: reason)
        }
        if "+*.".contains(character) { docks.append(cell) }
        if workers.count > 1 {
          throw .badLevel(line: firstLine + y, column: x + 1, reason: "a second worker")
        }
      }
    }
    let reason: String? =
      if workers.isEmpty { "no worker" } else { Self.wrongNumber(boxes: boxes.count, docks: docks.count) }
    if let reason { throw .badLevel(line: firstLine, column: 1, reason: reason) }
    self.init(grid: grid, isWall: isWall, docks: docks, worker: workers[0], boxes: boxes)
  }

  /// What is wrong with these numbers of boxes and docks; nil: nothing.
  static func wrongNumber(boxes: Int, docks: Int) -> String? {
    if boxes == 0 { return "no box" }
    if max(boxes, docks) > mostBoxes {
      return "\(boxes) boxes and \(docks) docks, but at most \(mostBoxes) of each are possible"
    }
    func counted(_ number: Int, _ noun: String, _ nouns: String) -> String {
      number == 0 ? "no \(noun)" : number == 1 ? "1 \(noun)" : "\(number) \(nouns)"
    }
    return docks < boxes
      ? "\(counted(boxes, "box", "boxes")), but \(counted(docks, "dock", "docks"))" : nil
  }

  var xsb: String { text(of: start) }

  /// The level with its worker and boxes elsewhere, as `.xsb`.
  func text(of state: SokobanState) -> String {
    rows(marks(of: state, worker: worker(of: state)))
  }

  func rows(_ marks: [UInt8]) -> String {
    (0..<grid.height).map { y in
      String(decoding: marks[y * grid.width..<(y + 1) * grid.width], as: UTF8.self)
    }
    .joined(separator: "\n")
  }

  /// The character of each cell.
  func marks(of state: SokobanState, worker: Int?) -> [UInt8] {
    marks(worker: worker, boxes: boxes(of: state))
  }

  func marks(worker: Int?, boxes: [Int]) -> [UInt8] {
    var marks = isWall.indices.map { cell in
      UInt8(ascii: isWall[cell] ? "#" : isDock[cell] ? "." : " ")
    }
    for box in boxes { marks[box] = UInt8(ascii: isDock[box] ? "*" : "$") }
    if let worker { marks[worker] = UInt8(ascii: isDock[worker] ? "+" : "@") }
    return marks
  }
}
