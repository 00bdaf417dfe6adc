import Configuration
import ExpertIteration
import Plot
import Reading
import Text

/// The drawings of a run, made from its rows. A drawing without data is left out.
struct RunDrawings {
  let facts: RunFacts
  let unit: LengthUnit

  var all: [NamedDrawing] {
    [
      length, accuracy, tradeoff, budget, histograms, strides, validity, failures, costs, lengths,
      costAccuracy, sets,
    ].compactMap(\.self)
  }

  var terms: DomainTerms { facts.terms }

  var evaluated: [RoundSummary] { facts.rounds.filter { $0.optimalPercent != nil } }

  /// A share of each evaluated round against its number.
  func points(_ share: KeyPath<RoundSummary, Double?>) -> [LineChart.Point] {
    evaluated.compactMap { round in
      round[keyPath: share].map { LineChart.Point(x: Double(round.round), y: $0) }
    }
  }

  /// nil if the chart has no series with data.
  func lines(_ name: String, _ chart: LineChart, height: Double = 320) -> NamedDrawing? {
    guard !chart.series.isEmpty else { return nil }
    return NamedDrawing(name: name, title: chart.title) { chart.drawing(width: $0, height: height) }
  }

  private var length: NamedDrawing? {
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
      "length",
      LineChart(
        title: "Trace length against round",
        description:
          "Mean trace of the model and of the reference lines, on the tasks that the round \(terms.solved).",
        x: Axis("round"), y: Axis("\(unit.name) a trace"),
        series: [LineChart.Series("the model", model)] + references), height: 400)
  }

  /// A name that fits beside a drawing: the title, or the phrase if the title is long and the phrase is
  /// shorter.
  static func short(_ line: ReferenceLine) -> String {
    let title = short(line.title)
    return title.count > 40 && line.phrase.count < title.count ? line.phrase : title
  }

  /// A long title without the words after its last comma, the number of runs.
  static func short(_ title: String) -> String {
    guard title.count > 30, let comma = title.lastIndex(of: ",") else { return title }
    return String(title[..<comma])
  }

  private var accuracy: NamedDrawing? {
    let optimal = evaluated.map {
      LineChart.Point(
        x: Double($0.round), y: $0.optimalPercent ?? 0, low: $0.optimalPercentLow, high: $0.optimalPercentHigh
      )
    }
    return lines(
      "accuracy",
      LineChart(
        title: "Right answers against round",
        description: "Share of samples that are \(terms.optimal), with its 95 % interval"
          + (terms.hasOptimality ? ", and that are correct." : "."),
        x: Axis("round"), y: Axis("% of samples"),
        series: [LineChart.Series("\(terms.optimal) (pass@1)", optimal)]
          + (terms.hasOptimality ? [LineChart.Series("correct", points(\.solvedPercent))] : [])))
  }

  private var tradeoff: NamedDrawing? {
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
      x: Axis("\(unit.name) a trace, on the tasks \(terms.solved)"), y: Axis("\(terms.optimal) samples, %"),
      points: points, marks: marks)
    return NamedDrawing(name: "tradeoff", title: chart.title) { chart.drawing(width: $0) }
  }

  /// Rows of an older version have no votes, and no drawing.
  private var budget: NamedDrawing? {
    let series = Set(facts.budgets.map(\.round)).sorted().map { round in
      LineChart.Series(
        "round \(round)",
        facts.budgets.filter { $0.round == round }.compactMap { budget in
          budget.majorityPercent.map {
            LineChart.Point(x: budget.tokens, y: $0.value, low: $0.interval?.low, high: $0.interval?.high)
          }
        })
    }
    return lines(
      "budget",
      LineChart(
        title: "Accuracy against the tokens spent",
        description: "A vote among 1, 2, 3 and more responses to a task: how often the most frequent answer "
          + "is \(terms.optimal), with its 95 % interval, over what the responses hold together.",
        x: Axis("\(unit.name) a task"), y: Axis("% of tasks"), series: series))
  }

  private var histograms: NamedDrawing? {
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
        "Test tasks by their mean \(terms.optimal) trace, in steps of ten \(unit.name), and "
        + "\(terms.reference)'s above.",
      x: Axis("\(unit.name) a trace"), panels: panels)
    guard !chart.panels.isEmpty else { return nil }
    return NamedDrawing(name: "histograms", title: chart.title) { chart.drawing(width: $0) }
  }

  private var strides: NamedDrawing? {
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
    return NamedDrawing(name: "strides", title: chart.title) { chart.drawing(width: $0) }
  }
}

extension RunFacts {
  /// The drawings that this run has data for, in the order of the page.
  public func drawings(in unit: LengthUnit = LengthUnit()) -> [NamedDrawing] {
    RunDrawings(facts: self, unit: unit).all
  }
}
