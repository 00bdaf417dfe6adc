import Configuration
import ExpertIteration
import Plot
import Reading
import Text

extension RunDrawings {
  var costs: NamedDrawing? { difficulty(.optimalCost, "difficulty-cost", terms.costInUnits) }

  var lengths: NamedDrawing? {
    difficulty(.referenceTokens, "difficulty-length", "\(terms.reference)'s mean trace in \(unit.name)")
  }

  private func difficulty(_ measure: DifficultyMeasure, _ name: String, _ label: String) -> NamedDrawing? {
    guard let last = facts.last, let found = facts.difficulties.first(where: { $0.measure == measure }) else {
      return nil
    }
    let reference = facts.references.first { $0.line.isReference }.map { Self.short($0.line) }
    return lines(
      name,
      LineChart(
        title: "Trace length against \(label)",
        description: "Mean trace of the tasks \(terms.solved) in both rounds, by \(label).",
        x: Axis(label, names: found.bins.map(\.name)), y: Axis("\(unit.name) a trace", including: [0]),
        series: [
          found.series("round 0", \.tokensBefore), found.series("round \(last.round)", \.tokens),
          found.series(reference ?? terms.reference, \.referenceTokens, isReference: true),
        ]))
  }

  var costAccuracy: NamedDrawing? {
    guard let last = facts.last, let found = facts.difficulties.first(where: { $0.measure == .optimalCost })
    else { return nil }
    return lines(
      "difficulty-accuracy",
      LineChart(
        title: "Right answers against \(terms.costInUnits)",
        description: "Share of samples that are \(terms.optimal), by "
          + (terms.hasOptimality ? "the cost of the cheapest answer." : "\(terms.costInUnits)."),
        x: Axis(terms.costInUnits, names: found.bins.map(\.name)),
        y: Axis("\(terms.optimal) samples, %", including: [0, 100]),
        series: [
          found.series("round 0", \.optimalPercentBefore),
          found.series("round \(last.round)", \.optimalPercent),
        ]))
  }

  var sets: NamedDrawing? {
    let names = (facts.sets.contains { $0.setName == "test" } ? ["test"] : []) + facts.otherSets
    guard names.count > 1 else { return nil }
    return lines(
      "sets",
      LineChart(
        title: "Right answers on other sets",
        description: "pass@1 of each evaluated set against round.",
        x: Axis("round"), y: Axis("\(terms.optimal) samples, %", including: [0, 100]),
        series: names.map { name in
          LineChart.Series(
            name,
            facts.sets.filter { $0.setName == name }.compactMap { row in
              row.optimalPercent.map { LineChart.Point(x: Double(row.round), y: $0) }
            })
        }))
  }
}

extension RunFacts.Difficulty {
  /// A value of each bin against the bin's number, from 0.
  fileprivate func series(
    _ name: String, _ value: KeyPath<DifficultyBin, Double?>, isReference: Bool = false
  ) -> LineChart.Series {
    LineChart.Series(
      name,
      bins.enumerated().compactMap { index, bin in
        bin[keyPath: value].map { LineChart.Point(x: Double(index), y: $0) }
      }, isReference: isReference)
  }
}

extension DifficultyBin {
  /// The range of the bin: `10–13`.
  var name: String { from == to ? String(from) : "\(from)–\(to)" }
}
