/// The verdicts of the domain found another way: on words, looking back over the list of earlier clauses, and
/// with legality as a replay of A* that must find the trace's next clauses among its choices. It shares no
/// code with `MazeJudge`.
struct WordJudge {
  struct Verdict: Equatable {
    var isCorrect = false
    var isOptimal = false
    var isSound = false
    var isLegal = false
  }

  struct Clause: Equatable {
    let word: String
    let cell: Cell
    let g: Int
    let h: Int
  }

  let width: Int
  let height: Int
  /// Goals of a prompt behind the first, which do not matter.
  var decoyGoals = 0

  func verdict(_ response: [String], isTerminated: Bool, to prompt: [String]) -> Verdict {
    var verdict = Verdict()
    guard let maze = readMaze(prompt) else { return verdict }
    let begin = response.firstIndex { $0 == "plan" || $0.hasPrefix("plan@") } ?? response.count
    let plan = readPlan(response[begin...])
    if plan.isWhole, isTerminated, solves(plan.cells, maze) {
      verdict.isCorrect = true
      verdict.isOptimal = maze.distances[maze.goal] == plan.cells.count - 1
    }
    if let trace = readTrace(response[..<begin]), isSound(trace, plan.cells, maze) {
      verdict.isSound = true
      verdict.isLegal = isRun(trace, maze)
    }
    return verdict
  }

  // MARK: Reading

  /// `word`, `x`, `y` at the front of `words`, or `word@x,y`; removes them.
  private func place(_ words: inout ArraySlice<String>) -> (word: String, cell: Cell)? {
    guard let first = words.popFirst() else { return nil }
    if first.utf8.contains(UInt8(ascii: "@")) {
      let parts = first.split(separator: "@")
      let numbers = parts[1].split(separator: ",").compactMap { Int($0) }
      return numbers.count == 2 ? (String(parts[0]), Cell(x: numbers[0], y: numbers[1])) : nil
    }
    guard let x = words.popFirst().flatMap({ Int($0) }) else { return nil }
    guard let y = words.popFirst().flatMap({ Int($0) }) else { return nil }
    return (first, Cell(x: x, y: y))
  }

  private func cost(_ words: inout ArraySlice<String>) -> Int? {
    guard let word = words.popFirst(), word.hasPrefix("c") else { return nil }
    return Int(word.dropFirst())
  }

  private func readMaze(_ prompt: [String]) -> OpenMaze? {
    var rest = prompt[...]
    var places: [String: [Cell]] = [:]
    while !rest.isEmpty {
      guard let (word, cell) = place(&rest), ["start", "goal", "wall"].contains(word) else { return nil }
      guard (0..<width).contains(cell.x), (0..<height).contains(cell.y) else { return nil }
      places[word, default: []].append(cell)
    }
    guard let starts = places["start"], let goals = places["goal"], starts.count == 1,
      goals.count == 1 + decoyGoals
    else { return nil }
    let walls = places["wall"] ?? []
    guard Set(walls).count == walls.count, !walls.contains(starts[0]), !walls.contains(goals[0]) else {
      return nil
    }
    return OpenMaze(width: width, height: height, walls: Set(walls), start: starts[0], goal: goals[0])
  }

  /// The cells up to the first words that are no step, and whether there are none of those.
  private func readPlan(_ words: ArraySlice<String>) -> (cells: [Cell], isWhole: Bool) {
    var rest = words
    var cells: [Cell] = []
    while !rest.isEmpty {
      guard let (word, cell) = place(&rest), word == "plan" else { return (cells, false) }
      cells.append(cell)
    }
    return (cells, true)
  }

  private func readTrace(_ words: ArraySlice<String>) -> [Clause]? {
    var rest = words
    var trace: [Clause] = []
    while !rest.isEmpty {
      guard let (word, cell) = place(&rest), word == "create" || word == "close" else { return nil }
      guard let g = cost(&rest), let h = cost(&rest) else { return nil }
      trace.append(Clause(word: word, cell: cell, g: g, h: h))
    }
    return trace
  }

  // MARK: Judging

  private func solves(_ plan: [Cell], _ maze: OpenMaze) -> Bool {
    plan.first == maze.start && plan.last == maze.goal && plan.allSatisfy(maze.isFree)
      && zip(plan, plan.dropFirst()).allSatisfy { $0.neighbours.contains($1) }
  }

  private func isSound(_ trace: [Clause], _ plan: [Cell], _ maze: OpenMaze) -> Bool {
    guard let first = trace.first, first.word == "create", first.cell == maze.start, first.g == 0 else {
      return false
    }
    for (index, clause) in trace.enumerated() {
      let earlier = trace[..<index]
      if !maze.isFree(clause.cell) || clause.h != clause.cell.distance(to: maze.goal) { return false }
      if clause.word == "close" {
        let lastWord = earlier.last { $0.cell == clause.cell }
        if lastWord != Clause(word: "create", cell: clause.cell, g: clause.g, h: clause.h) { return false }
      } else if index > 0 {
        let parents = clause.cell.neighbours.compactMap { neighbour in
          earlier.last { $0.word == "close" && $0.cell == neighbour }
        }
        if !parents.contains(where: { $0.g + 1 == clause.g }) { return false }
        if earlier.contains(where: { $0.word == "create" && $0.cell == clause.cell && $0.g <= clause.g }) {
          return false
        }
      }
    }
    let closed = Set(trace.filter { $0.word == "close" }.map(\.cell))
    return closed.contains(maze.goal) && closed.isSuperset(of: plan)
  }

  private func isRun(_ trace: [Clause], _ maze: OpenMaze) -> Bool {
    var open: [Cell: Int] = [maze.start: 0]
    var closed: [Cell: Int] = [:]
    var rest = trace.dropFirst()
    while let clause = rest.popFirst() {
      func f(_ cell: Cell, _ g: Int) -> Int { g + cell.distance(to: maze.goal) }
      guard clause.word == "close", let g = open.removeValue(forKey: clause.cell) else { return false }
      if open.contains(where: { f($0.key, $0.value) < f(clause.cell, g) }) { return false }
      closed[clause.cell] = g
      if clause.cell == maze.goal { return rest.isEmpty }
      let children = clause.cell.neighbours.filter { child in
        maze.isFree(child) && (open[child] ?? .max) > g + 1 && (closed[child] ?? .max) > g + 1
      }
      let creates = rest.prefix(children.count)
      if Set(creates.map(\.cell)) != Set(children) || creates.contains(where: { $0.word != "create" }) {
        return false
      }
      for child in children { open[child] = g + 1 }
      rest = rest.dropFirst(children.count)
    }
    return false
  }
}
