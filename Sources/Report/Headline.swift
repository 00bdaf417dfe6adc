import Configuration
import ExpertIteration
import Reading
import Text

/// The result of the run in one sentence, with every number's baseline, and below it, in the same size, what
/// went wrong.
struct Headline {
  let facts: RunFacts
  let findings: [Finding]

  var markup: Markup {
    guard let sentence else {
      return element(
        "section", [("id", "headline"), ("class", "headline")],
        element(
          "p", [], Markup(facts.rounds.isEmpty ? "No round has begun." : "No round has been evaluated yet.")))
    }
    let list = findings.map { finding in
      element(
        "li", [("class", finding.weight == .fault ? "fault" : "limit")],
        element("b", [], finding.weight == .fault ? "Went wrong: " : "Limit: "),
        Markup(Self.bound(finding.text)))
    }
    return element(
      "section", [("id", "headline"), ("class", "headline")],
      element("p", [("class", "sentence")], sentence), element("ul", [], list))
  }

  /// nil if no accepted round is evaluated yet.
  private var sentence: Markup? {
    guard let first = facts.first, let last = facts.last else { return nil }
    guard last.round > 0 else {
      return "Round 0 solves "
        + sourced(Self.bound("\(decimal(last.optimalPercent) ?? "–") %"), Self.round("optimal_pct", 0))
        + " of the test samples\(facts.terms.hasOptimality ? " optimally" : "") (pass@1). "
        + "No later round is accepted yet."
    }
    guard let shorter = last.shorterPercent else {
      return "No trace lengths can be compared with round 0's. " + accuracy(first, last)
    }
    return length(last, shorter) + references(last) + accuracy(first, last)
  }

  private func length(_ last: RoundSummary, _ shorter: Double) -> Markup {
    let word = shorter < 0 ? "longer" : "shorter"
    var text =
      Markup("After round \(last.round) the traces are ")
      + sourced(
        Self.bound("\(abs(shorter).fixed(decimals: 1)) %"), Self.round("shorter_pct", last.round))
      + Markup(
        " \(word) than in round 0, paired on \(counted(facts.pairs, "test task")) "
          + "\(facts.terms.solved) in both"
      )
    if let low = last.shorterPercentLow, let high = last.shorterPercentHigh {
      text =
        text + Markup(Self.bound(" (95 % interval "))
        + sourced(low.fixed(decimals: 1), Self.round("shorter_pct_low", last.round)) + " to "
        + sourced(high.fixed(decimals: 1), Self.round("shorter_pct_high", last.round)) + ")"
    }
    return text
  }

  /// The lengths compared with the reference's mean, and with the shortest trace it can have.
  private func references(_ last: RoundSummary) -> Markup {
    let lines = facts.references.map(\.line)
    let landmarks = lines.filter(\.isReference) + lines.filter(\.isBound)
    let parts = landmarks.map { ($0.name, $0.phrase) }.compactMap { name, title -> Markup? in
      let row = facts.againstReferences.first { $0.round == last.round && $0.name == name }
      guard let shorter = row?.shorterPercent else { return nil }
      let source = Source(
        "against_references", "shorter_pct", where: "round = \(last.round) AND name = '\(name)'")
      return sourced(Self.bound("\(abs(shorter).fixed(decimals: 1)) %"), source)
        + Markup(" \(shorter < 0 ? "longer" : "shorter") than \(title)")
    }
    guard let end = parts.last else { return ". " }
    let first = parts.dropLast().map { ", " + $0 }.joined()
    return first + (parts.count > 1 ? " and " : ", and ") + end + " on the tasks it solves. "
  }

  private func accuracy(_ first: RoundSummary, _ last: RoundSummary) -> Markup {
    guard let before = first.optimalPercent, let now = last.optimalPercent else { return "" }
    return Markup("\(facts.terms.hasOptimality ? "Optimal" : "Right") answers (pass@1): ")
      + sourced(Self.bound("\(before.fixed(decimals: 1)) %"), Self.round("optimal_pct", 0)) + " → "
      + sourced(Self.bound("\(now.fixed(decimals: 1)) %"), Self.round("optimal_pct", last.round)) + "."
  }

  /// The text with its percent signs on the line of their numbers.
  private static func bound(_ text: String) -> String { text.replacing(" %", with: "\u{A0}%") }

  /// The place of a round's number.
  static func round(_ column: String, _ round: Int) -> Source {
    Source("rounds_summary", column, where: "round = \(round)")
  }
}
