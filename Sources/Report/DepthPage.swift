import Configuration
import ExpertIteration
import Plot
import Reading
import Text

/// A depth study as one page: a drawing of chain length by depth, drawings for each problem, and tables.
public struct DepthPage: Sendable {
  public let study: DepthStudy
  public let unit: LengthUnit

  /// `unit`: what the lengths of the study's traces are counted in.
  public init(study: DepthStudy, unit: LengthUnit = LengthUnit()) {
    self.study = study
    self.unit = unit
  }

  public var html: String {
    let title = "Chain length against depth"
    let content =
      element(
        "header", [], element("h1", [], Markup(title)), element("p", [("class", "note")], Markup(Self.note)))
      + drawings.map(drawn).joined() + table + references
    return document(title: "\(title) · shorten", content: content)
  }

  /// The drawings by name, the main one first.
  public var drawings: [NamedDrawing] {
    let problems = problems.map { name in
      Problem(name: name, cells: study.cells.filter { $0.problem == name })
    }
    return [lengths(problems)]
      + problems.enumerated().flatMap { [course($1, number: $0 + 1), accuracy($1, number: $0 + 1)] }
  }

  private struct Problem {
    let name: String
    let cells: [DepthStudy.Cell]
  }

  private func lengths(_ problems: [Problem]) -> NamedDrawing {
    let chart = LineChart(
      title: "Chain length against depth",
      description:
        "The shortest chain of expert iteration at about round 0's pass@1, in percent of the full chain.",
      x: Axis("layers"), y: Axis("% of the full chain", including: [0, 100]),
      series: problems.map { problem in
        LineChart.Series(problem.name, problem.cells.compactMap(Self.reached))
      } + problems.compactMap { bound(of: $0.name, $0.cells) })
    return NamedDrawing(name: "lengths", title: chart.title) { chart.drawing(width: $0) }
  }

  private static func reached(_ cell: DepthStudy.Cell) -> LineChart.Point? {
    guard let share = cell.reached?.share else { return nil }
    return LineChart.Point(
      x: Double(cell.depth), y: share.value, low: share.interval?.low, high: share.interval?.high)
  }

  private func accuracy(_ problem: Problem, number: Int) -> NamedDrawing {
    let chart = LineChart(
      title: "\(problem.name): right answers against depth",
      description:
        "pass@1 with no chain, with the chain as hints, of round 0, and of models taught each second "
        + "step only, each fourth, and so on.",
      x: Axis("layers"), y: Axis("% of samples", including: [0, 100]),
      series: [
        Self.series("no chain", problem.cells, \.base), Self.series("hints", problem.cells, \.hint),
        Self.series("round 0", problem.cells, \.chain),
      ] + Self.taught(problem.cells))
    return NamedDrawing(name: "accuracy-\(number)", title: chart.title) {
      chart.drawing(width: $0, height: 240)
    }
  }

  private func course(_ problem: Problem, number: Int) -> NamedDrawing {
    let chart = LineChart(
      title: "\(problem.name): right answers against chain length",
      description: "A point a round, from the right: what each further cut of the chain costs.",
      x: Axis("% of the full chain", including: [0, 100]), y: Axis("% of samples", including: [100]),
      series: problem.cells.map { cell in
        LineChart.Series(
          cell.depth == 1 ? "1 layer" : "\(cell.depth) layers",
          cell.course.map { LineChart.Point(x: $0.share, y: $0.optimalPercent) })
      })
    return NamedDrawing(name: "course-\(number)", title: chart.title) {
      chart.drawing(width: $0, height: 280)
    }
  }

  private static let note = """
    Each point is the shortest round of a run whose pass@1 is at most \
    \(DepthStudy.tolerance.fixed(decimals: 1)) points below round 0's, with its 95 % interval over \
    tasks; of several seeds the mean, and the interval from the lowest end to the highest. That training \
    found no shorter chain does not show that there is none.
    """

