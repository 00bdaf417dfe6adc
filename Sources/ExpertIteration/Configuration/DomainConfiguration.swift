import Search

/// Which problems a run is about, with their settings: the one switch from a config's name to a `Domain`.
public enum DomainConfiguration: Sendable, Equatable {
  case maze(MazeSettings)

  /// The names that `domain.kind` may have.
  public static let kinds = ["maze"]

  public var kind: String {
    switch self {
    case .maze: "maze"
    }
  }

  public func makeDomain() throws -> any Domain {
    switch self {
    case .maze(let settings): try MazeDomain(settings)
    }
  }

  /// Tokens that hold every usual response of A*: a default for `sampler.maximumLength`.
  var longestUsualResponse: Int {
    switch self {
    case .maze(let settings): settings.longestUsualResponse
    }
  }

  /// For the fields of the table, which are only used with this kind.
  var maze: MazeSettings {
    get {
      switch self {
      case .maze(let settings): settings
      }
    }
    set { self = .maze(newValue) }
  }
}

extension MazeSettings {
  var cells: Int { width * height }

  /// The number of walls, by the reference's integer rule.
  var walls: ClosedRange<Int> {
    let tens = cells / 10
    let least = tens * minimumWallPercent / 10
    return least...max(least, tens * maximumWallPercent / 10)
  }

  /// How many layouts of walls there are, symmetric ones counted apart.
  var layouts: Double {
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
  var leastPlanCells: Int {
    get { minimumPlanCells ?? max(width, height) }
    set { minimumPlanCells = newValue }
  }

  private var clauseTokens: Int { grammar == .searchformer ? 5 : 3 }
  private var planStepTokens: Int { grammar == .searchformer ? 3 : 1 }

  /// A create and a close for each free cell, and a plan over a third of them.
  var longestUsualResponse: Int {
    let free = cells - walls.lowerBound
    return free * 2 * clauseTokens + max(leastPlanCells, (free + 2) / 3) * planStepTokens
  }

  /// The plan alone of the shortest exercise, with the create and the close of each of its cells.
  var shortestResponse: Int {
    leastPlanCells * (2 * clauseTokens + planStepTokens)
  }
}
