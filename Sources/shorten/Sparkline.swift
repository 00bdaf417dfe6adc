import Configuration
import ExpertIteration
import Reading
import Text

/// Three measures of the accepted rounds, each as a line of small bars between its least and greatest value.
///
///     tokens     ▇▆▆▅▄▃▂▁  95.0 -> 63.1
///     optimal %  ▁▂▄▅▅▆▇▇  69.6 -> 87.2
enum Sparkline {
  /// A line for each measure that two rounds have; empty before that.
  static func lines(
    _ rounds: [RoundSummary], _ terms: DomainTerms, unit: LengthUnit = LengthUnit()
  ) -> [String] {
    let accepted = rounds.filter { $0.state == .accepted }
    let rows = [
      (unit.name, accepted.map(\.pairedTokens)), ("\(terms.optimal) %", accepted.map(\.optimalPercent)),
      ("sound %", accepted.map(\.soundPercent)),
    ]
    let shown = rows.compactMap { title, values -> [String]? in
      let known = values.compactMap(\.self)
      guard known.count > 1, let first = known.first, let last = known.last else { return nil }
      return [title, bars(values), "\(first.fixed(decimals: 1)) -> \(last.fixed(decimals: 1))"]
    }
    let columns: [TextTable.Column] = [.init("", .left, minimumWidth: 9), .init("", .left), .init("", .left)]
    return TextTable(columns: columns, rows: shown).lines
  }

  /// A bar for each value, a space for a missing one.
  static func bars(_ values: [Double?]) -> String {
    let known = values.compactMap(\.self)
    guard let low = known.min(), let high = known.max() else { return "" }
    return String(
      values.map { value in
        guard let value else { return " " }
        let share = high > low ? (value - low) / (high - low) : 0.5
        return heights[min(heights.count - 1, Int(share * Double(heights.count)))]
      })
  }

  private static let heights: [Character] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇"]
}
