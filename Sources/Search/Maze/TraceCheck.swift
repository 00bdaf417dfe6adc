/// The state of a search as far as a trace shows it, and the rules that the next clause must keep.
///
/// *Sound*: the first clause creates the start with g 0. Every later create is of a free cell beside a cell
/// whose last close had a g one less, with the right h and a g below every g the cell was created with. Every
/// close is of an open cell with the g and h it was last created with. *Legal*: in addition no open cell had
/// a smaller f when a cell was closed, every child a closed cell could improve was created before the next
/// close, and nothing follows the goal's close.
struct TraceCheck {
  private struct Record {
    /// g of the last create, which is the smallest, and of the last close.
    var created = Int32.max
    var closed = Int32.max
    var isOpen = false
  }

  private let maze: Maze
  private var records: [Record]
  private var isStarted = false
  private var lastClosed: Int?
  private var isGoalClosed = false
  private(set) var firstIllegality: Fault?
  /// Open cells by their f, kept while no clause was illegal, and a lower bound of the smallest of them.
  private var openCounts: [Int32]
  private var smallest: Int

  init(_ maze: Maze) {
    self.maze = maze
    records = [Record](repeating: Record(), count: maze.grid.count)
    openCounts = [Int32](repeating: 0, count: maze.grid.count + maze.grid.width + maze.grid.height)
    smallest = openCounts.count
  }

  /// The cell was closed at some time.
  func isClosed(_ cell: Int) -> Bool { records[cell].closed != .max }

  /// Takes the next clause in, whose first token is `position` and whose costs start at `costs`; returns what
  /// makes it unsound.
  @inline(__always)
  mutating func accept(_ clause: MazeLanguage.Clause, at position: Int, costsAt costs: Int) -> Fault? {
    if isGoalClosed, firstIllegality == nil {
      firstIllegality = Fault(
        kind: .continuesAfterGoal, word: position, detail: "the goal is closed, yet the trace goes on")
    }
    return clause.isClose ? close(clause, position, costs) : create(clause, position, costs)
  }

  private mutating func create(_ clause: MazeLanguage.Clause, _ position: Int, _ costs: Int) -> Fault? {
    guard let cell = clause.cell else {
      return Fault(kind: .createsOutside, word: position, detail: "a cell outside the board is created")
    }
    let g = Int32(clause.g)
    if maze.isWall[cell] {
      return fault(.createsWall, position, "the wall at \(text(cell)) is created")
    }
    if !isStarted {
      if cell != maze.start { return fault(.startsElsewhere, position, "\(text(cell)) is not the start") }
      if g != 0 { return fault(.wrongCost, costs, "the start is created with g \(g), not 0") }
    } else if !isBesideClosed(cell, g - 1) {
      return fault(.wrongCost, costs, "no cell closed with g \(g - 1) is beside \(text(cell))")
    }
    let h = maze.grid.distance(cell, maze.goal)
    if clause.h != h {
      return fault(.wrongHeuristic, costs + 1, "h of \(text(cell)) is \(h), not \(clause.h)")
    }
    let record = records[cell]
    if g >= record.created {
      return fault(.noImprovement, costs, "\(text(cell)) was created with g \(record.created) before")
    }
    isStarted = true
    records[cell].created = g
    records[cell].isOpen = true
    if firstIllegality == nil {
      if record.isOpen { openCounts[Int(record.created) + h] -= 1 }
      openCounts[Int(g) + h] += 1
      smallest = min(smallest, Int(g) + h)
    }
    return nil
  }

  private mutating func close(_ clause: MazeLanguage.Clause, _ position: Int, _ costs: Int) -> Fault? {
    guard let cell = clause.cell, records[cell].isOpen else {
      let place = clause.cell.map(text) ?? "a cell outside the board"
      return fault(.closesUnopened, position, "\(place) is closed, but is not open")
    }
    let record = records[cell]
    if clause.g != record.created {
      return fault(.wrongCost, costs, "\(text(cell)) was created with g \(record.created), not \(clause.g)")
    }
    let h = maze.grid.distance(cell, maze.goal)
    if clause.h != h {
      return fault(.wrongHeuristic, costs + 1, "h of \(text(cell)) is \(h), not \(clause.h)")
    }
    if firstIllegality == nil { checkOrder(cell, f: clause.g + h, position) }
    records[cell].isOpen = false
    records[cell].closed = record.created
    lastClosed = cell
    if cell == maze.goal { isGoalClosed = true }
    return nil
  }

  /// The rules of A* at the close of `cell`.
  private mutating func checkOrder(_ cell: Int, f: Int, _ position: Int) {
    if let lastClosed {
      let g = records[lastClosed].closed + 1
      for side in 0..<4 {
        let child = maze.grid.neighbour(lastClosed, side)
        if child >= 0, !maze.isWall[child], records[child].created > g {
          let detail = "\(text(child)), beside the closed \(text(lastClosed)), was not created with g \(g)"
          firstIllegality = Fault(kind: .childNotCreated, word: position, detail: detail)
          return
        }
      }
    }
    while openCounts[smallest] == 0 { smallest += 1 }
    if smallest < f {
      let detail = "\(text(cell)) with f \(f) is closed while a cell with f \(smallest) is open"
      firstIllegality = Fault(kind: .smallerCostOpen, word: position, detail: detail)
      return
    }
    openCounts[f] -= 1
  }

  @inline(__always)
  private func isBesideClosed(_ cell: Int, _ g: Int32) -> Bool {
    for side in 0..<4 {
      let neighbour = maze.grid.neighbour(cell, side)
      if neighbour >= 0, records[neighbour].closed == g { return true }
    }
    return false
  }

  private func text(_ cell: Int) -> String { maze.grid.text(cell) }

  private func fault(_ kind: Fault.Kind, _ position: Int, _ detail: String) -> Fault {
    Fault(kind: kind, word: position, detail: detail)
  }
}
