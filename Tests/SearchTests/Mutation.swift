import Determinism
import Words

@testable import Search

/// Responses that are nearly right: true searches, wanderings and bare paths, then changed at random.
struct Mutation {
  let domain: MazeDomain
  var random: CounterRandom

  private var language: MazeLanguage { domain.language }

  init(_ domain: MazeDomain, key: UInt64) {
    self.domain = domain
    random = CounterRandom(seed: 77, stream: .sampling, key)
  }

  /// Responses to one maze before any damage: the reference's (twice, as the likeliest), a wandering, a bare
  /// path, and the reference's with the goal expanded.
  mutating func responses(to exercise: WordExercise, _ maze: OpenMaze) -> [[Token]] {
    let (wandering, end) = wandering(maze)
    let way = path(maze)
    let bare = way.enumerated().flatMap { g, cell in
      ["create", "close"].map { clause($0, cell, g, maze) }
    }
    let trace = domain.words.text(of: exercise.trace)
    let beyond = maze.goal.neighbours.filter { cell in
      maze.isFree(cell) && !trace.contains(place("create", cell) + " ")
    }
    let overrun = beyond.map { clause("create", $0, exercise.optimalCost + 1, maze) }
    let reference = exercise.trace + exercise.answer
    return [
      reference, reference, tokens(wandering, end), tokens(bare, way),
      exercise.trace + tokens(overrun, []) + exercise.answer,
    ]
  }

  /// The response after 0 to 3 changes.
  mutating func damaged(_ response: [Token]) -> [Token] {
    var response = response
    for _ in 0..<random.uniform(below: 4) { change(&response) }
    return response
  }

  mutating func change(_ response: inout [Token]) {
    guard !response.isEmpty else { return }
    let index = random.uniform(below: response.count)
    let begin = domain.split(response).trace.endIndex
    let length = language.clauseLength
    let clauses = begin / length
    switch random.uniform(below: 15) {
    case 0: response[index] = token()
    case 1: response.remove(at: index)
    case 2: response.insert(token(), at: index)
    case 3: response.removeSubrange(index...)
    case 4, 5:
      if let cost = response.indices.filter({ isCost(response[$0]) }).randomElement(using: &random) {
        response[cost] = response[cost] + (random.coin() ? 1 : -1)
      }
    case 13, 14:
      // Another place in the same word order.
      let places = response.indices.filter { isPlace(response[$0]) }
      if let place = places.randomElement(using: &random) {
        response[place] = response[random.element(of: places)]
        if random.coin(), case .coordinate = language.meaning(response[place]) {
          let largest = max(domain.settings.width, domain.settings.height) - 1
          response[place] = domain.words.token("\(largest)") ?? 0
        }
      }
    case 6 where clauses > 1:
      let first = random.uniform(below: clauses - 1) * length
      response.swapAt(first..<first + length, with: first + length)
    case 7 where clauses > 1:
      let (one, other) = (random.uniform(below: clauses) * length, random.uniform(below: clauses) * length)
      if one + length <= other { response.swapAt(one..<one + length, with: other) }
    case 8 where clauses > 0:
      let first = random.uniform(below: clauses) * length
      response.removeSubrange(first..<first + length)
    case 9 where clauses > 0:
      let clause = Array(response[(random.uniform(below: clauses) * length)...].prefix(length))
      response.insert(contentsOf: clause, at: random.uniform(below: clauses + 1) * length)
    case 10 where clauses > 0:
      // All clauses about one cell.
      let first = random.uniform(below: clauses) * length
      let place = Array(response[first..<first + length].prefix(language.placeLength).suffix(2))
      for start in stride(from: (clauses - 1) * length, through: 0, by: -length)
      where Array(response[start..<start + language.placeLength].suffix(2)) == place {
        response.removeSubrange(start..<start + length)
      }
    default:
      let steps = (response.count - begin) / language.placeLength
      guard steps > 0 else { return }
      let first = begin + random.uniform(below: steps) * language.placeLength
      let step = Array(response[first..<first + language.placeLength])
      switch random.uniform(below: 3) {
      case 0: response.removeSubrange(first..<first + language.placeLength)
      case 1: response.insert(contentsOf: step, at: begin + random.uniform(below: steps) * step.count)
      default:
        // There and back again: still a way, but a longer one.
        if first > begin {
          let before = Array(response[first - step.count..<first])
          response.insert(contentsOf: before + step, at: first + step.count)
        }
      }
    }
  }

