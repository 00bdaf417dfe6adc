import ExpertIteration

/// The evaluation sets of a run side by side, and one of them with all its measures.
///
///     set     tasks  optimal %  round 0  tokens  A* tokens  shorter %          sound %  legal %  cut %
///     test      500  84.2 ±2.3     69.6    64.3       95.9  31.9 [31.1, 32.8]     98.8      0.6    0.8
struct SetsTable {
  let terms: DomainTerms

  static let legend = """
    Then, where the configuration declares other evaluation sets, each in the newest accepted round beside \
    round 0.
    """

  /// Nothing where only the test exercises are evaluated.
  func lines(_ sets: [SetSummary], round: Int?) -> [String] {
    guard let round, sets.contains(where: { $0.setName != EvaluationSet.testName }) else { return [] }
    let shown = sets.filter { $0.round == round }
    let width = max(3, shown.map(\.setName.count).max() ?? 0)
    func line(_ name: String, _ cells: [String]) -> String {
      name + String(repeating: " ", count: width - name.count)
        + zip(columns, cells).map { column, cell in
          "  "
            + (column.isLeft
              ? cell + Self.space(column.width - cell.count) : Quantities.aligned(cell, column.width))
        }.joined()
    }
    return [line("set", columns.map(\.title))]
      + shown.map { set in
        let first = sets.first { $0.round == 0 && $0.setName == set.setName }
        return line(set.setName, columns.map { $0.value(set, first) })
      }
  }

  func lines(of evaluation: SetEvaluation) -> [String] {
    let figures = evaluation.figures
    let faults = evaluation.faults.map { ("not \(terms.optimal): \($0.kind)", Quantities.grouped($0.count)) }
    let width = max(26, (faults.map(\.0.count).max() ?? 0) + 2)
    func line(_ title: String, _ text: String) -> String { title + Self.space(width - title.count) + text }
    var lines = [
      line(
        "set", "\(figures.setName), \(Quantities.grouped(figures.tasks)) tasks x \(figures.samples) samples"),
      line("weights", "round \(figures.round), \(evaluation.checkpoint)"),
    ]
    lines += measures.map { title, path, decimals in
      line(title, figures[keyPath: path]?.formatted(decimals: decimals) ?? "-")
    }
    return lines + faults.map(line)
  }

  private struct Column {
    let title: String
    let width: Int
    var isLeft = false
    let value: @Sendable (SetSummary, _ first: SetSummary?) -> String
  }

  private var columns: [Column] {
    [
      Column(title: "tasks", width: 6) { set, _ in Quantities.grouped(set.tasks) },
      Column(title: "\(terms.optimal) %", width: 10, isLeft: true) { set, _ in
        guard let low = set.optimalPercentLow, let high = set.optimalPercentHigh else {
          return Self.number(set.optimalPercent)
        }
        return Self.number(set.optimalPercent) + " ±" + ((high - low) / 2).formatted(decimals: 1)
      },
      Column(title: "round 0", width: 7) { Self.number($1?.optimalPercent ?? $0.optimalPercent) },
      Column(title: "tokens", width: 7) { set, _ in Self.number(set.traceTokens) },
      Column(title: "\(terms.column) tokens", width: max(9, terms.column.count + 7)) { set, _ in
        Self.number(set.referenceTokens)
      },
      Column(title: "shorter %", width: 18, isLeft: true) { set, _ in
        guard set.round > 0, set.shorterPercent != nil else { return "-" }
        guard let low = set.shorterPercentLow, let high = set.shorterPercentHigh else {
          return Self.number(set.shorterPercent)
        }
        return "\(Self.number(set.shorterPercent)) [\(Self.number(low)), \(Self.number(high))]"
      },
      Column(title: "sound %", width: 7) { set, _ in Self.number(set.soundPercent) },
      Column(title: "legal %", width: 7) { set, _ in Self.number(set.legalPercent) },
      Column(title: "cut %", width: 5) { set, _ in Self.number(set.truncatedPercent) },
    ]
  }

  private var measures: [(String, KeyPath<SetSummary, Double?> & Sendable, Int)] {
    let optimal = terms.optimal
    let shares: [(String, KeyPath<SetSummary, Double?> & Sendable, Int)] = [
      ("\(optimal) % (pass@1)", \.optimalPercent, 1), ("solved %", \.solvedPercent, 1),
      ("any \(optimal) %", \.anyOptimalPercent, 1), ("three \(optimal) %", \.threeOptimalPercent, 1),
      ("any solved %", \.anySolvedPercent, 1), ("three solved %", \.threeSolvedPercent, 1),
      ("SWC", \.swc, 3), ("ILR on solved", \.ilrOnSolved, 3), ("ILR on optimal", \.ilrOnOptimal, 3),
    ]
    let lengths: [(String, KeyPath<SetSummary, Double?> & Sendable, Int)] = [
      ("trace tokens", \.traceTokens, 1), ("\(terms.column) tokens", \.referenceTokens, 1),
      (terms.clauses, \.clauses, 1), ("expansions", \.expansions, 1),
      ("distinct correct", \.distinctCorrect, 2), ("sound % of correct", \.soundPercent, 1),
      ("legal % of correct", \.legalPercent, 1), ("cut %", \.truncatedPercent, 1),
    ]
    return shares + lengths
  }

  private static func space(_ count: Int) -> String { String(repeating: " ", count: max(0, count)) }

  private static func number(_ value: Double?) -> String { value?.formatted(decimals: 1) ?? "-" }
}
