import ExpertIteration
import Plot

/// The drawings of a run, each by its name: what a page shows and `shorten plot` writes.
public struct RunFigure: Sendable {
  public let name: String
  public let title: String
  /// In pixels; under 560 for narrow pages.
  public let draw: @Sendable (_ width: Double) -> Figure
}

/// Makes them from the run's rows; one without data is left out.
struct RunFigures {
  let facts: RunFacts

  var all: [RunFigure] {
    [length, accuracy, tradeoff, histograms, strides, validity, failures, costs, lengths, costAccuracy, sets]
      .compactMap(\.self)
  }

  private var terms: DomainTerms { facts.terms }

  private var evaluated: [RoundSummary] { facts.rounds.filter { $0.optimalPercent != nil } }

  private func lines(
    _ name: String, _ title: String, _ description: String, x: Axis = Axis("round"), y: Axis,
    _ series: [LineChart.Series], height: Double = 320
  ) -> RunFigure? {
    let chart = LineChart(title: title, description: description, x: x, y: y, series: series)
    guard !chart.series.isEmpty else { return nil }
    return RunFigure(name: name, title: title) { chart.figure(width: $0, height: height) }
  }

  // MARK: - Length and accuracy

  private var length: RunFigure? {
    let model = evaluated.compactMap { round -> LineChart.Point? in
      guard let tokens = round.traceTokens else { return nil }
      var point = LineChart.Point(x: Double(round.round), y: tokens)
      if let shorter = round.shorterPercent, let low = round.shorterPercentLow,
        let high = round.shorterPercentHigh, shorter < 100
      {
        point.low = tokens * (100 - high) / (100 - shorter)
        point.high = tokens * (100 - low) / (100 - shorter)
      }
      return point
    }
    let references = facts.references.filter { $0.summary.tokens > 0 || $0.line.isBound }.map { reference in
      LineChart.Series(
        Self.short(reference.line),
        facts.againstReferences.filter { $0.name == reference.summary.name }.map {
          LineChart.Point(x: Double($0.round), y: $0.referenceTokens)
        }, isReference: true)
    }
    return lines(
      "length", "Trace length against round",
      "Mean trace of the model and of the reference lines, on the tasks that the round \(terms.solved).",
      y: Axis("tokens a trace"), [LineChart.Series("the model", model)] + references, height: 400)
  }

  /// A title that fits beside a drawing: the line's phrase where its title is long and that is not.
  private static func short(_ line: ReferenceLine) -> String {
    let title = short(line.title)
    return title.count > 40 && line.phrase.count < title.count ? line.phrase : title
  }

  /// Without what stands after its last comma where that is long: the number of runs.
  static func short(_ title: String) -> String {
    guard title.count > 30, let comma = title.lastIndex(of: ",") else { return title }
    return String(title[..<comma])
  }

  private var accuracy: RunFigure? {
    let optimal = evaluated.map {
      LineChart.Point(
        x: Double($0.round), y: $0.optimalPercent ?? 0, low: $0.optimalPercentLow, high: $0.optimalPercentHigh
      )
    }
    func points(_ share: KeyPath<RoundSummary, Double?>) -> [LineChart.Point] {
      evaluated.compactMap { round in
        round[keyPath: share].map { LineChart.Point(x: Double(round.round), y: $0) }
      }
    }
    return lines(
      "accuracy", "Right answers against round",
      "Share of samples that are \(terms.optimal), with its 95 % interval"
        + (terms.hasOptimality ? ", and that are correct." : "."),
      y: Axis("% of samples"),
      [LineChart.Series("\(terms.optimal) (pass@1)", optimal)]
        + (terms.hasOptimality ? [LineChart.Series("correct", points(\.solvedPercent))] : []))
  }

  private var tradeoff: RunFigure? {
    let points = evaluated.compactMap { round -> PathChart.Point? in
      guard let tokens = round.traceTokens, let optimal = round.optimalPercent else { return nil }
      return PathChart.Point(
        name: String(round.round), x: tokens, y: optimal, low: round.optimalPercentLow,
        high: round.optimalPercentHigh)
    }
    guard !points.isEmpty else { return nil }
    let last = facts.last?.round ?? 0
    let lines = facts.references.map(\.line).filter(\.isLandmark)
    let marks = facts.againstReferences.filter { $0.round == last }.compactMap { row in
      lines.first { $0.name == row.name }.map {
        PathChart.Mark(name: Self.short($0), x: row.referenceTokens)
      }
    }
    let chart = PathChart(
      title: "Accuracy against length",
      description: "Each round's pass@1 with its 95 % interval over its mean trace; left and up is better.",
      x: Axis("tokens a trace, on the tasks \(terms.solved)"), y: Axis("\(terms.optimal) samples, %"),
      points: points, marks: marks)
    return RunFigure(name: "tradeoff", title: chart.title) { chart.figure(width: $0) }
  }

  private var histograms: RunFigure? {
    let rounds = [nil] + evaluated.map { Optional($0.round) }
    let panels = rounds.map { round -> HistogramGrid.Panel in
      let bins = facts.histogram.filter { $0.round == round }.map {
        HistogramGrid.Bin(from: Double($0.from), to: Double($0.to + 1), count: $0.exercises)
      }
      let mean =
        round.map { number in facts.rounds.first { $0.round == number }?.traceTokens }
        ?? facts.references.first { $0.line.isReference }?.summary.tokens
      return HistogramGrid.Panel(
        name: round.map { "round \($0)" } ?? terms.column, bins: bins, mean: mean,
        isReference: round == nil)
    }
    let chart = HistogramGrid(
      title: "Trace lengths by round",
      description:
        "Test tasks by their mean \(terms.optimal) trace, in steps of ten tokens, and \(terms.reference)'s above.",
      x: Axis("tokens a trace"), panels: panels)
    guard !chart.panels.isEmpty else { return nil }
    return RunFigure(name: "histograms", title: chart.title) { chart.figure(width: $0) }
  }

