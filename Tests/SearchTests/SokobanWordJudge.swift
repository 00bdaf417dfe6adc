@testable import Search

/// A level as its words say, kept in sets.
struct OpenLevel {
  typealias State = SokobanFixture.State

  var walls: Set<Cell> = []
  var docks: Set<Cell> = []
  var start = State(worker: Cell(x: 0, y: 0), boxes: [])
  let width: Int
  let height: Int

  func isFree(_ cell: Cell) -> Bool {
    (0..<width).contains(cell.x) && (0..<height).contains(cell.y) && !walls.contains(cell)
  }

  func isSolved(_ state: State) -> Bool { state.boxes.isSubset(of: docks) }

  func after(_ state: State, to cell: Cell) -> State? {
    guard cell.neighbours.contains(state.worker), isFree(cell) else { return nil }
    var next = State(worker: cell, boxes: state.boxes)
    if next.boxes.remove(cell) != nil {
      let behind = Cell(x: 2 * cell.x - state.worker.x, y: 2 * cell.y - state.worker.y)
      guard isFree(behind), next.boxes.insert(behind).inserted else { return nil }
    }
    return next
  }

  func next(_ state: State) -> [State] { state.worker.neighbours.compactMap { after(state, to: $0) } }

  func h(_ state: State) -> Int? {
    var sum = 0
    for box in state.boxes.subtracting(docks) {
      let sides = box.neighbours.map(isFree)  // right, left, down, up
      guard sides[0] && sides[1] || sides[2] && sides[3] else { return nil }
      sum += docks.subtracting(state.boxes).map { $0.distance(to: box) }.min() ?? 0
    }
    return sum
  }

  /// The words of a state in a clause.
  func text(_ state: State) -> String {
    let boxes = state.boxes.subtracting(docks).sorted { ($0.x, $0.y) < ($1.x, $1.y) }
    return "worker \(state.worker.x) \(state.worker.y)" + boxes.map { " box \($0.x) \($0.y)" }.joined()
  }

  /// Moves of a shortest solution, breadth first.
  func optimalCost() -> Int? {
    var (seen, ring, moves) = (Set([start]), [start], 0)
    while !ring.isEmpty {
      if ring.contains(where: isSolved) { return moves }
      ring = ring.flatMap(next).filter { h($0) != nil && seen.insert($0).inserted }
      moves += 1
    }
    return nil
  }
}

/// The verdicts of Sokoban found another way: on words and sets, looking back over the list of earlier
/// clauses, each possible meaning of a clause tried in turn. It shares no code with `SokobanJudge`.
struct SokobanWordJudge {
  typealias State = OpenLevel.State

  struct Clause: Equatable {
    let isClose: Bool
    let text: String
    let g: Int
    let h: Int
  }

  let width: Int
  let height: Int

  func verdict(_ response: [String], isTerminated: Bool, to prompt: [String]) -> WordJudge.Verdict {
    var verdict = WordJudge.Verdict()
    guard let level = level(prompt) else { return verdict }
    let begin = response.firstIndex(of: "plan") ?? response.count
    let (cells, isWhole) = plan(Array(response[begin...]))
    var states: [State] = []
    for cell in cells {
      guard
        let next = states.isEmpty
          ? (cell == level.start.worker ? level.start : nil)
          : states.last.flatMap({ level.after($0, to: cell) })
      else { break }
      states.append(next)
    }
    let isPlayed = isWhole && states.count == cells.count && isTerminated
    if isPlayed, let end = states.last, level.isSolved(end) {
      verdict.isCorrect = true
      verdict.isOptimal = level.optimalCost() == states.count - 1
    }
    guard let trace = trace(Array(response[..<begin])), !trace.isEmpty else { return verdict }
    verdict.isSound = isSound(trace[...], after: [], Set(states), level)
    verdict.isLegal = verdict.isSound && isRun(trace, Set(states), level)
    return verdict
  }

  // MARK: Reading

  private func cell(_ words: ArraySlice<String>) -> Cell? {
    let numbers = words.compactMap { Int($0) }
    return numbers.count == 2 ? Cell(x: numbers[0], y: numbers[1]) : nil
  }

  func level(_ prompt: [String]) -> OpenLevel? {
    guard prompt.count.isMultiple(of: 3) else { return nil }
    var level = OpenLevel(width: width, height: height)
    var workers = 0
    for index in stride(from: 0, to: prompt.count, by: 3) {
      guard let cell = cell(prompt[index + 1..<index + 3]), cell.x < width, cell.y < height else {
        return nil
      }
      switch prompt[index] {
      case "worker":
        level.start.worker = cell
        workers += 1
      case "box": if !level.start.boxes.insert(cell).inserted { return nil }
      case "dock": if !level.docks.insert(cell).inserted { return nil }
      case "wall": if !level.walls.insert(cell).inserted { return nil }
      default: return nil
      }
    }
    let (boxes, docks) = (level.start.boxes, level.docks)
    guard workers == 1, !boxes.isEmpty, docks.count >= boxes.count, docks.count <= 8 else { return nil }
    guard !boxes.contains(level.start.worker), !level.walls.contains(level.start.worker) else { return nil }
    return level.walls.isDisjoint(with: boxes.union(docks)) ? level : nil
  }

