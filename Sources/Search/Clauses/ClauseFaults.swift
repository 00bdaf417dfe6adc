/// Faults of responses whose traces are clauses of a search and whose answers are plans.
extension Fault.Kind {
  // The answer.
  public static let missingPlan = Self(rawValue: "missingPlan")
  public static let malformedPlan = Self(rawValue: "malformedPlan")
  public static let planOutside = Self(rawValue: "planOutside")
  public static let planStartsElsewhere = Self(rawValue: "planStartsElsewhere")
  public static let planEntersWall = Self(rawValue: "planEntersWall")
  public static let planJumps = Self(rawValue: "planJumps")

  // A trace that is not sound.
  public static let emptyTrace = Self(rawValue: "emptyTrace")
  public static let malformedClause = Self(rawValue: "malformedClause")
  public static let createsOutside = Self(rawValue: "createsOutside")
  public static let createsWall = Self(rawValue: "createsWall")
  public static let startsElsewhere = Self(rawValue: "startsElsewhere")
  public static let wrongCost = Self(rawValue: "wrongCost")
  public static let wrongHeuristic = Self(rawValue: "wrongHeuristic")
  public static let noImprovement = Self(rawValue: "noImprovement")
  public static let closesUnopened = Self(rawValue: "closesUnopened")
  public static let goalNotClosed = Self(rawValue: "goalNotClosed")
  public static let planNotClosed = Self(rawValue: "planNotClosed")

  // A sound trace that is no run of A*.
  public static let smallerCostOpen = Self(rawValue: "smallerCostOpen")
  public static let childNotCreated = Self(rawValue: "childNotCreated")
  public static let continuesAfterGoal = Self(rawValue: "continuesAfterGoal")
}
