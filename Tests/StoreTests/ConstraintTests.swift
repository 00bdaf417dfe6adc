import Testing

@testable import Store

/// Every rule of the schema refuses its bad row, and says which rule it was.
@Suite struct ConstraintTests {
  let scratch: Scratch
  let store: RunStore

  init() throws {
    scratch = try Scratch()
    store = try scratch.store()
    try Scenario.all(store)
  }

  /// SQL that breaks one rule, and a part of the refusal. The rows are right but for that.
  static let refused: [(sql: String, rule: String)] = [
    ("UPDATE runs SET id = 2", "a database holds one run"),
    ("UPDATE runs SET name = ''", "name <> ''"),
    ("UPDATE runs SET name = NULL", "runs.name"),
    ("UPDATE runs SET seed = '-1'", "seed"),
    ("UPDATE runs SET configuration_sha256 = 'abc'", "configuration_sha256"),
    ("UPDATE runs SET learner_sha256 = upper(learner_sha256)", "learner_sha256"),
    ("UPDATE runs SET created_at = '1 March 2025'", "created_at"),
    ("UPDATE runs SET finished_reason = ''", "finished_reason"),
    ("UPDATE runs SET keeps_longer = 2", "keeps_longer"),
    ("UPDATE runs SET learner = ''", "learner <> ''"),
    ("UPDATE runs SET length_unit = ''", "length_unit <> ''"),
    ("UPDATE runs SET promise = 'kept'", "promise IN"),
    ("INSERT INTO attempts VALUES (1, 0, 'b', 'h', '\(noon)', '\(noon)', NULL, NULL)", "pid > 0"),
    (
      "INSERT INTO attempts VALUES (1, 1, 'b', 'h', '\(noon)', '\(noon)', '\(noon)', NULL)",
      "ended_at IS NULL"
    ),
    ("INSERT INTO attempts VALUES (1, 1, 'b', 'h', 'now', '\(noon)', NULL, NULL)", "started_at"),
    ("UPDATE rounds SET state = 'resting' WHERE round = 2", "state IN"),
    ("UPDATE rounds SET parent_checkpoint = NULL WHERE round = 2", "round 0 alone has no parent"),
    ("UPDATE rounds SET parent_checkpoint = 77 WHERE round = 2", "FOREIGN KEY"),
    ("UPDATE rounds SET state = 'accepted', ended_at = '\(noon)' WHERE round = 2", "has a checkpoint"),
    (
      "UPDATE rounds SET state = 'rejected', ended_at = '\(noon)' WHERE round = 2", "a rejection has a reason"
    ),
    ("UPDATE rounds SET ended_at = '\(noon)' WHERE round = 2", "a round has ended once decided"),
    ("UPDATE rounds SET train_tokens = -1 WHERE round = 2", "train_tokens"),
    ("UPDATE rounds SET state = 'train', ended_at = NULL WHERE round = 1", "a decided round does not change"),
    (
      "INSERT INTO rounds VALUES (4, 'train', 100, NULL, '\(noon)', NULL, NULL, 0, 0, 0, NULL)",
      "gap"
    ),
    ("INSERT INTO rounds VALUES (3, 'train', 100, NULL, '\(noon)', NULL, NULL, 0, 0, 0, NULL)", "UNIQUE"),
    ("INSERT INTO phase_seconds VALUES (2, 'train', -1.0)", "seconds >= 0"),
    ("INSERT INTO phase_seconds VALUES (9, 'train', 1.0)", "FOREIGN KEY"),
    ("INSERT INTO phase_seconds VALUES (2, 'lunch', 1.0)", "phase IN"),
    ("UPDATE checkpoints SET id = 5 WHERE round = 1", "a checkpoint's id is its key"),
    ("UPDATE checkpoints SET path = '/etc/passwd'", "a path stays in the run directory"),
    ("UPDATE checkpoints SET path = 'checkpoints/../../x'", "a path stays in the run directory"),
    ("UPDATE checkpoints SET path = 'checkpoints/same'", "checkpoints.path"),
    ("UPDATE checkpoints SET bytes = 0", "bytes > 0"),
    (
      "INSERT INTO checkpoints VALUES (101, 0, 101, 1, 'x', 1, '\(sha("d"))', 'file', '\(sha("b"))')",
      "checkpoints.round"
    ),
    ("UPDATE checkpoints SET kind = 'link'", "kind IN"),
    ("UPDATE checkpoints SET learner_sha256 = 'x'", "learner_sha256"),
    ("DELETE FROM checkpoints WHERE round = 0", "FOREIGN KEY"),
    ("INSERT INTO metrics VALUES (2, 'train', 1, 'loss', 1e999)", "value"),
    ("INSERT INTO metrics VALUES (2, 'train', -1, 'loss', 1.0)", "step >= 0"),
    ("INSERT INTO metrics VALUES (0, 'train', 100, 'loss', 1.0)", "metrics.round"),
    ("INSERT INTO metrics VALUES (2, 'train', 1, 'loss', 'high')", "REAL"),
    ("UPDATE exercises SET split = '' WHERE id = 1", "split <> ''"),
    ("UPDATE exercises SET candidate_index = 20 WHERE id = 1", "exercises.split"),
    ("UPDATE exercises SET prompt = 'start 2 goal' WHERE id = 1", "exercises.prompt"),
    ("UPDATE exercises SET identity_sha256 = 'x' WHERE id = 1", "identity_sha256"),
    ("UPDATE exercises SET trace = NULL WHERE id = 1", "a reference's trace has a length"),
    ("UPDATE exercises SET trace_length = NULL WHERE id = 1", "a reference's trace has a length"),
    ("UPDATE exercises SET optimal_cost = -1 WHERE id = 1", "optimal_cost >= 0"),
    ("UPDATE reference_lines SET tokens = -1.0 WHERE exercise_id = 4", "tokens BETWEEN"),
    ("UPDATE reference_lines SET name = ''", "name <> ''"),
    ("INSERT INTO reference_lines VALUES (4, 'reference', 1.0)", "reference_lines.exercise_id"),
    ("INSERT INTO reference_lines VALUES (99, 'reference', 1.0)", "FOREIGN KEY"),
    ("UPDATE evaluations SET correct_trace_tokens = 1 WHERE exercise_id = 4", "correct_trace_tokens BETWEEN"),
    (
      "UPDATE evaluations SET correct_trace_tokens = NULL, least_cost = NULL WHERE exercise_id = 4",
      "correct_trace_tokens IS NULL"
    ),
    ("UPDATE evaluations SET least_cost = 3 WHERE correct = 0", "least_cost"),
    ("UPDATE evaluations SET distinct_correct = 0 WHERE exercise_id = 4", "distinct_correct BETWEEN"),
    ("UPDATE evaluations SET distinct_correct = 5 WHERE exercise_id = 4", "distinct_correct BETWEEN"),
    ("UPDATE evaluations SET optimal_clauses = -1 WHERE exercise_id = 4", "optimal_clauses"),
    ("UPDATE evaluations SET optimal_expansions = 500 WHERE exercise_id = 4", "optimal_expansions"),
    ("UPDATE exercises SET answer = '' WHERE id = 1", "answer"),
    ("UPDATE samplings SET correct = 5", "correct BETWEEN"),
    ("UPDATE samplings SET terminated = 5", "terminated BETWEEN"),
    ("UPDATE samplings SET optimal = 5", "optimal BETWEEN"),
    ("UPDATE samplings SET legal = 4", "legal BETWEEN"),
    ("UPDATE samplings SET generated_tokens = 1", "generated_tokens"),
    ("UPDATE samplings SET shortest_optimal = NULL", "shortest_optimal"),
    ("UPDATE samplings SET shortest_optimal = 1000", "shortest_optimal"),
    ("UPDATE samplings SET best_attempt = 4 WHERE best_attempt IS NOT NULL", "best_attempt BETWEEN"),
    ("UPDATE samplings SET best_trace = NULL WHERE best_trace IS NOT NULL", "best_attempt IS NULL"),
    ("UPDATE samplings SET best_length = 1 WHERE best_length IS NOT NULL", "best_length"),
    ("UPDATE samplings SET best_sound = 0, best_legal = 1 WHERE best_sound IS NOT NULL", "best_legal"),
    ("INSERT INTO samplings SELECT * FROM samplings", "samplings.round"),
    ("UPDATE evaluations SET exercise_id = 99 WHERE exercise_id = 4", "FOREIGN KEY"),
    ("UPDATE evaluations SET set_name = ''", "set_name"),
    ("UPDATE evaluations SET samples = 0", "samples > 0"),
    ("UPDATE fault_counts SET count = 0", "count > 0"),
    ("UPDATE traces SET legal = 1, sound = 0", "legal"),
    ("UPDATE traces SET checkpoint_id = 3", "FOREIGN KEY"),
    ("UPDATE traces SET round = 1 WHERE exercise_id = 1", "traces.exercise_id"),
    ("UPDATE traces SET trace_length = -1", "trace_length"),
    ("UPDATE samplings SET incumbent_length = -0.5", "incumbent_length BETWEEN"),
    ("UPDATE samplings SET incumbent_length = 1e999", "incumbent_length BETWEEN"),
    ("UPDATE cursors SET next_index = -1", "next_index"),
    ("UPDATE measured SET set_name = ''", "set_name <> ''"),
    ("UPDATE measured SET name = ''", "name <> ''"),
    ("UPDATE measured SET value = 1e999", "value"),
    ("INSERT INTO measured VALUES (9, 'test', 'x', 1.0)", "FOREIGN KEY"),
    ("INSERT INTO measured SELECT * FROM measured", "measured.round"),
    ("UPDATE intervals SET low = high + 1.0", "an interval's low end is not above its high end"),
    ("UPDATE intervals SET low = -1e999", "abs(low)"),
    ("UPDATE intervals SET high = 1e999", "abs(high)"),
    ("UPDATE intervals SET figure = 'sound_pct'", "figure IN"),
    ("UPDATE intervals SET set_name = ''", "set_name <> ''"),
    ("UPDATE intervals SET line = 'lifo' WHERE figure = 'optimal_pct'", "compared with by length alone"),
    ("INSERT INTO intervals VALUES (9, 'test', '', 'optimal_pct', 1.0, 2.0)", "FOREIGN KEY"),
    ("INSERT INTO intervals SELECT * FROM intervals", "intervals.round"),
    (response(), "a reproducible run draws its responses again"),
  ]

