import Configuration
import ExpertIteration
import Plot
import Reading
import Text

/// One self-contained page about a run. It is a pure function of what was read of the run.
///
///     let reader = try RunReader("runs/maze")
///     let examples = try reader.examples(threads: 2)
///     let page = Page(facts: try reader.facts(withDigest: true), examples: .success(examples))
///     try page.html.write(toFile: "report.html", atomically: true, encoding: .utf8)
///
/// The page needs no network and no other file, and has a light, a dark and a printed form. The same rows
/// give the same bytes. All text from the run is escaped.
public struct Page: Sendable {
  public var facts: RunFacts
  public var examples: Result<[ExampleTask], ExamplesMissing>
  /// The run itself and the runs it is compared with; empty if there are none.
  public var comparison: [Comparison.ComparedRun]
  /// What lengths of traces are counted in.
  var unit: LengthUnit { facts.unit }
  /// The page reloads itself when the run has gone on.
  public var isLive: Bool

  public init(
    facts: RunFacts, examples: Result<[ExampleTask], ExamplesMissing>,
    comparison: [Comparison.ComparedRun] = [], isLive: Bool = false
  ) {
    self.facts = facts
    self.examples = examples
    self.comparison = comparison
    self.isLive = isLive
  }

  public var html: String {
    document(
      title: "\(facts.name) · shorten",
      content: header + navigation + sections.map(\.markup).joined(),
      script: Script.replay + (isLive ? Script.live : ""))
  }

  private struct Section {
    let id: String
    let title: String
    let content: Markup

    var markup: Markup {
      element("section", [("id", id)], element("h2", [], Markup(title)), content)
    }
  }

  private var header: Markup {
    let configuration = facts.configuration
    let planned = configuration.rounds.count
    let line =
      "\(facts.domain) · method \(configuration.method.rawValue), curation "
      + "\(configuration.rounds.curation.rawValue) · "
      + "\(counted(planned, "round")) planned · seed \(configuration.seed) · "
      + (facts.finishedReason ?? facts.state.rawValue)
    let headline = Headline(
      facts: facts, findings: facts.findings(beside: Array(comparison.dropFirst())))
    return element(
      "header", [], element("h1", [], Markup(facts.name)), element("p", [("class", "note")], Markup(line)))
      + headline.markup
  }

  private var navigation: Markup {
    let links = sections.map { element("a", [("href", "#\($0.id)")], Markup($0.title)) }
    return element("nav", [("aria-label", "sections")], links)
  }

  private var sections: [Section] {
    let tables = RunTables(facts: facts, unit: unit)
    let traces = TraceSections(
      terms: facts.terms, unit: unit, examples: (try? examples.get()) ?? [], lineage: facts.lineage)
    let all: [(String, String, Markup?)] = [
      ("rounds", "Rounds", facts.rounds.isEmpty ? nil : tables.rounds),
      ("length", "Length", joined([drawn("length", lengthNote), tables.references])),
      (
        "accuracy", "Accuracy",
        joined([
          drawn("accuracy"), drawn("tradeoff", tradeoffNote), drawn("budget", budgetNote),
          drawn("histograms"), drawn("strides", stridesNote),
        ])
      ),
      ("traces", "Are the traces true?", joined([drawn("validity", validityNote), drawn("failures")])),
      ("sets", "Sets of tasks", joined([drawn("sets"), facts.sets.isEmpty ? nil : tables.sets])),
      (
        "difficulty", "Difficulty",
        joined([
          drawn("difficulty-cost"), drawn("difficulty-length"), drawn("difficulty-accuracy"), difficulties,
        ])
      ),
      ("search", "The search, step by step", facts.last == nil ? nil : replay),
      ("chains", "Traces beside each other", facts.last == nil ? nil : chains),
      ("difference", "A trace, before and after", traces.difference),
      ("lineage", "Lineage of a trace", traces.history),
      (
        "comparison", "Beside other runs",
        ComparisonSection(terms: facts.terms, unit: unit, runs: comparison).markup
      ),
      ("reproduce", "Reproduce", ReproduceSection(facts: facts).markup),
    ]
    return all.compactMap { id, title, content in content.map { Section(id: id, title: title, content: $0) } }
  }

