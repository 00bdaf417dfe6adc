import Configuration
import ExpertIteration
import Reading
import Text

/// The reference lines on the test tasks, each compared with the newest accepted round. Printed under the
/// table of rounds.
///
///     test tasks                               tokens  of the first    round 4 shorter %  below on %
///     A*, a coin per tie, mean of 64 runs        95.3          1.00    20.1 [19.3, 20.9]        98.4
///     shortest run of A* there is, exact         76.0          0.80       0.9 [0.1, 1.7]        51.0
enum ReferenceTable {
  static let legend = """
    Under it the reference lines: what the reference takes on the test tasks, in tokens and over the first \
    line; then the newest accepted round against each on the tasks it solved optimally, and on how many of \
    these its mean trace is shorter than the line.
    """

  /// Empty if the run has no reference lines.
  static func lines(_ references: [ReferenceComparison], unit: LengthUnit = LengthUnit()) -> [String] {
    guard !references.isEmpty else { return [] }
    let round = references.compactMap(\.summary.round).first
    let columns: [TextTable.Column] = [
      .init("test tasks", .left, minimumWidth: 20), .init(unit.name, minimumWidth: 8),
      .init("of the first", minimumWidth: 12),
    ]
    let model: [TextTable.Column] = [
      .init("round \(round ?? 0) shorter %", minimumWidth: 19), .init("below on %", minimumWidth: 10),
    ]
    let rows = references.map { reference in
      let summary = reference.summary
      let own = [
        reference.line.title, summary.tokens.fixed(decimals: 1), summary.relative.fixedOrDash(decimals: 2),
      ]
      let compared = [
        estimate(summary.shorterPercent, summary.shorterPercentLow, summary.shorterPercentHigh),
        summary.belowPercent.fixedOrDash(),
      ]
      return own + (round == nil ? [] : compared)
    }
    return TextTable(columns: columns + (round == nil ? [] : model), rows: rows).lines
  }
}