  /// The shortest possible chain of single steps as a level line; nil if the problem has no such bound.
  private func bound(of problem: String, _ cells: [DepthStudy.Cell]) -> LineChart.Series? {
    let lines = study.lines.filter { $0.problem == problem }
    guard let whole = lines.first(where: \.line.isReference), whole.tokens > 0,
      let bound = lines.first(where: \.line.isBound)
    else { return nil }
    // In the table a title may continue the line above it; here its last part stands alone.
    let title = bound.line.title.split(separator: ": ").last.map(String.init) ?? bound.line.title
    return LineChart.Series(
      "\(problem): \(title)",
      cells.map { LineChart.Point(x: Double($0.depth), y: 100 * bound.tokens / whole.tokens) },
      isReference: true)
  }

  private var problems: [String] {
    study.cells.map(\.problem).reduce(into: []) { if $0.last != $1 { $0.append($1) } }
  }

  /// A series for each stride that models were taught.
  private static func taught(_ cells: [DepthStudy.Cell]) -> [LineChart.Series] {
    Set(cells.flatMap { $0.strides.map(\.stride) }).sorted().map { stride in
      LineChart.Series(
        "one step in \(stride)",
        cells.compactMap { cell in
          cell.strides.first { $0.stride == stride }.map {
            .init(x: Double(cell.depth), y: $0.optimalPercent)
          }
        })
    }
  }

  private static func series(
    _ name: String, _ cells: [DepthStudy.Cell], _ value: KeyPath<DepthStudy.Cell, Double?>
  ) -> LineChart.Series {
    LineChart.Series(
      name, cells.compactMap { cell in cell[keyPath: value].map { .init(x: Double(cell.depth), y: $0) } })
  }

  private func drawn(_ drawing: NamedDrawing) -> Markup {
    element(
      "figure", [("class", "chart"), ("data-figure", drawing.name)],
      element("figcaption", [], element("b", [], Markup(drawing.title + "."))),
      element("div", [("class", "wide")], drawing.draw(880).inline),
      element("div", [("class", "narrow")], drawing.draw(360).inline))
  }

  private var table: Markup {
    let columns = [
      Table.Column("problem"), Table.Column("layers"), Table.Column("seeds"),
      Table.Column("no chain %", "pass@1 of models that answer at once"),
      Table.Column("hints %", "pass@1 of models that learnt the chain as labels of the prompt"),
      Table.Column("chain %", "pass@1 of round 0"),
      Table.Column("round 0", "its mean chain in \(unit.name), which skips as its references do"),
      Table.Column(unit.name, "mean chain of the shortest round"), Table.Column("of chain %"),
      Table.Column("at %", "pass@1 of that round"), Table.Column("sound %", "of its correct responses"),
      Table.Column("taught %", "pass@1 of models taught each second step only, each fourth, and so on"),
    ]
    let rows = study.cells.map { cell -> [Table.Cell] in
      func number(_ value: Double?) -> Table.Cell { .number(decimal(value), nil) }
      let share = cell.reached.map {
        estimate($0.share.value, $0.share.interval?.low, $0.share.interval?.high)
      }
      return [
        .text(cell.problem), .number(String(cell.depth), nil), .number(String(cell.seeds.count), nil),
        number(cell.base), number(cell.hint), number(cell.chain), number(cell.start),
        number(cell.reached?.tokens),
        .number(share, nil), number(cell.reached?.optimalPercent), number(cell.reached?.soundPercent),
        .number(cell.taught, nil),
      ]
    }
    return Table(caption: "By problem and depth", columns: columns, rows: rows).markup
  }

  private var references: Markup {
    Table(
      caption: "Reference lines, mean over the test tasks",
      columns: [Table.Column("problem"), Table.Column("line", isText: true), Table.Column(unit.name)],
      rows: study.lines.map { [.text($0.problem), .text($0.line.title), .number(decimal($0.tokens), nil)] }
    ).markup
  }
}
