import Configuration
import ExpertIteration
import Reading
import Text

/// Runs compared with the first one.
///
///     run             method           seed  round  optimal %  points             tokens  ...
///     runs/maze       expertIteration     1     10       84.2  -                    64.2  ...
///     runs/continued  continued           1     10       78.0  -6.2 [-8.1, -4.4]    95.1  ...
enum ComparisonTable {
  static func lines(
    _ runs: [Comparison.ComparedRun], _ terms: DomainTerms, unit: LengthUnit = LengthUnit()
  ) -> [String] {
    TextTable(columns: columns(terms, unit), rows: runs.enumerated().map { cells($1, isFirst: $0 == 0) })
      .lines
  }

  private static func columns(_ terms: DomainTerms, _ unit: LengthUnit) -> [TextTable.Column] {
    [
      .init("run", .left), .init("method", .left), .init("seed"), .init("round"), .init("tasks"),
      .init("\(terms.optimal) %"), .init("points", .left), .init(unit.name), .init("shorter %", .left),
      .init("sound %"), .init("legal %"), .init("trained"), .init("sampled"), .init("time"),
    ]
  }

  private static func cells(_ run: Comparison.ComparedRun, isFirst: Bool) -> [String] {
    [
      run.directory, run.method.rawValue, String(run.seed), String(run.round), run.tasks.grouped,
      run.optimalPercent.fixed(decimals: 1), isFirst ? "-" : text(run.above), run.tokens.fixedOrDash(),
      isFirst ? "-" : text(run.shorter), run.soundPercent.fixedOrDash(), run.legalPercent.fixedOrDash(),
      Double(run.trainTokens).abbreviated, Double(run.sampledTokens).abbreviated,
      clockTime(Double(run.seconds)),
    ]
  }

  private static func text(_ value: Estimate?) -> String {
    estimate(value?.value, value?.interval?.low, value?.interval?.high)
  }
}
