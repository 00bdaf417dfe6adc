import Configuration
import ExpertIteration
import Reading
import Text

/// Everything that determines the run, and how to check it: seeds, hashes, commands, queries.
struct ReproduceSection {
  let facts: RunFacts

  private var file: String { "\(facts.name).json" }

  private var place: String { "runs/\(facts.name)".shellQuoted }

  var markup: Markup {
    let steps = [
      "# the configuration below as \(file)",
      "shorten run --config \(file.shellQuoted) --run-directory \(place)",
      "shorten digest \(place)" + (facts.digest.map { "    # \($0)" } ?? ""),
    ]
    return element("pre", [], element("code", [], Markup(steps.joined(separator: "\n")))) + identity
      + weights
      + element(
        "details", [("open", "")], element("summary", [], "Configuration, every default written out"),
        element("pre", [], element("code", [], Markup(facts.configuration.resolvedJSON()))))
      + element(
        "details", [("open", "")], element("summary", [], "The queries behind the figures"),
        element("pre", [], element("code", [], queries.joined(separator: "\n"))))
  }

  private var identity: Markup {
    let rows = [
      ("seed", String(facts.configuration.seed)), ("method", facts.configuration.method.rawValue),
      ("curation", facts.configuration.rounds.curation.rawValue), ("domain", facts.domain),
      ("shorten", facts.codeVersion), ("begun", facts.createdAt),
      ("configuration, SHA-256", facts.configurationSHA256), ("learner", facts.learner),
      ("learner, SHA-256", facts.learnerSHA256), ("lengths are in", facts.unit.name),
      ("promise", facts.promise.rawValue),
      ("digest of the run", facts.digest ?? "not computed; shorten digest prints it"),
    ]
    let items = rows.flatMap { name, value in
      [element("dt", [], Markup(name)), element("dd", [], element("code", [], Markup(value)))]
    }
    return element("dl", [("class", "facts")], items)
      + element(
        "p", [("class", "note")],
        facts.promise == .reproducible
          ? "Equal configurations and seeds give equal digests on one build and architecture, "
            + "however often a "
            + "run was interrupted and whatever the number of threads."
          : Markup("What this run promises: \(facts.promise.sentence)."))
  }

  private var weights: Markup {
    Table(
      caption: "Training sets and weights",
      columns: ["round", "training set, SHA-256", "checkpoint", "checkpoint, SHA-256"].map {
        Table.Column($0, isText: true)
      },
      rows: facts.origins.map { origin in
        [
          .text(String(origin.round)), .markup(hash(origin.trainSetSHA256)),
          .text(origin.checkpoint ?? "–"), .markup(hash(origin.checkpointSHA256)),
        ]
      }
    ).markup
  }

  /// A digest that the style sheet shortens. It is whole in a copy and in print.
  private func hash(_ digest: String?) -> Markup {
    guard let digest else { return "–" }
    return element("code", [("class", "hash")], Markup(digest))
  }

  /// The queries as a person types them. A query that is no view has a name, and the numbers from it refer to
  /// that.
  private var queries: [Markup] {
    let views = [
      "rounds_summary", "reference_summary", "against_references", "evaluation_summary", "length_histogram",
      "failures_by_reason where source <> 'sample'",
    ]
    let lines = views.map { Markup("sqlite3 -header -column shorten.db \"select * from \($0)\"") }
    let lineage = facts.lineage.first.map {
      Markup(
        "sqlite3 -header -column shorten.db \"select * from lineage where trace_id = \($0.ancestor.traceID)\""
      )
    }
    let difficulty = facts.difficulties.map {
      "sqlite3 -header -column shorten.db \"\n"
        + element("span", [("data-query", $0.measure.rawValue)], Markup($0.query)) + "\""
    }
    return lines + [lineage].compactMap(\.self) + difficulty
  }
}
