import ExpertIteration

/// Runs beside the first one.
///
///     run             method           seed  round  optimal %  points             tokens  shorter %          ...
///     runs/maze       expertIteration     1     10       84.2  -                    64.2  -
///     runs/continued  continued           1     10       78.0  -6.2 [-8.1, -4.4]    95.1  -48.0 [-50, -46]
enum ComparisonTable {
  static func lines(_ runs: [Comparison.ComparedRun], _ terms: DomainTerms) -> [String] {
    let header = header(terms)
    let rows = [header] + runs.enumerated().map { cells($1, isFirst: $0 == 0) }
    let widths = header.indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.map { row in
      var line = zip(row.indices, row).map { column, text in
        let space = String(repeating: " ", count: widths[column] - text.count)
        return leftAligned.contains(column) ? text + space : space + text
      }.joined(separator: "  ")
      while line.last == " " { line.removeLast() }
      return line
    }
  }

  private static func header(_ terms: DomainTerms) -> [String] {
    [
      "run", "method", "seed", "round", "tasks", "\(terms.optimal) %", "points", "tokens", "shorter %",
      "sound %", "legal %", "trained", "sampled", "time",
    ]
  }

  private static let leftAligned: Set<Int> = [0, 1, 6, 8]

  private static func cells(_ run: Comparison.ComparedRun, isFirst: Bool) -> [String] {
    [
      run.directory, run.method.rawValue, String(run.seed), String(run.round), Quantities.grouped(run.tasks),
      run.optimalPercent.formatted(decimals: 1), isFirst ? "-" : text(run.above), number(run.tokens),
      isFirst ? "-" : text(run.shorter), number(run.soundPercent), number(run.legalPercent),
      Quantities.short(Double(run.trainTokens)), Quantities.short(Double(run.sampledTokens)),
      Quantities.duration(Double(run.seconds)),
    ]
  }

  private static func number(_ value: Double?) -> String { value?.formatted(decimals: 1) ?? "-" }

  private static func text(_ estimate: Estimate?) -> String {
    guard let estimate else { return "-" }
    guard let interval = estimate.interval else { return number(estimate.value) }
    return "\(number(estimate.value)) [\(number(interval.low)), \(number(interval.high))]"
  }
}
