import Configuration
import ExpertIteration
import Reading
import Text

/// The tables of a run: rounds, reference lines, evaluated sets.
struct RunTables {
  let facts: RunFacts
  let unit: LengthUnit

  var terms: DomainTerms { facts.terms }

  /// A column of the table of rounds, with the column of the view that it prints.
  private struct RoundColumn: Sendable {
    let title: String
    let meaning: String
    let column: String
    /// True if round 0 has no such number.
    var isChange = false
    var hasInterval = false
    let value: @Sendable (RoundSummary) -> String?
  }

  var rounds: Markup {
    let columns = roundColumns
    let rows = facts.rounds.map { round -> [Table.Cell] in
      let state =
        switch round.state {
        case .accepted: ""
        case .rejected: " rejected"
        case .running(let phase): " in \(phase.rawValue)"
        }
      return [.text("\(round.round)\(state)")] + columns.map { cell($0, round) }
    }
    return Table(
      caption: "Test tasks; 95 % intervals in brackets",
      columns: [Table.Column("round")] + columns.map { Table.Column($0.title, $0.meaning) }, rows: rows
    ).markup
  }

  private func cell(_ column: RoundColumn, _ round: RoundSummary) -> Table.Cell {
    guard !column.isChange || round.round > 0, let value = column.value(round) else {
      return .number(nil, nil)
    }
    let source = Headline.round(column.column, round.round)
    guard column.hasInterval else { return .number(value, source) }
    let (low, high) =
      column.isChange
      ? (round.shorterPercentLow, round.shorterPercentHigh)
      : (round.optimalPercentLow, round.optimalPercentHigh)
    guard let low, let high else { return .number(value, source) }
    let ends = [(low, "_low"), (high, "_high")].map { end, suffix in
      sourced(end.fixed(decimals: 1), Headline.round(column.column + suffix, round.round))
    }
    return .interval(
      sourced(value, source)
        + element("span", [("class", "ends")], " [", ends[0], ", ", ends[1], "]"))
  }

  private var roundColumns: [RoundColumn] {
    [
      RoundColumn(
        title: "\(terms.optimal) %",
        meaning: terms.hasOptimality
          ? "samples that are correct and optimal, pass@1" : "of the samples, pass@1",
        column: "optimal_pct",
        hasInterval: true
      ) { decimal($0.optimalPercent) },
      RoundColumn(
        title: unit.name, meaning: "mean trace length on the tasks \(terms.optimal) in round 0 and here",
        column: "paired_tokens"
      ) { decimal($0.pairedTokens) },
      RoundColumn(
        title: "shorter %", meaning: "than round 0 on the same tasks", column: "shorter_pct", isChange: true,
        hasInterval: true
      ) { decimal($0.shorterPercent) },
      RoundColumn(
        title: "sound %", meaning: "of the correct samples: \(terms.sound)", column: "sound_pct"
      ) { decimal($0.soundPercent) },
      RoundColumn(
        title: "legal %", meaning: "of the correct samples: \(terms.legal)", column: "legal_pct"
      ) { decimal($0.legalPercent) },
      RoundColumn(
        title: "cut %", meaning: "of all samples: stopped at the length limit", column: "truncated_pct"
      ) { decimal($0.truncatedPercent) },
      RoundColumn(
        title: "improved", meaning: "training exercises with a shorter trace", column: "improved",
        isChange: true
      ) { $0.improved.grouped },
      RoundColumn(title: "kept", meaning: "kept traces trained on", column: "kept", isChange: true) {
        $0.kept.grouped
      },
      RoundColumn(
        title: "\(terms.column) \(unit.name)",
        meaning: "\(terms.reference)'s mean on the tasks the round solved",
        column: "reference_trace_tokens"
      ) { decimal($0.referenceTraceTokens) },
      RoundColumn(title: "time", meaning: "hours, minutes, seconds", column: "seconds") {
        clockTime(Double($0.seconds))
      },
    ]
  }
}
