import Configuration
import ExpertIteration
import Reading
import Text

/// Other runs compared with this one on the test tasks they share.
struct ComparisonSection {
  let terms: DomainTerms
  let unit: LengthUnit
  let runs: [Comparison.ComparedRun]

  var markup: Markup? {
    guard runs.count > 1 else { return nil }
    let titles = [
      "run", "method", "seed", "round", "tasks", "\(terms.optimal) %", "points", "interval", unit.name,
      "shorter %",
      "interval", "sound %", "legal %", "trained", "sampled", "time",
    ]
    let rows = runs.enumerated().map { index, run in cells(run, isFirst: index == 0) }
    let table = Table(
      caption: "Beside the first run, on shared test tasks",
      columns: titles.map { Table.Column($0, isText: ["run", "method"].contains($0)) },
      rows: rows)
    return table.markup
      + element(
        "p", [("class", "note")],
        Markup(
          "points: \(terms.optimal) % above the first run's. shorter %: than the first run's traces on the "
            + "tasks both solve\(terms.hasOptimality ? " optimally" : ""). Intervals are 95 % bootstrap "
            + "intervals over tasks. trained, sampled: tokens up to that round.")
      )
  }

  private func cells(_ run: Comparison.ComparedRun, isFirst: Bool) -> [Table.Cell] {
    func number(_ value: Double?) -> Table.Cell { .number(decimal(value), nil) }
    func interval(_ estimate: Estimate?) -> Table.Cell {
      let text = estimate?.interval.map {
        "\($0.low.fixed(decimals: 1)) to \($0.high.fixed(decimals: 1))"
      }
      return .number(isFirst ? nil : text, nil)
    }
    return [
      .text(Self.name(run.directory)), .text(run.method.rawValue), .number(String(run.seed), nil),
      .number(String(run.round), nil), .number(run.tasks.grouped, nil), number(run.optimalPercent),
      number(isFirst ? nil : run.above.value), interval(run.above), number(run.tokens),
      number(isFirst ? nil : run.shorter?.value), interval(run.shorter), number(run.soundPercent),
      number(run.legalPercent), .number(run.trainTokens.grouped, nil),
      .number(run.sampledTokens.grouped, nil),
      .number(clockTime(Double(run.seconds)), nil),
    ]
  }

  /// The last part of the run's directory, so that the page shows no path of the machine.
  private static func name(_ directory: String) -> String {
    directory.split(separator: "/").last.map(String.init) ?? directory
  }
}
