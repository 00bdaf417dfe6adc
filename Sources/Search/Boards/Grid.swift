/// The cells of a width x height board, numbered row by row: cell = y * width + x.
struct Grid: Sendable, Equatable {
  let width: Int
  let height: Int
  /// Four entries a cell in the reference's order: y+1, y-1, x-1, x+1. -1: outside.
  private let neighbours: [Int32]
  private let columns: [Int32]
  private let rows: [Int32]

  init(width: Int, height: Int) {
    self.width = width
    self.height = height
    let cells = 0..<width * height
    columns = cells.map { Int32($0 % width) }
    rows = cells.map { Int32($0 / width) }
    neighbours = cells.flatMap { cell -> [Int32] in
      let (x, y) = (cell % width, cell / width)
      return [(x, y + 1), (x, y - 1), (x - 1, y), (x + 1, y)].map { x, y in
        (0..<width).contains(x) && (0..<height).contains(y) ? Int32(y * width + x) : -1
      }
    }
  }

  var count: Int { columns.count }

  func x(_ cell: Int) -> Int { Int(columns[cell]) }

  func y(_ cell: Int) -> Int { Int(rows[cell]) }

  /// The cell at a place; nil outside the board.
  func cell(x: Int, y: Int) -> Int? {
    x >= 0 && x < width && y >= 0 && y < height ? y * width + x : nil
  }

  /// The neighbour of `cell` on `side`, 0 to 3; negative: none.
  @inline(__always)
  func neighbour(_ cell: Int, _ side: Int) -> Int { Int(neighbours[4 * cell + side]) }

  /// Moves between two cells of an empty board.
  @inline(__always)
  func distance(_ one: Int, _ other: Int) -> Int {
    Int(abs(columns[one] - columns[other]) + abs(rows[one] - rows[other]))
  }

  /// `x y` of a cell, for messages.
  func text(_ cell: Int) -> String { "\(x(cell)) \(y(cell))" }
}
