import ExpertIteration
import Text

/// The tables of a run: rounds, reference lines, evaluated sets.
struct RunTables {
  let facts: RunFacts
  let unit: LengthUnit

  private var terms: DomainTerms { facts.terms }

  /// A column of the table of rounds with the view's columns that it prints.
  private struct RoundColumn: Sendable {
    let title: String
    let meaning: String
    let column: String
    /// Of the figures after round 0 alone.
    var isChange = false
    var hasInterval = false
    let value: @Sendable (RoundSummary) -> String?
  }

  var rounds: Markup {
    let columns = roundColumns
    let rows = facts.rounds.map { round -> [Table.Cell] in
      let state = ["accepted": "", "rejected": " rejected"][round.state] ?? " in \(round.state)"
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

  /// nothing where the run has no reference lines.
  var references: Markup? {
    guard !facts.references.isEmpty else { return nil }
    let round = facts.references.compactMap(\.summary.round).first
    let rows = facts.references.map { reference -> [Table.Cell] in
      let summary = reference.summary
      let own = "name = '\(summary.name)'"
      var cells: [Table.Cell] = [
        .text(reference.line.title),
        .number(decimal(summary.tokens), Source("reference_summary", "tokens", where: own)),
        .number(
          decimal(summary.relative, 3),
          summary.relative.map { _ in Source("reference_summary", "relative", where: own) }),
      ]
      if let round {
        let beside = "round = \(round) AND \(own)"
        func cell(_ value: Double?, _ column: String) -> Table.Cell {
          .number(decimal(value), value.map { _ in Source("against_references", column, where: beside) })
        }
        func shorter() -> Table.Cell {
          guard let value = summary.shorterPercent, let low = summary.shorterPercentLow,
            let high = summary.shorterPercentHigh
          else { return cell(summary.shorterPercent, "shorter_pct") }
          func part(_ value: Double, _ column: String) -> Markup {
            sourced(value.fixed(decimals: 1), Source("against_references", column, where: beside))
          }
          return .interval(
            part(value, "shorter_pct")
              + element(
                "span", [("class", "ends")], " [", part(low, "shorter_pct_low"), ", ",
                part(high, "shorter_pct_high"), "]"))
        }
        cells += [shorter(), cell(summary.belowPercent, "below_pct")]
      }
      return cells
    }
    let columns =
      [
        Table.Column("reference line"), Table.Column(unit.name, "mean over the test tasks"),
        Table.Column("of the first"),
      ]
      + (round.map {
        [
          Table.Column("round \($0) shorter %", "on the tasks it \(terms.solved)"),
          Table.Column("below on %", "of these tasks: the round's mean trace is shorter than the line"),
        ]
      } ?? [])
    return Table(caption: "What the same tasks take without a model", columns: columns, rows: rows).markup
  }

  /// A table for each set, the test set first.
  var sets: Markup {
    let names = (facts.sets.contains { $0.setName == "test" } ? ["test"] : []) + facts.otherSets
    return names.map(set).joined()
  }

  private func set(_ name: String) -> Markup {
    let rows = facts.sets.filter { $0.setName == name }
    let condition = "set_name = '\(name.replacing("'", with: "''"))'"
    let columns = setColumns
    let samples = rows.first?.samples ?? 0
    let tasks = rows.first?.tasks ?? 0
    return Table(
      caption: "Set \(name): \(counted(tasks, "task")), \(counted(samples, "sample")) each",
      columns: [Table.Column("round")] + columns.map { Table.Column($0.title, $0.meaning) },
      rows: rows.map { row in
        [.text(String(row.round))]
          + columns.map { column in
            let value = decimal(column.value(row), column.decimals)
            let source = Source(
              "evaluation_summary", column.column, where: "round = \(row.round) AND \(condition)")
            return .number(value, value == nil ? nil : source)
          }
      }
    ).markup
  }

  private struct SetColumn: Sendable {
    let title: String
    let meaning: String
    let column: String
    let decimals: Int
    let value: @Sendable (SetSummary) -> Double?
  }

  private var setColumns: [SetColumn] {
    let all = [
      SetColumn(
        title: "\(terms.optimal) %", meaning: "pass@1", column: "optimal_pct", decimals: 1,
        value: \.optimalPercent),
      SetColumn(
        title: "solved %", meaning: "correct, optimal or not", column: "solved_pct", decimals: 1,
        value: \.solvedPercent),
      SetColumn(
        title: "any \(terms.optimal) %",
        meaning: terms.hasOptimality ? "tasks with an optimal sample" : "tasks with a correct sample",
        column: "any_optimal_pct", decimals: 1,
        value: \.anyOptimalPercent),
      SetColumn(
        title: unit.name, meaning: "mean trace on tasks \(terms.solved)", column: "trace_tokens", decimals: 1,
        value: \.traceTokens),
      SetColumn(
        title: "shorter %", meaning: "than round 0 on the tasks \(terms.optimal) in both",
        column: "shorter_pct",
        decimals: 1,
        value: \.shorterPercent),
      SetColumn(
        title: "\(terms.column) \(unit.name)", meaning: "\(terms.reference)'s mean on the same tasks",
        column: "reference_tokens", decimals: 1,
        value: \.referenceTokens),
      SetColumn(
        title: terms.clauses, meaning: "written, on tasks \(terms.solved)", column: "clauses", decimals: 1,
        value: \.clauses),
      SetColumn(
        title: "expansions", meaning: "\(terms.expansions ?? "") among them", column: "expansions",
        decimals: 1,
        value: \.expansions),
      SetColumn(title: "SWC", meaning: "success weighted by cost", column: "swc", decimals: 3, value: \.swc),
      SetColumn(
        title: "ILR solved", meaning: "\(terms.reference)'s length over the model's, 0 where unsolved",
        column: "ilr_on_solved",
        decimals: 3, value: \.ilrOnSolved),
      SetColumn(
        title: "ILR optimal", meaning: "the same on optimal samples", column: "ilr_on_optimal", decimals: 3,
        value: \.ilrOnOptimal),
      SetColumn(
        title: "distinct", meaning: "different correct responses a task", column: "distinct_correct",
        decimals: 2, value: \.distinctCorrect),
      SetColumn(
        title: "sound %", meaning: "of the correct samples", column: "sound_pct", decimals: 1,
        value: \.soundPercent),
      SetColumn(
        title: "legal %", meaning: "of the correct samples", column: "legal_pct", decimals: 1,
        value: \.legalPercent),
      SetColumn(
        title: "cut %", meaning: "of all samples", column: "truncated_pct", decimals: 1,
        value: \.truncatedPercent),
    ]
    // Where every right answer is optimal these say what others do, or nothing.
    let repeated = ["solved_pct", "swc", "ilr_on_optimal"]
    return all.filter { column in
      (terms.hasOptimality || !repeated.contains(column.column))
        && (terms.expansions != nil || column.column != "expansions")
    }
  }
}
