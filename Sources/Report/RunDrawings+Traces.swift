import Configuration
import ExpertIteration
import Plot
import Reading
import Text

extension RunDrawings {
  var validity: NamedDrawing? {
    return lines(
      "validity",
      LineChart(
        title: "True traces against round",
        description:
          "Of the correct samples, those whose every \(terms.clause) is true, and those that are "
          + "\(terms.legal).",
        x: Axis("round"), y: Axis("% of correct samples", including: [0, 100]),
        series: [
          LineChart.Series("sound", points(\.soundPercent)),
          LineChart.Series("legal", points(\.legalPercent)),
        ]))
  }

  var failures: NamedDrawing? {
    guard let last = facts.last?.round else { return nil }
    let rounds = last > 0 ? [0, last] : [0]
    let rows = facts.failures.filter { $0.source == "test" && rounds.contains($0.round) }
    func value(_ reason: String, _ round: Int) -> Double? {
      rows.first { $0.reason == reason && $0.round == round }?.percent
    }
    let reasons = Set(rows.map(\.reason)).sorted { one, other in
      let (first, second) = (value(one, last) ?? 0, value(other, last) ?? 0)
      return first == second ? one < other : first > second
    }
    guard !reasons.isEmpty else { return nil }
    let chart = BarChart(
      title: "Failures by reason",
      description:
        "Test samples without \(terms.hasOptimality ? "an optimal" : "a right") answer by their first fault, "
        + "in round 0 and the newest accepted.",
      x: Axis("% of samples"), series: rounds.map { "round \($0)" },
      rows: reasons.map { reason in
        BarChart.Row(name: Self.words(reason), values: rounds.map { value(reason, $0) ?? 0 })
      }, decimals: 2)
    return NamedDrawing(name: "failures", title: chart.title) { chart.drawing(width: $0) }
  }

  /// The name of a fault in words: `planEntersWall` is "plan enters wall".
  static func words(_ name: String) -> String {
    name.reduce(into: "") { $0 += $1.isUppercase ? " \($1.lowercased())" : String($1) }
  }
}
