import ExpertIteration

/// What the reference itself takes on the same tasks, under the table of rounds, with the newest accepted round beside
/// each line.
///
///     test tasks                               tokens  of the first    round 4 shorter %  below on %
///     A*, a coin per tie, mean of 64 runs        95.3          1.00    20.1 [19.3, 20.9]        98.4
///     shortest run of A* there is, exact         76.0          0.80       0.9 [0.1, 1.7]        51.0
enum ReferenceTable {
  static let legend = """
    Under it the reference lines: what the reference takes on the test tasks, in tokens and over the first \
    line; then the \
    newest accepted round against each on the tasks it solved optimally, and on how many of these its mean \
    trace is shorter than the line.
    """

  /// Nothing where the run has no such lines.
  static func lines(_ references: [ReferenceComparison]) -> [String] {
    guard !references.isEmpty else { return [] }
    let width = max(20, references.map(\.line.title.count).max() ?? 0)
    let round = references.compactMap(\.summary.round).first
    let model = round.map { ["round \($0) shorter %", "below on %"] } ?? []
    func row(_ title: String, _ cells: [String]) -> String {
      let space = String(repeating: " ", count: width - title.count)
      return title + space
        + zip(cells, widths).map { "  " + Quantities.aligned($0, $1) }.joined()
    }
    return [row("test tasks", ["tokens", "of the first"] + model)]
      + references.map { reference in
        let summary = reference.summary
        let cells = [summary.tokens.formatted(decimals: 1), number(summary.relative, 2)]
        let beside = [shorter(summary), number(summary.belowPercent, 1)]
        return row(reference.line.title, cells + (round == nil ? [] : beside))
      }
  }

  private static let widths = [8, 12, 19, 10]

  private static func shorter(_ summary: ReferenceSummary) -> String {
    let text = number(summary.shorterPercent, 1)
    guard summary.shorterPercent != nil, let low = summary.shorterPercentLow,
      let high = summary.shorterPercentHigh
    else { return text }
    return "\(text) [\(number(low, 1)), \(number(high, 1))]"
  }

  private static func number(_ value: Double?, _ decimals: Int) -> String {
    value?.formatted(decimals: decimals) ?? "-"
  }
}
