@testable import Search

/// Sokoban for the tests of A*: composite states numbered as they are met, and a heuristic that is not
/// consistent, so closed states open again.
struct SokobanFixture: SearchProblem {
  struct State: Hashable {
    var worker: Cell
    var boxes: Set<Cell>
  }

  private(set) var states: [State] = []
  private var numbers: [State: Int] = [:]
  private var walls: Set<Cell> = []
  private var docks: Set<Cell> = []

  /// Rows from the top: `#` wall, `@` worker, `$` box, `.` dock, `*` box on a dock, `+` worker on a dock.
  init(_ rows: [String]) {
    var first = State(worker: Cell(x: 0, y: 0), boxes: [])
    for (y, row) in rows.enumerated() {
      for (x, character) in row.enumerated() {
        let cell = Cell(x: x, y: y)
        if character == "#" { walls.insert(cell) }
        if "@+".contains(character) { first.worker = cell }
        if character == "$" || character == "*" { first.boxes.insert(cell) }
        if ".*+".contains(character) { docks.insert(cell) }
      }
    }
    _ = number(first)
  }

  var start: Int { 0 }
  var stateCount: Int { states.count }

  func isGoal(_ state: Int) -> Bool { states[state].boxes.isSubset(of: docks) }

  mutating func appendSuccessors(of state: Int, to successors: inout [Successor]) {
    for next in next(states[state]) { successors.append(Successor(state: Int32(number(next)), cost: 1)) }
  }

  func next(_ state: State) -> [State] {
    [(0, -1), (0, 1), (-1, 0), (1, 0)].compactMap { dx, dy in
      var next = state
      next.worker = Cell(x: state.worker.x + dx, y: state.worker.y + dy)
      if walls.contains(next.worker) { return nil }
      if next.boxes.remove(next.worker) != nil {
        let behind = Cell(x: next.worker.x + dx, y: next.worker.y + dy)
        if walls.contains(behind) || !next.boxes.insert(behind).inserted { return nil }
      }
      return next
    }
  }

  func heuristic(of state: Int) -> Int? {
    let boxes = states[state].boxes
    let (free, empty) = (boxes.subtracting(docks), docks.subtracting(boxes))
    if empty.isEmpty { return 0 }
    var sum = 0
    for box in free {
      let (row, column) = (
        [Cell(x: box.x - 1, y: box.y), Cell(x: box.x + 1, y: box.y)],
        [Cell(x: box.x, y: box.y - 1), Cell(x: box.x, y: box.y + 1)]
      )
      if !walls.isDisjoint(with: row), !walls.isDisjoint(with: column) { return nil }
      sum += empty.map { $0.distance(to: box) }.min() ?? 0
    }
    return sum
  }

  func rank(of state: Int) -> UInt64 { UInt64(state) }

  /// `worker X Y { box X Y }` of a state: boxes off the docks, sorted as the text `x-y`.
  func text(_ state: Int) -> String {
    let boxes = states[state].boxes.subtracting(docks).sorted { "\($0.x)-\($0.y)" < "\($1.x)-\($1.y)" }
    let worker = states[state].worker
    return "worker \(worker.x) \(worker.y)" + boxes.map { " box \($0.x) \($0.y)" }.joined()
  }

  /// Moves of a shortest solution, breadth first.
  func optimalCost() -> Int? {
    var (seen, ring, moves) = (Set(states.prefix(1)), Array(states.prefix(1)), 0)
    while !ring.isEmpty {
      if ring.contains(where: { $0.boxes.isSubset(of: docks) }) { return moves }
      ring = ring.flatMap(next).filter { seen.insert($0).inserted }
      moves += 1
    }
    return nil
  }

  /// The number of a state, which gets one if it has none.
  mutating func adding(_ state: State) -> Int { number(state) }

  private mutating func number(_ state: State) -> Int {
    if let number = numbers[state] { return number }
    numbers[state] = states.count
    states.append(state)
    return states.count - 1
  }
}
