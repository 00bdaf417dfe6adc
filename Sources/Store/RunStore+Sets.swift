import GRDB

/// A row of the view `evaluation_summary`: every measure of one evaluation set in one round, rounded for
/// people. Means are over tasks; nil: there is no task to take one of.
public struct SetSummary: Sendable, Equatable {
  public var round: Int
  public var setName: String
  public var tasks: Int
  /// Of each task.
  public var samples: Int
  /// Mean over samples: pass@1 and its share without the demand to be optimal.
  public var optimalPercent: Double?
  public var solvedPercent: Double?
  /// Tasks with at least one, and at least three, such samples.
  public var anyOptimalPercent: Double?
  public var threeOptimalPercent: Double?
  public var anySolvedPercent: Double?
  public var threeSolvedPercent: Double?
  /// Tasks whose most frequent answer is optimal: maj@k of all their samples.
  public var majorityOptimalPercent: Double?
  /// As Lehnert et al. 2024 compute them; SWC counts a correct answer to a task without a cost as the
  /// cheapest.
  public var swc: Double?
  public var ilrOnSolved: Double?
  public var ilrOnOptimal: Double?
  /// Of the optimal samples, over the tasks that have one; then the reference's own mean on these tasks.
  public var traceTokens: Double?
  public var referenceTokens: Double?
  public var clauses: Double?
  public var expansions: Double?
  public var distinctCorrect: Double?
  /// Of the correct samples.
  public var soundPercent: Double?
  public var legalPercent: Double?
  /// Of all samples.
  public var truncatedPercent: Double?
  /// Against round 0 on the tasks optimal in both; with 95 % intervals over tasks.
  public var shorterPercent: Double?
  public var optimalPercentLow: Double?
  public var optimalPercentHigh: Double?
  public var shorterPercentLow: Double?
  public var shorterPercentHigh: Double?

  public init(round: Int, setName: String, tasks: Int, samples: Int) {
    self.round = round
    self.setName = setName
    self.tasks = tasks
    self.samples = samples
  }

  /// The figures by the view's names, in its order.
  public static let columns: [(name: String, path: WritableKeyPath<Self, Double?> & Sendable)] = [
    ("optimal_pct", \.optimalPercent), ("solved_pct", \.solvedPercent),
    ("any_optimal_pct", \.anyOptimalPercent), ("three_optimal_pct", \.threeOptimalPercent),
    ("any_solved_pct", \.anySolvedPercent), ("three_solved_pct", \.threeSolvedPercent),
    ("swc", \.swc), ("ilr_on_solved", \.ilrOnSolved), ("ilr_on_optimal", \.ilrOnOptimal),
    ("trace_tokens", \.traceTokens), ("reference_tokens", \.referenceTokens), ("clauses", \.clauses),
    ("expansions", \.expansions), ("distinct_correct", \.distinctCorrect), ("sound_pct", \.soundPercent),
    ("legal_pct", \.legalPercent), ("truncated_pct", \.truncatedPercent), ("shorter_pct", \.shorterPercent),
    ("optimal_pct_low", \.optimalPercentLow), ("optimal_pct_high", \.optimalPercentHigh),
    ("shorter_pct_low", \.shorterPercentLow), ("shorter_pct_high", \.shorterPercentHigh),
    ("majority_optimal_pct", \.majorityOptimalPercent),
  ]
}

extension SetSummary: FetchableRecord {
  /// From a row of the view.
  public init(row: Row) throws {
    self.init(
      round: try row.decode(Int.self, forColumn: "round"),
      setName: try row.decode(String.self, forColumn: "set_name"),
      tasks: try row.decode(Int.self, forColumn: "tasks"),
      samples: try row.decode(Int.self, forColumn: "samples"))
    for (name, path) in Self.columns {
      self[keyPath: path] = try row.decode(Double?.self, forColumn: name)
    }
  }
}

extension RunStore {
  /// In the view's order: by round, in it the test exercises first.
  public func setSummaries() throws -> [SetSummary] {
    let names = SetSummary.columns.map(\.name).joined(separator: ", ")
    return try read {
      try SetSummary.all(in: $0, "SELECT round, set_name, tasks, samples, \(names) FROM evaluation_summary")
    }
  }
}
