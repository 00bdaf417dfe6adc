import Configuration
import ExpertIteration
import Reading
import Text

/// The evaluation sets of a run as a table, and one of them with all its measures.
///
///     set    tasks  optimal %   round 0   tokens  A* tokens  shorter %           sound %  ...
///     test     500  84.2 ±2.3      69.6     64.3       95.9  31.9 [31.1, 32.8]      98.8  ...
struct SetsTable {
  let terms: DomainTerms
  var unit = LengthUnit()

  static let legend = """
    Then, where the configuration declares other evaluation sets, each in the newest accepted round beside \
    round 0.
    """

  /// The table of the newest accepted round. Empty if there is none, or if only the test exercises are
  /// evaluated.
  func lines(_ sets: [SetSummary], round: Int?) -> [String] {
    guard let round, sets.contains(where: { $0.setName != EvaluationSet.testName }) else { return [] }
    let rows = sets.filter { $0.round == round }.map { set in
      let first = sets.first { $0.round == 0 && $0.setName == set.setName }
      return columns.map { $0.value(set, first) }
    }
    return TextTable(columns: columns.map(\.heading), rows: rows).lines
  }

  /// One evaluation, a line for each measure and each kind of fault.
  func lines(of evaluation: SetEvaluation) -> [String] {
    let summary = evaluation.measures
    let rows =
      [
        ["set", "\(summary.setName), \(summary.tasks.grouped) tasks x \(summary.samples) samples"],
        ["weights", "round \(summary.round), \(evaluation.checkpoint)"],
      ]
      + measures.map { title, path, decimals in
        [title, summary[keyPath: path].fixedOrDash(decimals: decimals)]
      } + evaluation.faults.map { ["not \(terms.optimal): \($0.kind)", $0.count.grouped] }
    return TextTable(columns: [.init("", .left, minimumWidth: 24), .init("", .left)], rows: rows).lines
  }

  private struct Column {
    let heading: TextTable.Column
    /// Also given the same set in round 0.
    let value: @Sendable (SetSummary, _ first: SetSummary?) -> String

    init(
      _ title: String, _ alignment: TextTable.Alignment = .right, width: Int = 7,
      value: @escaping @Sendable (SetSummary, _ first: SetSummary?) -> String
    ) {
      heading = TextTable.Column(title, alignment, minimumWidth: width)
      self.value = value
    }
  }

  private var columns: [Column] {
    [
      Column("set", .left, width: 3) { set, _ in set.setName },
      Column("tasks", width: 6) { set, _ in set.tasks.grouped },
      Column("\(terms.optimal) %", .left, width: 10) { set, _ in
        margin(set.optimalPercent, set.optimalPercentLow, set.optimalPercentHigh)
      },
      Column("round 0") { set, first in (first?.optimalPercent ?? set.optimalPercent).fixedOrDash() },
      Column(unit.name) { set, _ in set.traceTokens.fixedOrDash() },
      Column("\(terms.column) \(unit.name)", width: 9) { set, _ in set.referenceTokens.fixedOrDash() },
      Column("shorter %", .left, width: 18) { set, _ in
        guard set.round > 0 else { return "-" }
        return estimate(set.shorterPercent, set.shorterPercentLow, set.shorterPercentHigh)
      },
      Column("sound %") { set, _ in set.soundPercent.fixedOrDash() },
      Column("legal %") { set, _ in set.legalPercent.fixedOrDash() },
      Column("cut %", width: 5) { set, _ in set.truncatedPercent.fixedOrDash() },
    ]
  }

  private var measures: [(String, KeyPath<SetSummary, Double?> & Sendable, Int)] {
    let optimal = terms.optimal
    let shares: [(String, KeyPath<SetSummary, Double?> & Sendable, Int)] = [
      ("\(optimal) % (pass@1)", \.optimalPercent, 1), ("solved %", \.solvedPercent, 1),
      ("any \(optimal) %", \.anyOptimalPercent, 1), ("three \(optimal) %", \.threeOptimalPercent, 1),
      ("majority \(optimal) %", \.majorityOptimalPercent, 1),
      ("any solved %", \.anySolvedPercent, 1), ("three solved %", \.threeSolvedPercent, 1),
      ("SWC", \.swc, 3), ("ILR on solved", \.ilrOnSolved, 3), ("ILR on optimal", \.ilrOnOptimal, 3),
    ]
    let lengths: [(String, KeyPath<SetSummary, Double?> & Sendable, Int)] = [
      ("trace \(unit.name)", \.traceTokens, 1), ("\(terms.column) \(unit.name)", \.referenceTokens, 1),
      (terms.clauses, \.clauses, 1), ("expansions", \.expansions, 1),
      ("distinct correct", \.distinctCorrect, 2), ("sound % of correct", \.soundPercent, 1),
      ("legal % of correct", \.legalPercent, 1), ("cut %", \.truncatedPercent, 1),
    ]
    return shares + lengths
  }
}
