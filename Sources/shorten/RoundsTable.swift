import Configuration
import ExpertIteration
import Reading
import Text

/// The rounds as a table that grows by a line per round. The columns keep their widths, so lines printed
/// hours apart stay aligned.
///
///     round  optimal %   tokens  shorter %           sound %  ...
///         0  81.2 ±1.1     92.1  -                      97.8  ...
///         1  84.0 ±1.0     81.4  11.6 [10.2, 13.1]      96.2  ...
struct RoundsTable {
  private let table: TextTable
  private let columns: [Column]

  init(terms: DomainTerms, unit: LengthUnit = LengthUnit()) {
    columns = Self.columns(terms, unit)
    table = TextTable(columns: columns.map(\.heading))
  }

  var header: String { table.header }

  static let legend = """
    optimal %: of all test responses, correct and optimal (pass@1). tokens: mean trace length on the tasks \
    optimal in round 0 and in the round. shorter %: its change since round 0 with its 95 % interval. sound \
    %, legal %: of the correct responses. cut %: of all, stopped at the maximum length. improved: training \
    exercises with a shorter trace. kept: kept traces trained on. A* tokens, or those of another domain's \
    reference: its mean on the tasks the round solved optimally.
    """

  func row(_ round: RoundSummary) -> String {
    table.line(columns.map { $0.value(round) }) + Self.note(round)
  }

  private struct Column: Sendable {
    let heading: TextTable.Column
    let value: @Sendable (RoundSummary) -> String

    init(
      _ title: String, _ alignment: TextTable.Alignment = .right, width: Int,
      value: @escaping @Sendable (RoundSummary) -> String
    ) {
      heading = TextTable.Column(title, alignment, minimumWidth: width)
      self.value = value
    }
  }

  private static func columns(_ terms: DomainTerms, _ unit: LengthUnit) -> [Column] {
    [
      Column("round", width: 5) { String($0.round) },
      Column("\(terms.optimal) %", .left, width: 10) {
        margin($0.optimalPercent, $0.optimalPercentLow, $0.optimalPercentHigh)
      },
      Column(unit.name, width: 7) { $0.pairedTokens.fixedOrDash() },
      Column("shorter %", .left, width: 18) { round in
        guard round.round > 0 else { return "-" }
        return estimate(round.shorterPercent, round.shorterPercentLow, round.shorterPercentHigh)
      },
      Column("sound %", width: 7) { $0.soundPercent.fixedOrDash() },
      Column("legal %", width: 7) { $0.legalPercent.fixedOrDash() },
      Column("cut %", width: 5) { $0.truncatedPercent.fixedOrDash() },
      Column("improved", width: 8) { $0.round > 0 ? $0.improved.grouped : "-" },
      Column("kept", width: 7) { $0.round > 0 ? $0.kept.grouped : "-" },
      Column("\(terms.column) \(unit.name)", width: 9) { $0.referenceTraceTokens.fixedOrDash() },
      Column("time", width: 7) { clockTime(Double($0.seconds)) },
    ]
  }

  /// The state of a round that is not accepted.
  private static func note(_ round: RoundSummary) -> String {
    switch round.state {
    case .accepted: ""
    case .rejected: "  rejected"
    case .running(let phase): "  in \(phase.rawValue)"
    }
  }
}
