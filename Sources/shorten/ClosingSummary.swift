import Configuration
import ExpertIteration
import Reading
import Text

/// What a finished run says last: the result compared with round 0, where everything is, what to do next.
struct ClosingSummary {
  let terms: DomainTerms
  var unit = LengthUnit()
  let rounds: [RoundSummary]
  let references: [ReferenceComparison]
  var sets: [SetSummary] = []
  /// Why the run is finished.
  let reason: String
  let directory: String
  /// The path of the report; nil if none was written.
  let report: String?
  /// How a person calls this program.
  let program: String

  var lines: [String] {
    let word = directory.shellQuoted
    let tables = [
      Sparkline.lines(rounds, terms, unit: unit), ReferenceTable.lines(references, unit: unit),
      SetsTable(terms: terms, unit: unit).lines(sets, round: last?.round),
    ]
    var lines = tables.filter { !$0.isEmpty }.flatMap { [""] + $0 }
    lines += ["", "Finished: \(reason)."]
    if let result { lines.append(result) }
    lines += [""] + (report.map { ["  report    \($0)"] } ?? [])
    return lines + [
      "  database  \(directory)/shorten.db", "  next      \(program) rounds \(word)",
      "            \(program) show \(word) 1",
      "            sqlite3 \("\(directory)/shorten.db".shellQuoted) 'select * from rounds_summary'",
    ]
  }

  /// The newest accepted round.
  private var last: RoundSummary? { rounds.last { $0.state == .accepted } }

  /// The newest accepted round compared with round 0, better or worse; nil if there is nothing to compare.
  private var result: String? {
    guard let first = rounds.first, let last, last.round > 0, let shorter = last.shorterPercent,
      let before = first.optimalPercent, let now = last.optimalPercent
    else { return nil }
    let (sign, word) = shorter < 0 ? (-1.0, "longer") : (1.0, "shorter")
    func percent(_ value: Double) -> String { (sign * value).fixed(decimals: 1) }
    var text = "Round \(last.round) against round 0 on test tasks: traces \(percent(shorter)) % \(word)"
    if let low = last.shorterPercentLow, let high = last.shorterPercentHigh {
      let (from, to) = sign < 0 ? (high, low) : (low, high)
      text += " (95 % interval \(percent(from)) to \(percent(to)))"
    }
    return text + ", \(terms.optimal) answers \(before.fixed(decimals: 1)) % -> \(now.fixed(decimals: 1)) %."
  }
}
