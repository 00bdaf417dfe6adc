import ExpertIteration

/// The rounds as a table that grows by a line per round: the columns keep their widths, so lines printed
/// hours apart stay aligned.
///
///     round  optimal %   tokens  shorter %           sound %  ...
///         0  81.2 ±1.1     92.1  -                      97.8  ...
///         1  84.0 ±1.0     81.4  11.6 [10.2, 13.1]      96.2  ...
struct RoundsTable {
  let terms: DomainTerms

  var header: String { line(columns.map(\.title)) }

  static let legend = """
    optimal %: of all test responses, correct and optimal (pass@1). tokens: mean trace length on the tasks \
    optimal in round 0 and in the round. shorter %: its change since round 0 with its 95 % interval. sound %, \
    legal %: of the correct responses. cut %: of all, stopped at the maximum length. improved: training \
    exercises with a shorter trace. kept: kept traces trained on. A* tokens, or those of another domain's \
    reference: its mean on the tasks the round solved optimally.
    """

  func row(_ round: RoundSummary) -> String {
    line(columns.map { $0.value(round) }) + Self.note(round)
  }

  private struct Column: Sendable {
    let title: String
    let width: Int
    var isLeftAligned = false
    let value: @Sendable (RoundSummary) -> String
  }

  private var columns: [Column] {
    [
      Column(title: "round", width: 5) { String($0.round) },
      Column(title: "\(terms.optimal) %", width: 10, isLeftAligned: true) { round in
        guard let optimal = round.optimalPercent else { return "-" }
        guard let low = round.optimalPercentLow, let high = round.optimalPercentHigh else {
          return Self.number(optimal)
        }
        return Self.number(optimal) + " ±" + ((high - low) / 2).formatted(decimals: 1)
      },
      Column(title: "tokens", width: 7) { Self.number($0.pairedTokens) },
      Column(title: "shorter %", width: 18, isLeftAligned: true) { round in
        guard round.round > 0, let shorter = round.shorterPercent else { return "-" }
        guard let low = round.shorterPercentLow, let high = round.shorterPercentHigh else {
          return Self.number(shorter)
        }
        return "\(Self.number(shorter)) [\(Self.number(low)), \(Self.number(high))]"
      },
      Column(title: "sound %", width: 7) { Self.number($0.soundPercent) },
      Column(title: "legal %", width: 7) { Self.number($0.legalPercent) },
      Column(title: "cut %", width: 5) { Self.number($0.truncatedPercent) },
      Column(title: "improved", width: 8) { $0.round > 0 ? Quantities.grouped($0.improved) : "-" },
      Column(title: "kept", width: 7) { $0.round > 0 ? Quantities.grouped($0.kept) : "-" },
      Column(title: "\(terms.column) tokens", width: max(9, terms.column.count + 7)) {
        Self.number($0.referenceTraceTokens)
      },
      Column(title: "time", width: 7) { Quantities.duration(Double($0.seconds)) },
    ]
  }

  private static func number(_ value: Double?) -> String { value?.formatted(decimals: 1) ?? "-" }

  /// What a round that is not accepted is.
  private static func note(_ round: RoundSummary) -> String {
    switch round.state {
    case "accepted": ""
    case "rejected": "  rejected"
    default: "  in \(round.state)"
    }
  }

  private func line(_ cells: [String]) -> String {
    zip(columns, cells).map { column, cell in
      let space = String(repeating: " ", count: max(0, column.width - cell.count))
      return column.isLeftAligned ? cell + space : space + cell
    }.joined(separator: "  ")
  }
}