  @Test func everyConstraintRefusesItsBadRow() throws {
    for (sql, expected) in Self.refused {
      let refusal = rule { try store.execute(sql) }
      #expect(refusal?.contains(expected) == true, "\(sql): \(refusal ?? "accepted")")
    }
  }

  @Test func onlyOneAttemptIsOpen() throws {
    let insert =
      "INSERT INTO attempts VALUES (NULL, 1, 'b', 'h', '\(noon)', '\(noon)', NULL, NULL)"
    try store.execute(insert)
    #expect(rule { try store.execute(insert) }?.contains("UNIQUE") == true)
  }

  /// SQL that inserts a response; `values` from `attempt` on. The row is right but for the run's promise.
  static func response(_ values: String = "0, 't', 'a', 3, 1, 1, 1, 0, 0", exercise: Int = 4) -> String {
    "INSERT INTO responses VALUES (0, 'test', \(exercise), \(values))"
  }

  static let refusedResponses: [(sql: String, rule: String)] = [
    (response("-1, 't', 'a', 3, 1, 1, 1, 0, 0"), "attempt >= 0"),
    (response("4, 't', 'a', 3, 1, 1, 1, 0, 0"), "one of the samples of its exercise"),
    (response("1, 't', 'a', -3, 1, 1, 1, 0, 0"), "length >= 0"),
    (response("1, 't', 'a', 3, 0, 1, 1, 0, 0"), "a correct one terminated"),
    (response("1, 't', 'a', 3, 1, 0, 1, 0, 0"), "an optimal response is correct"),
    (response("1, 't', 'a', 3, 1, 1, 1, 0, 1"), "a legal one sound"),
    (response("1, 't', 'a', 3, 1, 1, 2, 0, 0"), "optimal IN"),
    (response("1, NULL, 'a', 3, 1, 1, 1, 0, 0"), "responses.trace"),
    (response(exercise: 1), "FOREIGN KEY"),
    (response(), "UNIQUE"),
  ]

