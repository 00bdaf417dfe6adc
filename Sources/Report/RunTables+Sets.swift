import Configuration
import ExpertIteration
import Reading
import Text

extension RunTables {
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
        title: "majority %", meaning: "tasks whose most frequent answer is \(terms.optimal)",
        column: "majority_optimal_pct", decimals: 1, value: \.majorityOptimalPercent),
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
