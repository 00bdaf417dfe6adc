import Configuration
import ExpertIteration
import Reading
import Text

/// Traces as text: what became of the reference's trace on a test task, and how the trace of one training
/// exercise changed from round to round.
struct TraceSections {
  let terms: DomainTerms
  let unit: LengthUnit
  let examples: [ExampleTask]
  let lineage: [RunFacts.Generation]

  /// The reference's trace compared with the newest round's, on the first example.
  var difference: Markup? {
    guard let task = examples.first, let old = task.responses.first, let new = task.responses.last,
      task.responses.count > 1
    else { return nil }
    let difference = Difference(from: old.pieces, to: new.pieces)
    let summary =
      "Exercise \(task.exercise), \(task.reason): from \(old.origin)'s trace "
      + "(\(unit.counted(old.verdict.traceLength))) "
      + "to that of \(new.origin) (\(unit.counted(new.verdict.traceLength))). Of \(old.origin)'s "
      + "\(terms.clauses) \(difference.keptCount) stand in the same order, "
      + "\(difference.removedCount) are gone; "
      + "\(difference.addedCount) are new or stand elsewhere."
    return element("p", [], Markup(summary)) + element("p", [("class", "note words")], Markup(task.prompt))
      + difference.markup
  }

  /// The most generations that are shown, the newest.
  private static let generations = 8

  /// The kept traces of one training exercise, from the reference's own to the newest.
  var history: Markup? {
    guard let newest = lineage.first?.ancestor else { return nil }
    let oldestFirst = Array(lineage.prefix(Self.generations).reversed())
    var content = element(
      "p", [],
      Markup(
        "Training exercise \(newest.exerciseID): the trace with the most ancestors, kept trace "
          + "\(newest.traceID). "
          + "Each is held against the one before it."))
    for (index, generation) in oldestFirst.enumerated() {
      let ancestor = generation.ancestor
      let source = Source(
        "lineage", "tokens", where: "trace_id = \(ancestor.traceID) AND generation = \(ancestor.generation)")
      let verdict = generation.isSound.map { isSound in
        generation.isLegal == true ? ", legal" : isSound ? ", sound, \(terms.illegal)" : ", unsound"
      }
      let sample = ancestor.attempt.map { ", sample \($0 + 1)" } ?? ""
      let head = element(
        "h3", [], Markup("\(generation.origin)\(sample): "), sourced(String(ancestor.tokens), source),
        Markup(" \(unit.name)\(verdict ?? "")"))
      let before = index == 0 ? generation.clauses : oldestFirst[index - 1].clauses
      content = content + head + Difference(from: before, to: generation.clauses).markup
    }
    return content
  }
}