  @Test func aResponseIsASampleOfARunThatCannotDrawItAgain() throws {
    try store.execute("UPDATE runs SET promise = 'recorded'")
    try store.execute(Self.response())
    for (sql, expected) in Self.refusedResponses {
      let refusal = rule { try store.execute(sql) }
      #expect(refusal?.contains(expected) == true, "\(sql): \(refusal ?? "accepted")")
    }
  }

  @Test func aLayoutBelongsToOneSplit() throws {
    var twin = Scenario.exercise(9, "test")
    twin.identitySHA256 = layout(1)
    let refusal = rule { try store.appendExercises([twin], split: "test", nextIndex: 200) }
    #expect(refusal == "a task belongs to one split")
    #expect(try store.nextExerciseIndex(split: "test") == 100)
  }

  @Test func aKeptTraceIsStrictlyShorterThanItsParent() throws {
    let parents = try store.incumbentTraceIDs()
    let bad = [
      Scenario.trace(2, round: 2, length: 20), Scenario.trace(8, round: 2, length: 32, parent: parents[8]),
      Scenario.trace(8, round: 2, length: 30), Scenario.trace(8, round: 2, length: 30, parent: parents[1]),
    ]
    for trace in bad {
      #expect(
        rule { try store.commitCuration(round: 2, kept: [trace], nextPhase: .train) }
          == "a kept trace is strictly shorter than the one it replaces, its parent")
    }
    try store.commitCuration(
      round: 2, kept: [Scenario.trace(8, round: 2, length: 31, parent: parents[8])], nextPhase: .train)
  }

  @Test func aTraceOfATestExerciseIsNeverKept() throws {
    #expect(
      rule {
        try store.commitCuration(round: 2, kept: [Scenario.trace(4, round: 2, length: 1)], nextPhase: .train)
      }
        == "a trace of a test exercise is never kept")
  }

  @Test func aMetricIsAFiniteNumber() throws {
    let checkpoint = Scenario.checkpoint(round: 2, step: 1, isFinal: false)
    for value in [Double.nan, .infinity, -.infinity] {
      let metric = MetricRecord(round: 2, phase: .train, step: 1, name: "loss", value: value)
      #expect(rule { try store.insertCheckpoint(checkpoint, metrics: [metric]) } != nil)
    }
    #expect(rule { try store.insertCheckpoint(checkpoint, metrics: []) } == nil)
  }

  @Test func theBestSampleIsStrictlyShorterThanItsIncumbent() throws {
    var row = Scenario.sampling(2, round: 2, best: 15)
    for incumbent in [15.0, 14.5, 0] {
      row.incumbentLength = incumbent
      #expect(
        rule { try store.commitSampling(round: 2, rows: [row], faults: [:]) }
          == "the best sample is strictly shorter than its incumbent")
    }
    try store.execute("UPDATE runs SET keeps_longer = 1")
    try store.commitSampling(round: 2, rows: [row], faults: [:])
    #expect(try store.samplings(round: 2).last == row)
  }

  @Test func aCorrectAnswerHasACostIfItsExerciseHasOne() throws {
    var row = Scenario.evaluations(Scenario.firstEvaluation, round: 1)[0]
    row.setName = "other"
    func commit() throws { try store.commitEvaluation(round: 1, set: "other", rows: [row], faults: [:]) }
    row.measures?.leastCost = nil
    #expect(rule(commit) == "correct answers have a least cost if their exercise has a cost")
    try store.execute("UPDATE exercises SET optimal_cost = NULL WHERE id = 4")
    try commit()
    #expect(try store.evaluations(round: 1, set: "other") == [row])
    #expect(
      try store.setSummaries().filter { $0.setName == "other" }.map(\.swc) == [1],
      "without a cost a correct answer counts as the cheapest")
  }

  @Test func aRefusedRowUndoesItsTransaction() throws {
    let before = try store.canonicalDigestRows()
    let rows = [Scenario.sampling(2, round: 2, best: 15), Scenario.sampling(99, round: 2, best: 15)]
    #expect(rule { try store.commitSampling(round: 2, rows: rows, faults: ["wall": 1]) } != nil)
    #expect(try store.canonicalDigestRows() == before)
  }
}
