/// Mazes in plain text, y upwards as in the paper: `#` wall, `.` free, `S` start, `G` goal, `o` open, `x`
/// closed, `*` plan. The start and the goal keep their letters.
///
///     2 S # .
///     1 x o .
///     0 x G #
///       0 1 2
struct MazePicture {
  private let maze: Maze
  private var marks: [Character]

  init(_ maze: Maze) {
    self.maze = maze
    marks = maze.isWall.map { $0 ? "#" : "." }
    marks[maze.start] = "S"
    marks[maze.goal] = "G"
  }

  mutating func mark(_ cell: Int, _ mark: Character) {
    if cell != maze.start, cell != maze.goal, !maze.isWall[cell] { marks[cell] = mark }
  }

  /// The board with its coordinates; two-digit columns show their tens in a line of their own.
  var text: String {
    let grid = maze.grid
    let margin = String(grid.height - 1).count
    func label(_ number: String) -> String {
      String(repeating: " ", count: margin - number.count) + number
    }
    var lines = (0..<grid.height).reversed().map { y in
      label("\(y)") + (0..<grid.width).map { " \(marks[y * grid.width + $0])" }.joined()
    }
    if grid.width > 10 {
      lines.append(label("") + (0..<grid.width).map { $0 < 10 ? "  " : " \($0 / 10)" }.joined())
    }
    lines.append(label("") + (0..<grid.width).map { " \($0 % 10)" }.joined())
    return lines.joined(separator: "\n")
  }
}
