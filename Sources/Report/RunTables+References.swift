import Configuration
import ExpertIteration
import Reading
import Text

extension RunTables {
  /// The reference lines, compared with the newest accepted round. nil if the run has none.
  var references: Markup? {
    guard !facts.references.isEmpty else { return nil }
    let round = facts.references.compactMap(\.summary.round).first
    let rows = facts.references.map { cells($0, round: round) }
    let columns = [
      Table.Column("reference line"), Table.Column(unit.name, "mean over the test tasks"),
      Table.Column("of the first"),
    ]
    let compared = [
      Table.Column("round \(round ?? 0) shorter %", "on the tasks it \(terms.solved)"),
      Table.Column("below on %", "of these tasks: the round's mean trace is shorter than the line"),
    ]
    return Table(
      caption: "What the same tasks take without a model", columns: columns + (round == nil ? [] : compared),
      rows: rows
    ).markup
  }

  private func cells(_ reference: ReferenceComparison, round: Int?) -> [Table.Cell] {
    let summary = reference.summary
    let own = "name = '\(summary.name)'"
    let cells: [Table.Cell] = [
      .text(reference.line.title),
      .number(decimal(summary.tokens), Source("reference_summary", "tokens", where: own)),
      .number(
        decimal(summary.relative, 3),
        summary.relative.map { _ in Source("reference_summary", "relative", where: own) }),
    ]
    guard let round else { return cells }
    let condition = "round = \(round) AND \(own)"
    let below = summary.belowPercent.map { _ in Source("against_references", "below_pct", where: condition) }
    return cells + [shorter(summary, condition), .number(decimal(summary.belowPercent), below)]
  }

  private func shorter(_ summary: ReferenceSummary, _ condition: String) -> Table.Cell {
    func source(_ column: String) -> Source { Source("against_references", column, where: condition) }
    guard let value = summary.shorterPercent else { return .number(nil, nil) }
    guard let low = summary.shorterPercentLow, let high = summary.shorterPercentHigh else {
      return .number(decimal(value), source("shorter_pct"))
    }
    func part(_ value: Double, _ column: String) -> Markup {
      sourced(value.fixed(decimals: 1), source(column))
    }
    return .interval(
      part(value, "shorter_pct")
        + element(
          "span", [("class", "ends")], " [", part(low, "shorter_pct_low"), ", ",
          part(high, "shorter_pct_high"), "]"))
  }
}