  private func plan(_ words: [String]) -> (cells: [Cell], isWhole: Bool) {
    var cells: [Cell] = []
    for index in stride(from: 0, to: words.count, by: 3) {
      guard words[index] == "plan", index + 3 <= words.count, let cell = cell(words[index + 1..<index + 3])
      else { return (cells, false) }
      cells.append(cell)
    }
    return (cells, !cells.isEmpty)
  }

  private func trace(_ words: [String]) -> [Clause]? {
    var clauses: [Clause] = []
    var rest = words[...]
    while let word = rest.popFirst() {
      let body = Array(rest.prefix { $0 != "create" && $0 != "close" })
      rest = rest.dropFirst(body.count)
      guard word == "create" || word == "close", body.count >= 5 else { return nil }
      let costs = body.suffix(2).map { $0.hasPrefix("c") ? Int($0.dropFirst()) : nil }
      guard let g = costs[0], let h = costs[1] else { return nil }
      clauses.append(
        Clause(isClose: word == "close", text: body.dropLast(2).joined(separator: " "), g: g, h: h))
    }
    return clauses
  }

  /// Every state with these words; none where they are no state's.
  private func states(_ text: String, _ level: OpenLevel) -> [State] {
    let words = text.split(separator: " ").map { String($0) }
    guard words.count.isMultiple(of: 3), words.first == "worker", let worker = cell(words[1..<3]),
      level.isFree(worker)
    else { return [] }
    var boxes: Set<Cell> = []
    for index in stride(from: 3, to: words.count, by: 3) {
      guard words[index] == "box", let box = cell(words[index + 1..<index + 3]), level.isFree(box) else {
        return []
      }
      boxes.insert(box)
    }
    var all = [boxes]
    for dock in level.docks where dock != worker { all += all.map { $0.union([dock]) } }
    return all.filter { $0.count == level.start.boxes.count && !$0.contains(worker) }
      .map { State(worker: worker, boxes: $0) }.filter { level.text($0) == text }
  }

  // MARK: Judging

  private struct Entry {
    let isClose: Bool
    let state: State
    let g: Int
  }

  private func isSound(
    _ rest: ArraySlice<Clause>, after log: [Entry], _ plan: Set<State>, _ level: OpenLevel
  ) -> Bool {
    guard let clause = rest.first else {
      let closed = Set(log.filter(\.isClose).map(\.state))
      return closed.contains(where: level.isSolved) && closed.isSuperset(of: plan)
    }
    return states(clause.text, level).contains { state in
      guard level.h(state) == clause.h else { return false }
      if clause.isClose {
        guard let last = log.last(where: { $0.state == state }), !last.isClose, last.g == clause.g else {
          return false
        }
      } else if log.isEmpty {
        guard state == level.start, clause.g == 0 else { return false }
      } else {
        let parents = Set(log.filter { $0.isClose && level.next($0.state).contains(state) }.map(\.state))
        let costs = parents.compactMap { parent in log.last { $0.isClose && $0.state == parent }?.g }
        guard costs.contains(clause.g - 1) else { return false }
        if log.contains(where: { !$0.isClose && $0.state == state && $0.g <= clause.g }) { return false }
      }
      let entry = Entry(isClose: clause.isClose, state: state, g: clause.g)
      return isSound(rest.dropFirst(), after: log + [entry], plan, level)
    }
  }

  private func isRun(_ trace: [Clause], _ plan: Set<State>, _ level: OpenLevel) -> Bool {
    guard let h = level.h(level.start),
      trace.first == Clause(isClose: false, text: level.text(level.start), g: 0, h: h)
    else { return false }
    return isRun(trace.dropFirst(), open: [level.start: 0], closed: [:], plan, level)
  }

  private func isRun(
    _ trace: ArraySlice<Clause>, open: [State: Int], closed: [State: Int], _ plan: Set<State>,
    _ level: OpenLevel
  ) -> Bool {
    guard let clause = trace.first, clause.isClose else { return false }
    func f(_ state: State, _ g: Int) -> Int { g + (level.h(state) ?? 0) }
    guard let least = open.map({ f($0.key, $0.value) }).min() else { return false }
    return states(clause.text, level).contains { state in
      guard let g = open[state], g == clause.g, level.h(state) == clause.h, f(state, g) == least else {
        return false
      }
      var (open, closed, rest) = (open, closed, trace.dropFirst())
      open[state] = nil
      closed[state] = g
      if level.isSolved(state) { return rest.isEmpty && Set(closed.keys).isSuperset(of: plan) }
      var expected: [Clause] = []
      for child in level.next(state) {
        guard let h = level.h(child), (open[child] ?? .max) > g + 1, (closed[child] ?? .max) > g + 1 else {
          continue
        }
        open[child] = g + 1
        expected.append(Clause(isClose: false, text: level.text(child), g: g + 1, h: h))
      }
      for _ in expected.indices {
        guard let written = rest.popFirst(), let index = expected.firstIndex(of: written) else {
          return false
        }
        expected.remove(at: index)
      }
      return isRun(rest, open: open, closed: closed, plan, level)
    }
  }
}
