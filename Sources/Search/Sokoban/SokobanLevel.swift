/// Where the worker and the boxes of a level stand, in one word: seven bits for the worker's cell, then seven
/// for the cell of each box, in ascending order.
struct SokobanState: Hashable, Sendable {
  let code: UInt64
}

/// A Sokoban level. The worker moves to a neighbour of four and pushes a box that stands there, if the cell
/// behind it is free; every move costs 1. Solved when every box stands on a dock. y grows downwards.
struct SokobanLevel: Sendable, Equatable {
  /// As many as a state has room for; also the most docks.
  static let mostBoxes = 8
  /// Sides of `Grid.neighbour` in the reference's order: up, down, left, right. The opposite of a side is
  /// `side ^ 1`.
  static let sides = [1, 0, 2, 3]

  let grid: Grid
  let isWall: [Bool]
  let isDock: [Bool]
  /// In ascending order, as the boxes. At least as many docks as boxes.
  let docks: [Int]
  let worker: Int
  let boxes: [Int]
  /// Walls keep a box on such a cell from moving in either direction.
  private let isStuck: [Bool]

  /// Traps unless there are 1 to 8 boxes, at least as many docks, and at most 128 cells.
  init(grid: Grid, isWall: [Bool], docks: some Sequence<Int>, worker: Int, boxes: some Sequence<Int>) {
    self.grid = grid
    self.isWall = isWall
    self.docks = docks.sorted()
    self.worker = worker
    self.boxes = boxes.sorted()
    precondition((1...Self.mostBoxes).contains(self.boxes.count), "a level has 1 to 8 boxes")
    precondition(self.docks.count >= self.boxes.count, "a level has a dock for each box")
    precondition(grid.count <= 128, "a cell of a state has seven bits")
    var isDock = [Bool](repeating: false, count: grid.count)
    for dock in self.docks { isDock[dock] = true }
    self.isDock = isDock
    isStuck = (0..<grid.count).map { cell in
      func isClosed(_ side: Int) -> Bool {
        let next = grid.neighbour(cell, side)
        return next < 0 || isWall[next]
      }
      return (isClosed(0) || isClosed(1)) && (isClosed(2) || isClosed(3))
    }
  }

  var start: SokobanState { state(worker: worker, boxes: boxes) }

  /// `boxes` in ascending order, as many as the level has.
  func state(worker: Int, boxes: [Int]) -> SokobanState {
    SokobanState(code: boxes.reduce(UInt64(worker)) { $0 &<< 7 | UInt64($1) })
  }

  @inline(__always)
  func worker(of state: SokobanState) -> Int { Int(state.code &>> UInt64(7 * boxes.count)) }

  /// The cell of box `number`, 0 the largest.
  @inline(__always)
  private func box(_ number: Int, of state: SokobanState) -> Int {
    Int(state.code &>> UInt64(7 * number) & 127)
  }

  /// In ascending order.
  func boxes(of state: SokobanState) -> [Int] {
    (0..<boxes.count).reversed().map { box($0, of: state) }
  }

  /// Boxes off the docks.
  func freeBoxes(of state: SokobanState) -> Int {
    var count = 0
    for number in 0..<boxes.count where !isDock[box(number, of: state)] { count += 1 }
    return count
  }

  @inline(__always)
  func holdsBox(_ cell: Int, _ state: SokobanState) -> Bool {
    var rest = state.code
    var left = boxes.count
    while left > 0 {
      if Int(rest & 127) == cell { return true }
      rest &>>= 7
      left -= 1
    }
    return false
  }

  /// The state after a move to `side`; nil: a wall, or a box that cannot be pushed, is in the way.
  func moved(_ state: SokobanState, to side: Int) -> SokobanState? {
    let target = grid.neighbour(worker(of: state), side)
    guard target >= 0, !isWall[target] else { return nil }
    guard holdsBox(target, state) else {
      let places = UInt64(7 * boxes.count)
      let boxes = state.code & (1 &<< places &- 1)
      return SokobanState(code: UInt64(target) &<< places | boxes)
    }
    let behind = grid.neighbour(target, side)
    guard behind >= 0, !isWall[behind], !holdsBox(behind, state) else { return nil }
    return placing(box: target, at: behind, state, worker: target)
  }

  /// The states from which one move leads to `state`.
  func predecessors(of state: SokobanState) -> [SokobanState] {
    var found: [SokobanState] = []
    let worker = worker(of: state)
    for side in Self.sides {
      let before = grid.neighbour(worker, side ^ 1)
      guard before >= 0, !isWall[before], !holdsBox(before, state) else { continue }
      found.append(placing(box: -1, at: -1, state, worker: before))
      let ahead = grid.neighbour(worker, side)
      if ahead >= 0, holdsBox(ahead, state) {
        found.append(placing(box: ahead, at: worker, state, worker: before))
      }
    }
    return found
  }

  /// The state with its worker elsewhere and the box at `old` at `new`; -1: no box moves.
  private func placing(box old: Int, at new: Int, _ state: SokobanState, worker: Int) -> SokobanState {
    var code = UInt64(worker)
    var isPlaced = new < 0
    var number = boxes.count - 1
    while number >= 0 {
      let box = box(number, of: state)
      number -= 1
      if box == old { continue }
      if !isPlaced, box > new {
        code = code &<< 7 | UInt64(new)
        isPlaced = true
      }
      code = code &<< 7 | UInt64(box)
    }
    if !isPlaced { code = code &<< 7 | UInt64(new) }
    return SokobanState(code: code)
  }

  /// The reference's lower bound of the moves to go: for each box off the docks its distance on an empty
  /// board to the nearest dock without a box, which several boxes may share. nil: one of them is stuck.
  ///
  /// Not consistent: pushing a box off a dock frees that dock for others, so a move may lower h by more
  /// than 1.
  func heuristic(of state: SokobanState) -> Int? {
    var sum = 0
    for number in 0..<boxes.count {
      let box = box(number, of: state)
      if isDock[box] { continue }
      if isStuck[box] { return nil }
      var nearest = Int.max
      for dock in docks where !holdsBox(dock, state) { nearest = min(nearest, grid.distance(box, dock)) }
      sum += nearest
    }
    return sum
  }
}