  /// Mostly a word of the vocabulary.
  private mutating func token() -> Token {
    if random.happens(0.02) { return random.element(of: [-1, .min, .max, Token(domain.words.count)]) }
    return Token(random.uniform(below: domain.words.count))
  }

  private func isPlace(_ token: Token) -> Bool {
    switch language.meaning(token) {
    case .coordinate, .placed: true
    default: false
    }
  }

  private func isCost(_ token: Token) -> Bool {
    if case .cost = language.meaning(token) { true } else { false }
  }

  /// A sound search in random order, and a way through what it closed.
  private mutating func wandering(_ maze: OpenMaze) -> (trace: [String], plan: [Cell]) {
    var trace = [clause("create", maze.start, 0, maze)]
    var created = [maze.start: 0]
    var open: Set<Cell> = [maze.start]
    var closed: [Cell: Int] = [:]
    let isThorough = random.coin()
    while closed[maze.goal] == nil {
      var creates: [(cell: Cell, g: Int)] = []
      for (cell, g) in closed {
        creates += cell.neighbours.filter { maze.isFree($0) && created[$0] ?? .max > g + 1 }.map {
          ($0, g + 1)
        }
      }
      creates.sort { ($0.cell.y, $0.cell.x, $0.g) < ($1.cell.y, $1.cell.x, $1.g) }
      if !creates.isEmpty, open.isEmpty || isThorough || random.coin() {
        let (cell, g) = random.element(of: creates)
        created[cell] = g
        open.insert(cell)
        trace.append(clause("create", cell, g, maze))
      } else {
        let cell = random.element(of: open.sorted { ($0.y, $0.x) < ($1.y, $1.x) })
        open.remove(cell)
        closed[cell] = created[cell]
        trace.append(clause("close", cell, created[cell] ?? 0, maze))
      }
    }
    let walls = Set((0..<maze.width * maze.height).map { Cell(x: $0 % maze.width, y: $0 / maze.width) })
      .subtracting(closed.keys)
    let seen = OpenMaze(
      width: maze.width, height: maze.height, walls: walls, start: maze.start, goal: maze.goal)
    return (trace, path(seen))
  }

  /// A way from the start to the goal without a cell twice, not always a shortest one.
  private mutating func path(_ maze: OpenMaze) -> [Cell] {
    var path = [maze.start]
    var seen: Set<Cell> = [maze.start]
    while let cell = path.last, cell != maze.goal {
      let next = cell.neighbours.filter { maze.isFree($0) && !seen.contains($0) }
      if next.isEmpty {
        path.removeLast()
      } else {
        let choice = random.element(of: next)
        seen.insert(choice)
        path.append(choice)
      }
    }
    return path
  }

  private func clause(_ word: String, _ cell: Cell, _ g: Int, _ maze: OpenMaze) -> String {
    place(word, cell) + " c\(g) c\(cell.distance(to: maze.goal))"
  }

  private func place(_ word: String, _ cell: Cell) -> String {
    domain.settings.grammar == .cell ? "\(word)@\(cell.x),\(cell.y)" : "\(word) \(cell.x) \(cell.y)"
  }

  private func tokens(_ trace: [String], _ plan: [Cell]) -> [Token] {
    let words = trace + plan.map { place("plan", $0) }
    return domain.words.tokens(of: words.joined(separator: " "), replacingUnknownBy: -1)
  }
}

extension Array {
  /// Exchanges a range with the one of the same length that starts at `other`, behind it.
  fileprivate mutating func swapAt(_ range: Range<Int>, with other: Int) {
    guard other >= range.upperBound, other + range.count <= count else { return }
    for offset in 0..<range.count { swapAt(range.lowerBound + offset, other + offset) }
  }
}
