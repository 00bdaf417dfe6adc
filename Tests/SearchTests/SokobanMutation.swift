import Determinism
import Words

@testable import Search

/// Responses to levels that are nearly right: true searches, wanderings and bare paths, then changed at
/// random.
struct SokobanMutation {
  let domain: SokobanDomain
  var random: CounterRandom

  init(_ domain: SokobanDomain, key: UInt64) {
    self.domain = domain
    random = CounterRandom(seed: 78, stream: .sampling, key)
  }

  /// The reference's, its plan with a bare trace and without any, a wandering, and the reference's with more
  /// clauses behind the goal's.
  mutating func responses(to exercise: WordExercise, _ level: OpenLevel) -> [[Token]] {
    let reference = exercise.trace + exercise.answer
    let words = domain.words.text(of: exercise.answer).split(separator: " ")
    var states: [OpenLevel.State] = []
    for index in stride(from: 0, to: words.count, by: 3) {
      guard let x = Int(words[index + 1]), let y = Int(words[index + 2]) else { continue }
      states.append(states.last.flatMap { level.after($0, to: Cell(x: x, y: y)) } ?? level.start)
    }
    let bare = states.enumerated().flatMap { g, state in
      ["create", "close"].map { clause($0, state, g, level) }
    }
    var all = [reference, reference, tokens(bare) + exercise.answer, exercise.answer]
    if let wandering = wandering(level) { all.append(wandering) }
    if let end = states.last, let state = level.next(end).first(where: { level.h($0) != nil }) {
      all.append(
        exercise.trace + tokens([clause("create", state, exercise.optimalCost + 1, level)]) + exercise.answer)
    }
    return all
  }

  /// The response after 0 to 2 changes.
  mutating func damaged(_ response: [Token]) -> [Token] {
    var response = response
    for _ in 0..<random.uniform(below: 3) { change(&response) }
    return response
  }

  mutating func change(_ response: inout [Token]) {
    guard !response.isEmpty else { return }
    let index = random.uniform(below: response.count)
    let bounds = clauses(response)
    switch random.uniform(below: 12) {
    case 0: response[index] = token()
    case 1: response.remove(at: index)
    case 2: response.insert(token(), at: index)
    case 3: response.removeSubrange(index...)
    case 4, 5:
      if let cost = response.indices.filter({ isCost(response[$0]) }).randomElement(using: &random) {
        response[cost] += random.coin() ? 1 : -1
      }
    case 6, 7:
      let places = response.indices.filter { isCoordinate(response[$0]) }
      if let place = places.randomElement(using: &random) {
        response[place] =
          random.happens(0.3)
          ? domain.language.answer([domain.grid.count - 1])[2] : response[random.element(of: places)]
      }
    case 8 where bounds.count > 1:
      let first = random.uniform(below: bounds.count - 1)
      let second = Array(response[bounds[first + 1]])
      response.removeSubrange(bounds[first + 1])
      response.insert(contentsOf: second, at: bounds[first].lowerBound)
    case 9 where !bounds.isEmpty: response.removeSubrange(random.element(of: bounds))
    case 10 where !bounds.isEmpty:
      let clause = Array(response[random.element(of: bounds)])
      response.insert(contentsOf: clause, at: random.element(of: bounds).lowerBound)
    default:
      let begin = domain.split(response).trace.endIndex
      let steps = (response.count - begin) / 3
      guard steps > 1 else { return }
      let first = begin + 3 * (1 + random.uniform(below: steps - 1))
      switch random.uniform(below: 3) {
      case 0: response.removeSubrange(first..<first + 3)
      case 1:
        // Straight on from the last step, where a box may be in the way; digits are numbered in a row.
        let (before, last) = (response.suffix(6).prefix(3), response.suffix(3))
        response += zip(before, last).map { 2 &* $1 &- $0 }
      default:
        // There and back again: a longer way, unless a box was pushed.
        response.insert(contentsOf: response[first - 3..<first + 3], at: first + 3)
      }
    }
  }

  private func clauses(_ response: [Token]) -> [Range<Int>] {
    let end = domain.split(response).trace.endIndex
    let starts = (0..<end).filter {
      [domain.language.token(.create), domain.language.token(.close)].contains(response[$0])
    }
    return zip(starts, starts.dropFirst() + [end]).map { $0..<$1 }
  }

  private mutating func token() -> Token {
    if random.happens(0.02) { return random.element(of: [-1, .min, .max, Token(domain.words.count)]) }
    return Token(random.uniform(below: domain.words.count))
  }

  private func isCoordinate(_ token: Token) -> Bool {
    if case .coordinate = domain.language.meaning(token) { true } else { false }
  }

  private func isCost(_ token: Token) -> Bool {
    if case .cost = domain.language.meaning(token) { true } else { false }
  }

  /// A sound search that mostly takes the smallest f and the newest of these, and leaves out some children.
  private mutating func wandering(_ level: OpenLevel) -> [Token]? {
    guard let estimate = level.h(level.start) else { return nil }
    var nodes = [(state: level.start, g: 0, f: estimate, parent: -1)]
    var costs = [level.start: 0]
    var open = [0]
    var trace = [clause("create", level.start, 0, level)]
    while trace.count < 70, !open.isEmpty {
      let least = random.happens(0.2) ? nil : open.map { nodes[$0].f }.min()
      guard let choice = open.last(where: { least == nil || nodes[$0].f == least }) else { return nil }
      open.removeAll { $0 == choice }
      let (state, g, _, _) = nodes[choice]
      trace.append(clause("close", state, g, level))
      if level.isSolved(state) {
        var cells: [Cell] = []
        var node = choice
        while node >= 0 {
          cells.insert(nodes[node].state.worker, at: 0)
          node = nodes[node].parent
        }
        return tokens(trace + cells.map { "plan \($0.x) \($0.y)" })
      }
      for child in level.next(state) where costs[child] ?? .max > g + 1 {
        guard let h = level.h(child), !random.happens(0.1) else { continue }
        open.removeAll { nodes[$0].state == child }
        costs[child] = g + 1
        open.append(nodes.count)
        nodes.append((child, g + 1, g + 1 + h, choice))
        trace.append(clause("create", child, g + 1, level))
      }
    }
    return nil
  }

  private func clause(_ word: String, _ state: OpenLevel.State, _ g: Int, _ level: OpenLevel) -> String {
    "\(word) \(level.text(state)) c\(g) c\(level.h(state) ?? 0)"
  }

  private func tokens(_ clauses: [String]) -> [Token] {
    domain.words.tokens(of: clauses.joined(separator: " "), replacingUnknownBy: -1)
  }
}
