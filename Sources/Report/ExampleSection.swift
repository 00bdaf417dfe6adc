import Configuration
import ExpertIteration
import Reading
import Text

/// The searches of the reference, of round 0 and of the newest round side by side on boards, step by step.
struct ExampleSection {
  let terms: DomainTerms
  let unit: LengthUnit
  let examples: [ExampleTask]

  /// The most steps of all examples together, about a megabyte of the page.
  private static let limit = 20_000

  /// The first tasks whose responses can all be replayed, up to the limit of steps.
  private var shown: [ExampleTask] {
    var steps = 0
    return examples.filter { task in task.responses.allSatisfy { $0.replay != nil } }.prefix { task in
      steps += task.responses.reduce(0) { $0 + ($1.replay?.steps.count ?? 0) }
      return steps <= Self.limit
    }.map(\.self)
  }

  var markup: Markup? {
    guard !shown.isEmpty else { return nil }
    let tasks = shown.enumerated().map(task)
    return element(
      "div",
      [("id", "replay"), ("tabindex", "0"), ("role", "group"), ("aria-label", "search, step by step")],
      controls, tasks.joined(), legend(shown.lazy.compactMap(\.board).first),
      element("script", [("type", "application/json"), ("id", "replay-data")], Markup(raw: data)))
  }

  /// Hidden until the script makes them work.
  private var controls: Markup {
    let options = shown.enumerated().map { index, task in
      element("option", [("value", "\(index)")], "exercise \(task.exercise): \(task.reason)")
    }
    func button(_ id: String, _ text: String, _ label: String) -> Markup {
      element("button", [("type", "button"), ("id", id), ("aria-label", label)], Markup(text))
    }
    return element(
      "div", [("class", "controls"), ("hidden", "")],
      element("label", [], "Task ", element("select", [("id", "replay-task")], options)),
      element(
        "div", [("class", "transport")], button("replay-back", "‹", "one step back"),
        button("replay-play", "Play", "play or pause"), button("replay-forward", "›", "one step forward"),
        element(
          "input",
          [
            ("type", "range"), ("id", "replay-slider"), ("min", "0"), ("max", "0"), ("value", "0"),
            ("aria-label", "step"),
          ]),
        element("output", [("id", "replay-step"), ("for", "replay-slider")], "")),
      element(
        "p", [("class", "note")], "Keys: ← → a step, Page Up and Page Down ten, Home and End, space plays."))
  }

  private func task(_ index: Int, _ task: ExampleTask) -> Markup {
    return element(
      "div", [("class", "task"), ("data-task", "\(index)")],
      element("h3", [], "Exercise \(task.exercise): \(task.reason)"),
      element("p", [("class", "note")], Markup(task.note(in: terms, unit))),
      element("div", [("class", "boards")], task.responses.map(response)))
  }

  private func response(_ response: ExampleTask.Response) -> Markup {
    guard let replay = response.replay else { return "" }
    let clauses = replay.clauses.count
    let noun = clauses == 1 ? terms.clause : terms.clauses
    let untrue = replay.steps.count { if case .untrue = $0.flaw { true } else { false } }
    let illegal = replay.steps.firstIndex { if case .illegal = $0.flaw { true } else { false } }
    let verdict = response.verdict
    var notes = [
      "\(unit.counted(verdict.traceLength)) in \(clauses.grouped) \(noun); "
        + "\(verdict.sentence(in: terms))."
    ]
    if untrue > 0 { notes.append("\(counted(untrue, "untrue step")) (✕).") }
    if let illegal { notes.append("\(terms.illegal.capitalizedFirst) from step \(illegal + 1) on (≠).") }
    return element(
      "figure", [("class", "response")],
      element("figcaption", [], element("b", [], Markup(response.origin)), Markup(response.sampleText)),
      BoardDrawing(replay: replay, label: "\(response.origin): \(notes[0])").markup,
      element("p", [("class", "now"), ("aria-live", "off")], ""),
      element("p", [("class", "note")], Markup(notes.joined(separator: " "))))
  }

  private func legend(_ board: Replay.Board?) -> Markup {
    let pieces = board?.pieces.map {
      [("piece", $0.name), ("target", $0.targetName), ("mover", $0.moverName)]
    }
    let items =
      (pieces ?? []) + [
        ("open", "open: created"), ("closed", "closed: expanded"), ("now", "this step"), ("plan", "plan"),
        ("untrue", "✕ untrue step"), ("illegal", "≠ first step that \(terms.reference) could not take"),
      ]
    return element(
      "ul", [("class", "legend")], items.map { name, text in element("li", [("class", name)], Markup(text)) })
  }

  // MARK: - Data for the script

  /// `[{"runs": [[["create", 12, "create 2 1 c0 c3", 0, "", [3]], ...], ...]}, ...]`. A step is its action,
  /// its cell, its text, its flaw (0 none, 1 untrue, 2 illegal), the reason of the flaw, and the cells of the
  /// pieces. The last three are left out if there is no flaw and no piece.
  private var data: String {
    let tasks = shown.map { task in
      let runs = task.responses.compactMap(\.replay).map { replay in
        "[" + replay.steps.map(Self.json).joined(separator: ",") + "]"
      }
      return "{\"runs\":[\(runs.joined(separator: ","))]}"
    }
    return "[" + tasks.joined(separator: ",") + "]"
  }

  private static func json(_ step: Replay.Step) -> String {
    let (flaw, reason) =
      switch step.flaw {
      case nil: (0, "")
      case .untrue(let reason): (1, reason)
      case .illegal(let reason): (2, reason)
      }
    let start = "[\(quoted(step.action.rawValue)),\(step.cell ?? -1),\(quoted(step.text))"
    guard let pieces = step.pieces else { return start + (flaw == 0 ? "]" : ",\(flaw),\(quoted(reason))]") }
    return start + ",\(flaw),\(quoted(reason)),[\(pieces.map(String.init).joined(separator: ","))]]"
  }

  /// The text in JSON that is safe inside a script element.
  static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "<", "\u{2028}", "\u{2029}", "\0"..<" ":
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}

extension ExampleTask {
  fileprivate var board: Replay.Board? { responses.first?.replay?.board }
}
