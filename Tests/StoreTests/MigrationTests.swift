import Foundation
import GRDB
import Testing

@testable import Store

/// Each published schema leads to today's, and every row and figure of it is still there.
@Suite struct MigrationTests {
  static let schema = "SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%'"

  /// The rows of a query on a stored database, which stays as it is.
  func rows(_ sql: String, of scratch: Scratch) throws -> [String] {
    var configuration = Configuration()
    configuration.readonly = true
    let queue = try DatabaseQueue(path: scratch.database.path, configuration: configuration)
    defer { try? queue.close() }
    return try queue.read { try $0.lines(sql) }
  }

  @Test(arguments: Goldens.maze + [Goldens.external, Goldens.newest])
  func everySchemaLeadsToTheSame(name: String) throws {
    let order = " ORDER BY type, name"
    let migrated = try Goldens.open(name).store(.write)
    #expect(try migrated.table(Self.schema + order) == Scratch().store().table(Self.schema + order))
    #expect(try migrated.table("PRAGMA user_version") == [String(RunStore.schemaVersion)])
    #expect(
      try migrated.table("SELECT identifier FROM grdb_migrations ORDER BY rowid")
        == Schema.migrations.map(\.name))
    #expect(try migrated.table("PRAGMA foreign_key_check").isEmpty)
    #expect(try migrated.table("PRAGMA integrity_check") == ["ok"])
  }

  /// Queries whose rows are the same with every schema, by the first schema that has the table.
  static let unchanged: [(sql: String, since: Int)] = [
    ("SELECT id, name, domain, configuration_json, planned_rounds, seed, created_at FROM runs", 1),
    ("SELECT * FROM attempts", 1), ("SELECT * FROM rounds ORDER BY round", 1),
    ("SELECT * FROM phase_seconds", 1), ("SELECT * FROM fault_counts", 1),
    ("SELECT id, round, step, is_final, path, bytes, sha256 FROM checkpoints ORDER BY id", 1),
    ("SELECT * FROM metrics WHERE phase <> 'evaluate'", 1), ("SELECT * FROM traces ORDER BY id", 1),
    (
      """
      SELECT id, split, candidate_index, round, prompt, trace, answer, optimal_cost, trace_length
      FROM exercises ORDER BY id
      """, 1
    ),
    ("SELECT * FROM cursors", 1),
    (
      """
      SELECT round, exercise_id, samples, terminated, correct, optimal, sound, legal, generated_tokens,
        optimal_trace_tokens, shortest_optimal, best_attempt, best_trace, best_answer, best_length,
        best_sound, best_legal FROM samplings ORDER BY round, exercise_id
      """, 1
    ),
    (
      """
      SELECT round, set_name, exercise_id, samples, terminated, correct, optimal, sound, legal,
        generated_tokens, optimal_trace_tokens, shortest_optimal
      FROM evaluations ORDER BY set_name, round, exercise_id
      """, 1
    ),
    ("SELECT * FROM reference_lines ORDER BY exercise_id, name", 3),
    ("SELECT keeps_longer FROM runs", 3),
  ]

  @Test(arguments: 1...5) func everyRowIsStillThere(version: Int) throws {
    let stored = try Goldens.open("schema\(version)")
    let before = try Self.unchanged.map { try version < $0.since ? [] : rows($0.sql, of: stored) }
    let evaluations = "SELECT * FROM evaluations ORDER BY set_name, round, exercise_id"
    let counted = version < 3 ? [] : try rows(evaluations, of: stored)
    let digests = (
      try rows("SELECT layout_sha256 FROM exercises ORDER BY id", of: stored),
      try rows("SELECT vocabulary_sha256 FROM runs", of: stored)
    )
    let store = try stored.store(.write)
    for ((sql, since), expected) in zip(Self.unchanged, before) where version >= since {
      #expect(!expected.isEmpty, "\(sql)")
      #expect(try store.table(sql) == expected, "\(sql)")
    }
    if version >= 3 {
      #expect(!counted.isEmpty)
      #expect(try store.table(evaluations) == counted.map { $0 + "||" }, "they have no votes")
    }
    #expect(try store.table("SELECT identity_sha256 FROM exercises ORDER BY id") == digests.0)
    #expect(try store.table("SELECT learner_sha256 FROM runs") == digests.1)
    #expect(
      try store.table("SELECT DISTINCT kind, learner_sha256 FROM checkpoints") == ["file|" + digests.1[0]])
    #expect(
      try store.table("SELECT learner, length_unit, promise FROM runs") == ["built-in|tokens|reproducible"])
    #expect(try store.samplings(round: 1).map(\.incumbentLength) == [nil, nil])
    #expect(try store.responses(round: 0, exerciseID: 3) == [])
  }

  static let views = [
    "rounds_summary", "evaluation_summary", "reference_summary", "against_references", "best_traces",
    "lineage",
    "regressions", "length_histogram", "failures_by_reason",
  ]

  /// A row of a view as today's has it: without votes there is no majority.
  private static func row(_ row: String, of view: String) -> String {
    view == "evaluation_summary" ? row + "|" : row
  }

  /// The views of a stored database are those of its time, so this compares today's with them.
  @Test func everyViewSaysWhatItSaid() throws {
    let stored = try Goldens.open("schema5")
    let before = try Self.views.map { try rows("SELECT * FROM \($0)", of: stored) }
    let state = try rows("SELECT * FROM run_state", of: stored)
    let store = try stored.store(.write)
    for (view, expected) in zip(Self.views, before) {
      #expect(!expected.isEmpty, "\(view)")
      #expect(try store.table("SELECT * FROM \(view)") == expected.map { Self.row($0, of: view) }, "\(view)")
    }
    #expect(try store.table("SELECT * FROM run_state") == state.map { $0 + "|tokens|reproducible" })
  }

  @Test func intervalsAndValuesLeaveTheMetrics() throws {
    let store = try Goldens.open("schema5").store(.write)
    #expect(
      try store.table("SELECT * FROM intervals ORDER BY round, set_name, line, figure") == [
        "0|dense||optimal_pct|100.0|100.0", "0|test||optimal_pct|40.04|77.5", "0|test||shorter_pct|0.0|0.0",
        "0|test|lifo|shorter_pct|-60.0|-10.5", "1|dense||optimal_pct|99.5|100.0",
        "1|dense||shorter_pct|33.3|33.4", "1|far||optimal_pct|25.0|25.5", "1|test||optimal_pct|50.0|83.3",
        "1|test||shorter_pct|12.5|27.25", "1|test|lifo|shorter_pct|-5.0|5.0",
        "1|test|reference|shorter_pct|15.5|30.75", "2|test||optimal_pct|8.3|41.7",
      ])
    #expect(
      try store.table("SELECT * FROM measured ORDER BY round, set_name, name") == [
        "0|dense|optimal_pct|100.0", "0|dense|relative_length|1.0", "0|test|optimal_pct|58.333333333333336",
        "0|test|relative_length|1.0", "1|dense|optimal_pct|100.0",
        "1|dense|relative_length|0.6666666666666666",
        "1|far|optimal_pct|25.0", "1|test|optimal_pct|66.66666666666667", "1|test|relative_length|0.8",
        "2|test|optimal_pct|25.0",
      ])
    #expect(try store.table("SELECT DISTINCT phase, name FROM metrics") == ["train|loss"])
    #expect(try store.measured(round: 1, name: "relative_length") == 0.8)
    #expect(
      try store.intervals(round: 1).last
        == IntervalRecord(
          round: 1, set: "test", line: "reference", figure: .shorterPercent, low: 15.5, high: 30.75))
  }

  /// What was never a pair, or resembles one, is nobody's interval.
  @Test func otherMetricsStayWhereTheyAre() throws {
    let stored = try Goldens.open("schema5")
    let others = [
      "optimal_pct_low@", "optimal_pct_low/lifo", "optimal_pct_high/lifo", "optimal_pct_lower", "shorter_pct",
      "relative_length/lifo", "relative_lengths", "shorter_pct_high@far",
    ]
    let queue = try DatabaseQueue(path: stored.database.path)
    try queue.write { database in
      for name in others {
        try database.execute(
          sql: "INSERT INTO metrics VALUES (1, 'evaluate', 0, ?, 1.0)", arguments: [name])
      }
      try database.execute(
        sql: """
          INSERT INTO metrics VALUES (1, 'evaluate', 0, 'shorter_pct_low@swapped', 2.0),
            (1, 'evaluate', 0, 'shorter_pct_high@swapped', 1.0), (1, 'train', 1, 'optimal_pct', 1.0)
          """)
    }
    try queue.close()
    let store = try stored.store(.write)
    #expect(
      try store.table("SELECT name FROM metrics WHERE round = 1 AND name <> 'loss' ORDER BY name")
        == (others + ["shorter_pct_low@swapped", "shorter_pct_high@swapped", "optimal_pct"]).sorted())
    #expect(try store.table("SELECT count(*) FROM intervals") == ["12"])
  }

  @Test func noCostIsNULLOnlyIfNoAnswerHasOne() throws {
    let stored = try Goldens.open(Goldens.external)
    let views = ["rounds_summary", "evaluation_summary"]
    let before = try views.map { view in
      try rows("SELECT * FROM \(view)", of: stored).map { Self.row($0, of: view) }
    }
    let store = try stored.store(.write)
    #expect(
      try store.table("SELECT id, optimal_cost FROM exercises ORDER BY id") == ["1|", "2|", "3|4", "4|0"])
    #expect(
      try store.table("SELECT exercise_id, least_cost FROM evaluations ORDER BY exercise_id") == [
        "2|", "3|4", "4|2",
      ])
    #expect(try views.map { try store.table("SELECT * FROM \($0)") } == before)
    #expect(try store.run()?.keepsLonger == true)
    #expect(try store.difficulty(by: .optimalCost, round: 0).reduce(0) { $0 + $1.tasks } == 0)
  }

  @Test func aCostOfZeroInAMazeStaysOne() throws {
    #expect(try Goldens.open("schema5").store(.write).exercise(id: 6)?.optimalCost == 0)
  }

  /// A* means stood with the exercises once.
  @Test(arguments: 1...2) func anOldReferenceBecomesALine(version: Int) throws {
    let store = try Goldens.open("schema\(version)").store(.write)
    #expect(
      try store.references(exerciseID: 4) == [
        ReferenceRecord(exerciseID: 4, name: "reference", tokens: 61.25)
      ])
    #expect(try store.evaluations(round: 0).map(\.measures) == [nil, nil, nil])
    #expect(try store.roundsSummary().first?.referenceTraceTokens == 80.4)
  }

  @Test(arguments: 1...5) func aReaderReadsAnOldSchemaAndLeavesItAlone(version: Int) throws {
    let stored = try Goldens.open("schema\(version)")
    let before = try Data(contentsOf: stored.database)
    let read = try stored.store(.read)
    let (rounds, exercises) = (try read.roundsSummary(), try read.exercises(split: "train"))
    #expect(!rounds.isEmpty && !exercises.isEmpty)
    #expect(try Data(contentsOf: stored.database) == before)
    // The same as after bringing the file itself up to date.
    let migrated = try stored.store(.write)
    #expect(try migrated.roundsSummary() == rounds)
    #expect(try migrated.exercises(split: "train") == exercises)
  }

  @Test(arguments: Goldens.maze + [Goldens.newest]) func theRunOfEverySchemaCanBeInspected(
    name: String
  ) throws {
    let stored = try Goldens.open(name)
    let version = try rows("PRAGMA user_version", of: stored)
    let run = try #require(try stored.store(.inspect).run())
    #expect(run.name == "maze" && run.plannedRounds == 4 && run.learnerSHA256 == sha("b"))
    #expect(!run.keepsLonger)
    #expect(run.promise == (name == Goldens.newest ? "recorded" : "reproducible"))
    #expect(try rows("PRAGMA user_version", of: stored) == version)
    #expect(try stored.store(.write).run() == run)
  }

  /// The rows of the newest schema are those that today's program writes.
  @Test func theNewestStoredDatabaseIsWhatIsWrittenToday() throws {
    let stored = try Goldens.open(Goldens.newest)
    let store = try Scratch().store()
    try Goldens.fill(store)
    #expect(try stored.store(.read).canonicalDigestRows() == store.canonicalDigestRows())
  }

  @Test func openingAgainMigratesNothing() throws {
    let scratch = try Scratch()
    try Scenario.all(try scratch.store())
    let rows = try scratch.store(.create).canonicalDigestRows()
    #expect(try scratch.store(.write).canonicalDigestRows() == rows)
    #expect(rows.count == 54)
  }
}