  private var strides: RunFigure? {
    let rounds = Set(facts.strides.map(\.round)).sorted()
    let panels = rounds.map { round -> HistogramGrid.Panel in
      let counts = facts.strides.filter { $0.round == round }
      let all = counts.reduce(0) { $0 + $1.count }
      let steps = counts.reduce(0) { $0 + $1.count * $1.stride }
      return HistogramGrid.Panel(
        name: "round \(round)",
        bins: counts.map {
          HistogramGrid.Bin(from: Double($0.stride) - 0.5, to: Double($0.stride) + 0.5, count: $0.count)
        }, mean: Double(steps) / Double(all))
    }
    let chart = HistogramGrid(
      title: "Strides by round",
      description:
        "Steps that the traces kept in a round go at once, from an entry to the next or to the answer.",
      x: Axis("steps at once"), panels: panels)
    guard !chart.panels.isEmpty else { return nil }
    return RunFigure(name: "strides", title: chart.title) { chart.figure(width: $0) }
  }

  // MARK: - Traces and failures

  private var validity: RunFigure? {
    func points(_ share: KeyPath<RoundSummary, Double?>) -> [LineChart.Point] {
      evaluated.compactMap { round in
        round[keyPath: share].map { LineChart.Point(x: Double(round.round), y: $0) }
      }
    }
    return lines(
      "validity", "True traces against round",
      "Of the correct samples, those whose every \(terms.clause) is true, and those that are \(terms.legal).",
      y: Axis("% of correct samples", including: [0, 100]),
      [
        LineChart.Series("sound", points(\.soundPercent)), LineChart.Series("legal", points(\.legalPercent)),
      ])
  }

  private var failures: RunFigure? {
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
        "Test samples without \(terms.hasOptimality ? "an optimal" : "a right") answer by their first fault, in round 0 and the newest accepted.",
      x: Axis("% of samples"), series: rounds.map { "round \($0)" },
      rows: reasons.map { reason in
        BarChart.Row(name: Self.words(reason), values: rounds.map { value(reason, $0) ?? 0 })
      }, decimals: 2)
    return RunFigure(name: "failures", title: chart.title) { chart.figure(width: $0) }
  }

  /// `planEntersWall` is "plan enters wall".
  static func words(_ name: String) -> String {
    name.reduce(into: "") { $0 += $1.isUppercase ? " \($1.lowercased())" : String($1) }
  }

  // MARK: - Difficulty and sets

  private var costs: RunFigure? { difficulty(.optimalCost, "difficulty-cost", terms.costInUnits) }

  private var lengths: RunFigure? {
    difficulty(.referenceTokens, "difficulty-length", "\(terms.reference)'s mean trace in tokens")
  }

  private func difficulty(_ measure: DifficultyMeasure, _ name: String, _ label: String) -> RunFigure? {
    guard let last = facts.last, let found = facts.difficulties.first(where: { $0.measure == measure }) else {
      return nil
    }
    let reference = facts.references.first { $0.line.isReference }.map { Self.short($0.line) }
    return lines(
      name, "Trace length against \(label)",
      "Mean trace of the tasks \(terms.solved) in both rounds, by \(label).",
      x: Axis(label, names: found.bins.map(\.name)), y: Axis("tokens a trace", including: [0]),
      [
        found.series("round 0", \.tokensBefore), found.series("round \(last.round)", \.tokens),
        found.series(reference ?? terms.reference, \.referenceTokens, isReference: true),
      ])
  }

  private var costAccuracy: RunFigure? {
    guard let last = facts.last, let found = facts.difficulties.first(where: { $0.measure == .optimalCost })
    else { return nil }
    return lines(
      "difficulty-accuracy", "Right answers against \(terms.costInUnits)",
      "Share of samples that are \(terms.optimal), by "
        + (terms.hasOptimality ? "the cost of the cheapest answer." : "\(terms.costInUnits)."),
      x: Axis(terms.costInUnits, names: found.bins.map(\.name)),
      y: Axis("\(terms.optimal) samples, %", including: [0, 100]),
      [
        found.series("round 0", \.optimalPercentBefore),
        found.series("round \(last.round)", \.optimalPercent),
      ])
  }

  private var sets: RunFigure? {
    let names = (facts.sets.contains { $0.setName == "test" } ? ["test"] : []) + facts.otherSets
    guard names.count > 1 else { return nil }
    return lines(
      "sets", "Right answers on other sets", "pass@1 of each evaluated set against round.",
      y: Axis("\(terms.optimal) samples, %", including: [0, 100]),
      names.map { name in
        LineChart.Series(
          name,
          facts.sets.filter { $0.setName == name }.compactMap { row in
            row.optimalPercent.map { LineChart.Point(x: Double(row.round), y: $0) }
          })
      })
  }
}

extension RunFacts.Difficulty {
  /// A value of the bins, numbered from 0.
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
  /// `10–13`.
  var name: String { from == to ? String(from) : "\(from)–\(to)" }
}

extension RunFacts {
  /// The drawings that this run has data for, in the order of the page.
  public var figures: [RunFigure] { RunFigures(facts: self).all }
}
