import Determinism
import Foundation
import Testing
import Words

@testable import Search

extension TieBreak: Decodable {}

/// A file under `Goldens`: a task, the order it was searched in, and what the reference wrote.
struct Golden: Decodable, CustomStringConvertible {
  var name: String?
  var problem: String?
  let width: Int
  let height: Int
  let order: TieBreak
  /// Key of the `CounterRandom` that threw the coins.
  var key: UInt64?
  let prompt: String
  var trace: String?
  var plan: String?
  var promptTokens: [Token]?
  var responseTokens: [Token]?
  var level: [String]?

  var description: String { name ?? "\(width)x\(height), key \(key ?? 0)" }

  func domain() throws -> MazeDomain {
    try MazeDomain(MazeSettings(width: width, height: height, tieBreak: order))
  }

  static func load<Value: Decodable>(_ name: String, as type: Value.Type = Golden.self) throws -> Value {
    let url = try #require(
      Bundle.module.url(forResource: name, withExtension: "json", subdirectory: "Goldens"))
    return try JSONDecoder().decode(type, from: Data(contentsOf: url))
  }
}

/// A maze drawn top row first, as `MazePicture` shows it: `#` wall, `S` start, `G` goal.
func maze(_ rows: String...) -> Maze {
  let grid = Grid(width: rows[0].count, height: rows.count)
  let cells = rows.reversed().flatMap { Array($0) }
  guard let start = cells.firstIndex(of: "S"), let goal = cells.firstIndex(of: "G") else {
    preconditionFailure("a drawing needs a start and a goal")
  }
  return Maze(grid: grid, isWall: cells.map { $0 == "#" }, start: start, goal: goal)
}

/// A cell as two numbers, for tests that must not lean on `Grid`.
struct Cell: Hashable {
  var x: Int
  var y: Int

  var neighbours: [Cell] {
    [Cell(x: x + 1, y: y), Cell(x: x - 1, y: y), Cell(x: x, y: y + 1), Cell(x: x, y: y - 1)]
  }

  func distance(to other: Cell) -> Int { abs(x - other.x) + abs(y - other.y) }
}

/// A maze as its words say, kept in sets.
struct OpenMaze {
  let width: Int
  let height: Int
  let walls: Set<Cell>
  let start: Cell
  let goal: Cell

  func isFree(_ cell: Cell) -> Bool {
    (0..<width).contains(cell.x) && (0..<height).contains(cell.y) && !walls.contains(cell)
  }

  /// Moves from the start to each cell it reaches, ring by ring.
  var distances: [Cell: Int] {
    var distances = [start: 0]
    var ring: Set<Cell> = [start]
    var radius = 0
    while !ring.isEmpty {
      radius += 1
      ring = Set(ring.flatMap(\.neighbours).filter { isFree($0) && distances[$0] == nil })
      for cell in ring { distances[cell] = radius }
    }
    return distances
  }
}

extension OpenMaze {
  init(_ maze: Maze) {
    let cells = maze.isWall.indices.map { Cell(x: maze.grid.x($0), y: maze.grid.y($0)) }
    self.init(
      width: maze.grid.width, height: maze.grid.height,
      walls: Set(cells.indices.filter { maze.isWall[$0] }.map { cells[$0] }), start: cells[maze.start],
      goal: cells[maze.goal])
  }
}

extension Domain {
  /// The first `count` accepted exercises of a split.
  func exercises(seed: UInt64, split: Split = .train, count: Int) -> [Exercise] {
    var found: [Exercise] = []
    var index = 0
    while found.count < count, index < 1000 * count + 10_000 {
      if let exercise = exercise(seed: seed, index: index, split: split) { found.append(exercise) }
      index += 1
    }
    return found
  }
}

extension CounterRandom {
  mutating func element<Element>(of array: [Element]) -> Element { array[uniform(below: array.count)] }

  mutating func happens(_ probability: Double) -> Bool { unitDouble() < probability }
}

extension Fault.Kind {
  /// What every judge of a search may say.
  static let search: Set<Self> = [
    .badPrompt, .notTerminated, .missingPlan, .malformedPlan, .planOutside, .planStartsElsewhere,
    .planEntersWall, .planJumps, .emptyTrace, .malformedClause, .createsOutside, .createsWall,
    .startsElsewhere, .wrongCost, .wrongHeuristic, .noImprovement, .closesUnopened, .goalNotClosed,
    .planNotClosed, .smallerCostOpen, .childNotCreated, .continuesAfterGoal,
  ]
}
