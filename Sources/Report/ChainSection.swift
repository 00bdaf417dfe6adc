import Configuration
import ExpertIteration
import Reading
import Text

/// Traces of the reference, of round 0 and of the newest round side by side, entry by entry. Used for domains
/// without a board.
struct ChainSection {
  let terms: DomainTerms
  let unit: LengthUnit
  let examples: [ExampleTask]

  /// nil if no example has entries.
  var markup: Markup? {
    let shown = examples.filter { task in
      !task.responses.isEmpty && task.responses.allSatisfy { $0.entries != nil }
    }
    guard !shown.isEmpty else { return nil }
    return shown.map(task).joined()
      + legend(hasDiagram: shown.contains { $0.diagram != nil })
  }

  private func task(_ task: ExampleTask) -> Markup {
    element(
      "div", [("class", "task")], element("h3", [], "Exercise \(task.exercise): \(task.reason)"),
      element("p", [("class", "note words")], Markup(task.prompt)),
      element("p", [("class", "note")], Markup(task.note(in: terms, unit))),
      element("div", [("class", "boards")], task.responses.map { response($0, of: task) }))
  }

  private func response(_ response: ExampleTask.Response, of task: ExampleTask) -> Markup {
    let reference = task.responses[0].entries ?? []
    let entries = response.entries ?? []
    let strip = ChainStrip(entries, along: reference)
    let noun = entries.count == 1 ? terms.clause : terms.clauses
    var notes = [
      "\(unit.counted(response.verdict.traceLength)) in \(entries.count.grouped) \(noun); "
        + "\(response.verdict.sentence(in: terms))."
    ]
    if response != task.responses[0] {
      notes.append(
        "\(strip.count(.kept).grouped) of \(reference.count.grouped) stand as in \(terms.reference).")
    }
    let untrue = strip.count(.untrue)
    if untrue > 0 { notes.append("\(untrue.grouped) untrue (✕).") }
    let drawing = task.diagram.map {
      DiagramDrawing(diagram: $0, states: strip.states, label: "\(response.origin): \(notes[0])").markup
    }
    return element(
      "figure", [("class", "response")],
      element("figcaption", [], element("b", [], Markup(response.origin)), Markup(response.sampleText)),
      drawing ?? "", strip.markup,
      element("p", [("class", "note words")], Markup("Answer: \(response.answer)")),
      element("p", [("class", "note")], Markup(notes.joined(separator: " "))))
  }

  private func legend(hasDiagram: Bool) -> Markup {
    let items = [
      ("kept", "as in \(terms.reference)"), ("skipped", "− left out"),
      ("added", "+ new, or in another place"),
      ("untrue", "✕ untrue"),
    ]
    let drawn = hasDiagram ? [("plain", "not in \(terms.reference)"), ("output", "the answer")] : []
    return element(
      "ul", [("class", "legend")],
      (items + drawn).map { name, text in element("li", [("class", name)], Markup(text)) })
  }
}

extension ExampleTask {
  /// The optimal cost, if tasks have one, and the lengths of the reference lines that are landmarks.
  func note(in terms: DomainTerms, _ unit: LengthUnit) -> String {
    let lines = references.filter(\.line.isLandmark)
      .map { "\($0.line.title): \($0.tokens.fixed(decimals: 1)) \(unit.name)" }
    let cost = optimalCost.map { ["\(terms.cost.capitalizedFirst) \($0)"] } ?? []
    return (cost + lines).joined(separator: " · ")
  }
}

extension ExampleTask.Response {
  /// `, sample 2 of 8`; empty for the reference.
  var sampleText: String { sample.map { ", sample \($0 + 1) of \(samples ?? 0)" } ?? "" }
}
