import Words

/// How mazes are drawn and written. Equal settings and seeds give equal exercises.
public struct MazeSettings: Sendable, Equatable {
  /// Cells across and up, 3...100.
  public var width: Int
  public var height: Int
  public var grammar: MazeGrammar
  /// Order of the reference A* among equal f.
  public var tieBreak: TieBreak
  /// Bounds of the number of walls: `cells / 10 * percent / 10`, each division rounded down, which is the
  /// reference's rule at 30 and 50. Both bounds can be drawn. A 3x3 board gets no walls.
  public var minimumWallPercent: Int
  public var maximumWallPercent: Int
  /// Pairs of start and goal tried on each layout of walls.
  public var drawsPerLayout: Int
  /// Cells of the shortest plan accepted, start and goal included; nil: the longer side.
  public var minimumPlanCells: Int?
  /// Walls added where the search never comes: they change neither its run nor its plan.
  public var irrelevantWalls = 0
  /// Cells named in the prompt as `goal` after the goal, to no effect.
  public var decoyGoals = 0
  /// The board whose places and costs have words; nil: `width`, `height`. Two domains of one grammar and one
  /// vocabulary board write the same tokens, so that a model can be asked about larger boards than its own.
  public var vocabularyWidth: Int?
  public var vocabularyHeight: Int?

  public init(
    width: Int, height: Int, grammar: MazeGrammar = .searchformer, tieBreak: TieBreak = .coin,
    minimumWallPercent: Int = 30, maximumWallPercent: Int = 50, drawsPerLayout: Int = 4,
    minimumPlanCells: Int? = nil
  ) {
    self.width = width
    self.height = height
    self.grammar = grammar
    self.tieBreak = tieBreak
    self.minimumWallPercent = minimumWallPercent
    self.maximumWallPercent = maximumWallPercent
    self.drawsPerLayout = drawsPerLayout
    self.minimumPlanCells = minimumPlanCells
  }

  /// What each setting may be, whatever the others are.
  public enum Ranges {
    public static let width = 3...100
    public static let height = 3...100
    /// Every board keeps two free cells up to 80 percent.
    public static let minimumWallPercent = 0...80
    public static let maximumWallPercent = 0...80
    public static let drawsPerLayout = 1...100
    public static let minimumPlanCells = 2...10_000
    public static let irrelevantWalls = 0...9998
    public static let decoyGoals = 0...9998
    public static let vocabularyWidth = 3...100
    public static let vocabularyHeight = 3...100
  }

  /// Everything that keeps these settings from drawing mazes, each a `SearchError.invalidSetting`.
  var errors: [SearchError] {
    var errors: [SearchError] = []
    func require(_ holds: Bool, _ name: String, _ value: Int, _ requirement: String) {
      if !holds {
        errors.append(.invalidSetting(name: name, value: String(value), requirement: requirement))
      }
    }
    func require(_ range: ClosedRange<Int>, _ name: String, _ value: Int) {
      let requirement = "it must be \(range.lowerBound)...\(range.upperBound)"
      require(range.contains(value), name, value, requirement)
    }
    require(Ranges.width, "width", width)
    require(Ranges.height, "height", height)
    require(Ranges.minimumWallPercent, "minimumWallPercent", minimumWallPercent)
    require(Ranges.maximumWallPercent, "maximumWallPercent", maximumWallPercent)
    require(Ranges.drawsPerLayout, "drawsPerLayout", drawsPerLayout)
    guard errors.isEmpty else { return errors }
    require(
      maximumWallPercent >= minimumWallPercent, "maximumWallPercent", maximumWallPercent,
      "it must not be below minimumWallPercent (\(minimumWallPercent))")
    if let minimumPlanCells {
      require(Ranges.minimumPlanCells.lowerBound...cells, "minimumPlanCells", minimumPlanCells)
    }
    require(width...Ranges.vocabularyWidth.upperBound, "vocabularyWidth", wordsWidth)
    require(height...Ranges.vocabularyHeight.upperBound, "vocabularyHeight", wordsHeight)
    let spare = max(0, cells - walls.upperBound - 2)
    require(0...spare, "irrelevantWalls", irrelevantWalls)
    require(0...spare, "decoyGoals", decoyGoals)
    return errors
  }
}

// MARK: - What follows from the settings

extension MazeSettings {
  public var cells: Int { width * height }

  /// Numbers of walls that are drawn, each equally likely.
  public var walls: ClosedRange<Int> {
    let least = wallCount(minimumWallPercent)
    return least...max(least, wallCount(maximumWallPercent))
  }

  private func wallCount(_ percent: Int) -> Int { cells / 10 * percent / 10 }

  /// How many layouts of walls there are, symmetric ones counted apart.
  public var layouts: Double {
    var sum = 0.0
    for count in walls {
      // The binomial coefficient, in an order that stays small for small results.
      var choices = 1.0
      for index in 0..<count { choices *= Double(cells - index) / Double(index + 1) }
      sum += choices
    }
    return sum.rounded()
  }

  /// As a number: `minimumPlanCells`, or the longer side.
  public var leastPlanCells: Int {
    get { minimumPlanCells ?? max(width, height) }
    set { minimumPlanCells = newValue }
  }

  /// As numbers: `vocabularyWidth` and `vocabularyHeight`, or the board's own sides.
  public var wordsWidth: Int {
    get { vocabularyWidth ?? width }
    set { vocabularyWidth = newValue }
  }

  public var wordsHeight: Int {
    get { vocabularyHeight ?? height }
    set { vocabularyHeight = newValue }
  }

  /// A create and a close for each free cell, and a plan over a third of them.
  public var longestUsualResponse: Int {
    let free = cells - walls.lowerBound
    return free * 2 * grammar.clauseLength + max(leastPlanCells, (free + 2) / 3) * grammar.placeLength
  }

  /// The plan alone of the shortest exercise, with the create and the close of each of its cells.
  public var shortestResponse: Int {
    leastPlanCells * (2 * grammar.clauseLength + grammar.placeLength)
  }
}

/// How mazes, searches and plans are spelled.
public enum MazeGrammar: String, Sendable, CaseIterable {
  /// The paper's: `create 0 2 c0 c3`, five tokens a clause, three a step of the plan.
  case searchformer
  /// A token for an operation at a cell: `create@0,2 c0 c3`, three tokens a clause, one a step of the plan.
  case cell

  /// Tokens of a word with its place, such as a step of the plan.
  var placeLength: Int { self == .cell ? 1 : 3 }
  /// Tokens of a clause of a trace.
  var clauseLength: Int { placeLength + 2 }
}
