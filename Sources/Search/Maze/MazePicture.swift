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

  /// The maze of a prompt, or what is wrong with the prompt.
  static func drawing(of prompt: [Token], _ language: MazeLanguage) -> String {
    do throws(SearchError) { return MazePicture(try language.maze(from: prompt)).text } catch {
      return "prompt, \(error)"
    }
  }

  /// The maze, a picture a clause, and the plan; under each what was written and the first fault in it. An
  /// unreadable clause ends the replay of the trace.
  static func frames(of response: [Token], to prompt: [Token], _ judge: MazeJudge) -> [String] {
    let language = judge.language
    let maze: Maze
    do throws(SearchError) { maze = try language.maze(from: prompt) } catch { return ["prompt, \(error)"] }
    let verdict = judge.judge(response, isTerminated: true, to: prompt)
    let end = verdict.traceLength
    var picture = MazePicture(maze)
    var frames = [picture.text]
    var index = 0
    while index < end {
      let first = index
      let clause = language.clause(in: response, &index, before: end)
      if let clause, let cell = clause.cell { picture.mark(cell, clause.isClose ? "x" : "o") }
      if clause == nil { index = end }
      var caption = language.vocabulary.text(of: response[first..<index])
      if let fault = verdict.trace.fault, (first..<index).contains(fault.position) {
        caption += "\n\(fault)"
      }
      frames.append(picture.text + "\n" + caption)
    }
    frames.append(planFrame(response, from: end, picture, verdict, language))
    return frames
  }

  private static func planFrame(
    _ response: [Token], from end: Int, _ board: MazePicture, _ verdict: Judgement, _ language: MazeLanguage
  ) -> String {
    var picture = board
    var index = end
    while let placed = language.place(in: response, &index, before: response.count) {
      if placed.word == .plan, let cell = placed.cell { picture.mark(cell, "*") }
    }
    let captions = [
      end < response.count ? language.vocabulary.text(of: response[end...]) : nil,
      verdict.trace.fault.flatMap { $0.position >= end ? "trace: \($0)" : nil },
      verdict.answer.fault.map { "answer: \($0)" },
    ]
    return ([picture.text] + captions.compactMap(\.self)).joined(separator: "\n")
  }
}