  private func joined(_ parts: [Markup?]) -> Markup? {
    let parts = parts.compactMap(\.self)
    return parts.isEmpty ? nil : parts.joined()
  }

  /// The drawing in two sizes. The style sheet shows the one that fits the page.
  private func drawn(_ name: String, _ note: String = "") -> Markup? {
    guard let drawing = facts.drawings(in: unit).first(where: { $0.name == name }) else { return nil }
    let caption = element(
      "figcaption", [], element("b", [], Markup(drawing.title + ".")), Markup(note.isEmpty ? "" : " \(note)"))
    return element(
      "figure", [("class", "chart"), ("data-figure", name)], caption,
      element("div", [("class", "wide")], drawing.draw(880).inline),
      element("div", [("class", "narrow")], drawing.draw(360).inline))
  }

  private var lengthNote: String {
    "Everything is measured on the tasks that the round \(facts.terms.solved). The band is the 95 % interval "
      + "of the paired change since round 0, laid around this mean. The vertical axis does not begin at zero."
  }

  private var tradeoffNote: String {
    "The numbers are rounds, the bars 95 % intervals; left and up is better. The axes do not begin at zero."
  }

  private var budgetNote: String {
    "Each point is a vote among one response more than at the point before it, the first is pass@1; left and "
      + "up is better. `shorten budget` prints the points."
  }

  private var stridesNote: String {
    "Of the sound traces that the round found and trained on: how many steps lie between an entry and the "
      + "next one, or the answer. A whole chain has strides of 1 alone."
  }

  private var validityNote: String {
    let luck = facts.chanceLevel.map { " \($0.sentence)" } ?? ""
    return "Sound: \(facts.terms.sound).\(luck) \(facts.terms.legality)"
  }

  /// The examples on boards, or why there are none.
  private var replay: Markup? {
    switch examples {
    case .failure(let missing): element("p", [("class", "missing")], Markup("No examples. \(missing)"))
    case .success(let tasks): ExampleSection(terms: facts.terms, unit: unit, examples: tasks).markup
    }
  }

  private var chains: Markup? {
    (try? examples.get()).flatMap { ChainSection(terms: facts.terms, unit: unit, examples: $0).markup }
  }

  private var difficulties: Markup? {
    guard let last = facts.last, !facts.difficulties.isEmpty else { return nil }
    let terms = facts.terms
    let titles = [
      "tasks", "\(terms.optimal) %, round 0", "\(terms.optimal) %, round \(last.round)", "paired tasks",
      "\(terms.column) \(unit.name)",
      "\(unit.name), round 0", "\(unit.name), round \(last.round)",
    ]
    let tables = facts.difficulties.map { difficulty in
      let name = difficulty.measure == .optimalCost ? terms.cost : "\(terms.reference)'s \(unit.name)"
      return Table(
        caption: "Test tasks by \(name)", columns: ([name] + titles).map { Table.Column($0) },
        rows: difficulty.bins.map { bin -> [Table.Cell] in
          func cell(_ value: String?, _ column: String) -> Table.Cell {
            let source = Source(
              difficulty.measure.rawValue, column, where: "difficulty_from = \(bin.from)")
            return .number(value, value == nil ? nil : source)
          }
          return [
            .text(bin.name), cell(bin.tasks.grouped, "tasks"),
            cell(decimal(bin.optimalPercentBefore), "optimal_pct_before"),
            cell(decimal(bin.optimalPercent), "optimal_pct"), cell(bin.pairs.grouped, "pairs"),
            cell(decimal(bin.referenceTokens), "reference_tokens"),
            cell(decimal(bin.tokensBefore), "tokens_before"), cell(decimal(bin.tokens), "tokens"),
          ]
        }
      ).markup
    }
    return tables.joined()
  }
}
