/// How Sokoban levels are drawn and written. Equal settings and seeds give equal exercises.
///
/// The defaults are those of the paper's data (Lehnert et al., 2024): 7x7, two boxes, two inner walls, traces
/// below 10,000 tokens.
public struct SokobanSettings: Sendable, Equatable {
  /// Cells across and down, the ring of walls included: 5...10, so that coordinates are single digits.
  public var width: Int
  public var height: Int
  /// As many docks are drawn. Boxes are drawn two cells away from the edge of the board.
  public var boxes: Int
  /// Walls inside the ring.
  public var innerWalls: Int
  /// Order of the reference A* among equal f.
  public var tieBreak: TieBreak
  /// Tokens of the longest trace accepted; about half of the solvable levels of the paper's kind have more.
  public var maximumTraceTokens: Int
  /// Words for costs, `c0` and up; a level whose search meets more is not drawn. The paper has 40,000, its
  /// plans have fewer than 40 moves.
  public var costWords: Int

  public init(
    width: Int = 7, height: Int = 7, boxes: Int = 2, innerWalls: Int = 2, tieBreak: TieBreak = .coin,
    maximumTraceTokens: Int = 9_999, costWords: Int = 64
  ) {
    self.width = width
    self.height = height
    self.boxes = boxes
    self.innerWalls = innerWalls
    self.tieBreak = tieBreak
    self.maximumTraceTokens = maximumTraceTokens
    self.costWords = costWords
  }

  /// What each setting may be, whatever the others are.
  public enum Ranges {
    public static let width = 5...10
    public static let height = 5...10
    public static let boxes = 1...SokobanLevel.mostBoxes
    public static let innerWalls = 0...60
    public static let maximumTraceTokens = 27...10_000_000
    public static let costWords = 16...40_000
  }

  /// Everything that keeps these settings from drawing levels, each a `SearchError.invalidSetting`.
  var errors: [SearchError] {
    var errors: [SearchError] = []
    func require(_ range: ClosedRange<Int>, _ name: String, _ value: Int, _ reason: String = "") {
      guard !range.contains(value) else { return }
      let requirement = "it must be \(range.lowerBound)...\(range.upperBound)\(reason)"
      errors.append(.invalidSetting(name: name, value: String(value), requirement: requirement))
    }
    require(Ranges.width, "width", width)
    require(Ranges.height, "height", height)
    require(
      shortestResponse...Ranges.maximumTraceTokens.upperBound, "maximumTraceTokens", maximumTraceTokens)
    require(Ranges.costWords, "costWords", costWords)
    guard errors.isEmpty else { return errors }
    let mostBoxes = min(Ranges.boxes.upperBound, centreCells, (innerCells - 1) / 2)
    require(Ranges.boxes.lowerBound...mostBoxes, "boxes", boxes, ": boxes start two cells away from the edge")
    guard errors.isEmpty else { return errors }
    let spare = innerCells - 2 * boxes - 1
    require(
      Ranges.innerWalls.lowerBound...spare, "innerWalls", innerWalls,
      ": the worker, the boxes and the docks need a cell each")
    return errors
  }
}

// MARK: - What follows from the settings

extension SokobanSettings {
  /// Cells inside the ring.
  var innerCells: Int { (width - 2) * (height - 2) }

  /// Cells where boxes may start.
  var centreCells: Int { (width - 4) * (height - 4) }

  /// Levels without their worker that can be drawn at most, symmetric ones counted apart.
  public var layouts: Double {
    func choices(_ count: Int, of cells: Int) -> Double {
      var product = 1.0
      for index in 0..<count { product *= Double(cells - index) / Double(index + 1) }
      return product.rounded()
    }
    return choices(innerWalls, of: innerCells) * choices(boxes, of: centreCells)
      * choices(boxes, of: innerCells - innerWalls - boxes)
  }

  /// The longest trace accepted and the longest plan that has words for its costs.
  public var longestUsualResponse: Int { maximumTraceTokens + 3 * costWords }

  /// A push of the only box onto the next cell, a dock: each state created and closed, and the plan.
  public var shortestResponse: Int { 2 * 9 + 2 * 6 + 2 * 3 }
}
