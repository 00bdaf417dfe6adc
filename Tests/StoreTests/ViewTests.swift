import Foundation
import Testing

@testable import Store

@Suite struct ViewTests {
  let scratch: Scratch
  let store: RunStore

  init() throws {
    scratch = try Scratch()
    store = try scratch.store()
  }

  /// round 0: optimal (1 + 1/2 + 0 + 1/4) / 4, lengths 100, 250, 80 beside A*'s 100, 200, 80, ILR
  /// (100/100 + 200/250 + 0 + 80/80) / 4. Round 1: pairs are exercises 4 and 7: 90 tokens before, 70 now.
  @Test func theSummaryIsWhatAHandComputes() throws {
    try Scenario.all(store)
    let expected = [
      "0|accepted|43.8|50.0|75.0|143.3|126.7|0.7|143.3|143.3|0.0|87.5|37.5|6.3|0|0|12345|0|13"
        + "|40.0|47.0|-1.3|2.5",
      "1|accepted|62.5|100.0|75.0|63.3|76.7|0.896|90.0|70.0|22.2|62.5|50.0|0.0|2|2|12345|1500|13"
        + "|40.0|47.0|-1.3|2.5",
      "2|train|||||||||||||1|0|0|500|0||||",
    ]
    #expect(try store.table("SELECT * FROM rounds_summary") == expected)
    #expect(try scratch.shell("select * from rounds_summary") == expected)
  }

  /// Round 0: SWC (1 + 1 + 0 + 1) / 4; ILR on solved (100/100 + 200/(550/3) + 0 + 80/80) / 4. Round 1:
  /// exercise 5 is solved in 7 moves for 5, so 6 positions over 8; ILR (100/80 + 200/50 + 50/50 + 80/55) / 4.
  /// The majority: (1 + 1/2 + 0 + 0) / 4, since two optimal answers tie with two others; (1 + 0 + 1 + 0) / 4.
  @Test func theMeasuresAreWhatAHandComputes() throws {
    try Scenario.all(store)
    #expect(
      try store.table("SELECT * FROM evaluation_summary") == [
        "0|test|4|4|43.8|50.0|75.0|25.0|75.0|50.0|0.75|0.773|0.7|143.3|126.7|28.7|14.3|1.25|87.5|37.5|6.3|0.0"
          + "|40.0|47.0|-1.3|2.5|37.5",
        "1|test|4|4|62.5|100.0|75.0|50.0|100.0|100.0|0.938|1.926|0.896|63.3|76.7|12.7|6.3|2.0"
          + "|62.5|50.0|0.0|22.2|40.0|47.0|-1.3|2.5|50.0",
      ])
  }

  @Test func rowsFromBeforeHaveNoMajority() throws {
    try Scenario.zero(store)
    #expect(try store.evaluations(round: 0).map(\.votes) == Scenario.firstEvaluation.map(Scenario.votes))
    try store.execute("UPDATE evaluations SET votes = NULL, majority_optimal = NULL WHERE exercise_id = 4")
    #expect(
      try store.table("SELECT majority_optimal_pct, any_optimal_pct FROM evaluation_summary") == ["|75.0"])
    #expect(try store.evaluations(round: 0)[0].votes == nil)
  }

  /// A set of one exercise, solved by every sample of 60 tokens, beside A*'s 90.
  @Test func everySetHasItsOwnRowAndBounds() throws {
    try Scenario.begin(store)
    #expect(
      try store.appendExercises([Scenario.exercise(9, "dense")], split: "dense", nextIndex: 100) == 1)
    try store.insertReferences([ReferenceRecord(exerciseID: 8, name: "reference", tokens: 90)])
    try Scenario.train(store, round: 0, kept: 0)
    let tally = Scenario.tally(4, 4, 4, sound: 4, legal: 4, tokens: 240, shortest: 60)
    let row = EvaluationRecord(
      round: 0, setName: "dense", exerciseID: 8, tally: tally,
      measures: Scenario.measures(of: tally, exercise: 9))
    try store.commitEvaluation(round: 0, set: "dense", rows: [row], faults: [:])
    try Scenario.evaluate(
      store, round: 0, Scenario.firstEvaluation,
      intervals: [IntervalRecord(round: 0, set: "dense", figure: .optimalPercent, low: 91, high: 100)])
    let sets = try store.setSummaries()
    #expect(sets.map(\.setName) == ["test", "dense"])
    #expect(sets.map(\.tasks) == [4, 1])
    #expect(sets.map(\.optimalPercent) == [43.8, 100])
    #expect(sets.map(\.optimalPercentLow) == [40, 91])
    #expect(sets.map(\.ilrOnOptimal) == [0.7, 1.5])
    #expect(try store.referenceSummary().map(\.tokens) == [107.5, 80])
    #expect(try store.roundsSummary().map(\.optimalPercent) == [43.8])
    #expect(try store.table("SELECT sum(exercises) FROM length_histogram WHERE round IS NULL") == ["4"])
    #expect(try store.references(split: "dense") == ["reference": [8: 90]])
  }

  @Test func rowsWithoutMeasuresHaveNoSWC() throws {
    try Scenario.zero(store)
    try store.execute(
      """
      UPDATE evaluations SET correct_trace_tokens = NULL, least_cost = NULL, distinct_correct = NULL,
        optimal_clauses = NULL, optimal_expansions = NULL WHERE exercise_id = 4
      """)
    #expect(
      try store.table("SELECT optimal_pct, swc, ilr_on_solved, ilr_on_optimal FROM evaluation_summary") == [
        "43.8|||0.7"
      ])
    #expect(try store.evaluations(round: 0).map { $0.measures == nil } == [true, false, false, false])
  }

  /// Round 1 solves exercises 4, 6 and 7 with 80, 50 and 60 tokens; the lines are 100, 50, 80 and 80, 50, 40.
  @Test func everyRoundStandsBesideEveryLine() throws {
    try Scenario.all(store)
    #expect(
      try store.table("SELECT * FROM reference_summary") == [
        "reference|4|107.5|1.0", "shortest|4|80.0|0.744",
      ])
    #expect(
      try store.table("SELECT * FROM against_references") == [
        "0|reference|3|143.3|126.7|-13.2|-1.3|30.0|0.0", "0|shortest|3|143.3|90.0|-59.3|||0.0",
        "1|reference|3|63.3|76.7|17.4|-1.3|30.0|66.7", "1|shortest|3|63.3|56.7|-11.8|||0.0",
      ])
    #expect(
      try store.referenceSummary() == [
        ReferenceSummary(
          name: "reference", tokens: 107.5, relative: 1, round: 1, shorterPercent: 17.4,
          shorterPercentLow: -1.3, shorterPercentHigh: 30, belowPercent: 66.7),
        ReferenceSummary(
          name: "shortest", tokens: 80, relative: 0.744, round: 1, shorterPercent: -11.8,
          shorterPercentLow: nil, shorterPercentHigh: nil, belowPercent: 0),
      ])
  }

  @Test func linesStandAloneBeforeARoundIsAccepted() throws {
    try Scenario.begin(store)
    #expect(try store.referenceSummary().map(\.tokens) == [107.5, 80])
    #expect(try store.referenceSummary().allSatisfy { $0.round == nil && $0.shorterPercent == nil })
  }

  @Test func theSummarysColumnsHaveTheirNames() throws {
    try store.read { database in
      let names = try database.makeStatement(sql: "SELECT * FROM rounds_summary").columnNames
      #expect(
        names == [
          "round", "state", "optimal_pct", "solved_pct", "any_optimal_pct", "trace_tokens",
          "reference_trace_tokens",
          "ilr_on_optimal", "paired_tokens_before", "paired_tokens", "shorter_pct", "sound_pct", "legal_pct",
          "truncated_pct", "improved", "kept", "train_tokens", "sampled_tokens", "seconds", "optimal_pct_low",
          "optimal_pct_high", "shorter_pct_low", "shorter_pct_high",
        ])
    }
  }

  @Test func theSummaryReadsAsRecords() throws {
    try Scenario.all(store)
    let summary = try store.roundsSummary()
    #expect(summary.map(\.round) == [0, 1, 2])
    #expect(summary[1].ilrOnOptimal == 0.896)
    #expect(summary[1].shorterPercent == 22.2)
    #expect(summary[1].sampledTokens == 1500)
    #expect(summary[1].shorterPercentLow == -1.3)
    #expect(summary[2].state == .running(.train))
    #expect(summary[2].optimalPercent == nil)
    #expect(summary[2].improved == 1)
  }

  @Test func nothingEvaluatedGivesNoFigures() throws {
    try Scenario.begin(store)
    #expect(try store.table("SELECT * FROM rounds_summary") == ["0|train|||||||||||||0|0|0|0|0||||"])
  }

  @Test func nothingSolvedGivesNoLengthsAndAnILROfZero() throws {
    try Scenario.begin(store)
    try Scenario.train(store, round: 0, kept: 0)
    let failed = Scenario.tally(0, 0, 0, sound: 0, legal: 0, tokens: 0)
    try store.commitEvaluation(
      round: 0, rows: Scenario.evaluations([failed, failed, failed, failed], round: 0), faults: [:])
    let summary = try #require(try store.roundsSummary().first)
    #expect(summary.optimalPercent == 0)
    #expect(summary.traceTokens == nil)
    #expect(summary.pairedTokens == nil)
    #expect(summary.soundPercent == nil)
    #expect(summary.ilrOnOptimal == 0)
    #expect(summary.truncatedPercent == 100)
  }

  @Test func anEmptyTraceCountsAsOneTokenInTheILR() throws {
    try Scenario.begin(store)
    try Scenario.train(store, round: 0, kept: 0)
    let empty = Scenario.tally(4, 4, 4, sound: 4, legal: 0, tokens: 0, shortest: 0)
    try store.commitEvaluation(
      round: 0, rows: [EvaluationRecord(round: 0, exerciseID: 6, tally: empty)], faults: [:])
    #expect(try store.roundsSummary().first?.ilrOnOptimal == 50)
  }

  @Test func aMissingReferenceLeavesTheILRUnknown() throws {
    try Scenario.begin(store)
    try Scenario.train(store, round: 0, kept: 0)
    try store.execute("DELETE FROM reference_lines WHERE exercise_id = 5")
    try store.commitEvaluation(
      round: 0, rows: Scenario.evaluations(Scenario.firstEvaluation, round: 0), faults: [:])
    let summary = try #require(try store.roundsSummary().first)
    #expect(summary.ilrOnOptimal == nil)
    #expect(summary.referenceTraceTokens == nil)
    #expect(summary.traceTokens == 143.3)
  }

  @Test func theBestTraceIsTheNewestKeptOrAStars() throws {
    try Scenario.all(store)
    #expect(
      try store.table("SELECT * FROM best_traces WHERE split = 'train'") == [
        "train|1|1|30|20|33.3|2|close 20", "train|8|8|40|32|20.0|1|close 32", "train|2|2|20|20|0.0||create 2",
        "train|3|3|10|10|0.0||create 3",
      ])
    #expect(try store.table("SELECT count(*) FROM best_traces") == ["8"])
  }

  @Test func lineageLeadsBackToAStar() throws {
    try Scenario.all(store)
    #expect(
      try store.table("SELECT * FROM lineage WHERE trace_id = 3") == [
        "3|0|1|round 2|1000000100|2|20|1|0|close 20", "3|1|1|round 1|100|2|25|1|0|close 25",
        "3|2|1|reference|||30|||create 1",
      ])
    #expect(try store.table("SELECT count(*) FROM lineage") == ["7"])
  }

  @Test func aRegressionWasOptimalInAnEarlierAcceptedRound() throws {
    try Scenario.all(store)
    #expect(try store.table("SELECT * FROM regressions") == ["5|5|1|4|4|0|240|start 5 goal"])
  }

  @Test func aRejectedRoundsSuccessIsNoRegression() throws {
    try Scenario.zero(store)
    try store.beginRound(RoundRecord(round: 1, parentCheckpoint: 100, startedAt: noon))
    try Scenario.train(store, round: 1, kept: 0)
    try store.commitEvaluation(
      round: 1, rows: Scenario.evaluations(Scenario.secondEvaluation, round: 1), faults: [:])
    try store.decide(RoundDecision(round: 1, .rejected(reason: "worse"), at: noon))
    try store.beginRound(RoundRecord(round: 2, parentCheckpoint: 100, startedAt: noon))
    try Scenario.train(store, round: 2, kept: 0)
    let failed = Scenario.tally(4, 0, 0, sound: 0, legal: 0, tokens: 0)
    try store.commitEvaluation(
      round: 2, rows: Scenario.evaluations([failed, failed, failed, failed], round: 2), faults: [:])
    #expect(try store.table("SELECT exercise, last_optimal_round FROM regressions") == ["4|0", "5|0", "7|0"])
  }

  @Test func theHistogramCountsExercisesByTensOfTokens() throws {
    try Scenario.zero(store)
    #expect(
      try store.table("SELECT round, tokens_from, tokens_to, exercises FROM length_histogram") == [
        "|50|59|1", "|80|89|1", "|100|109|1", "|200|209|1", "0|80|89|1", "0|100|109|1", "0|250|259|1",
      ])
    #expect(
      try scratch.shell("select bar from length_histogram limit 1") == [String(repeating: "*", count: 40)])
  }

  @Test func failuresAreCountedByReason() throws {
    try Scenario.all(store)
    #expect(
      try store.table("SELECT * FROM failures_by_reason") == [
        "0|test|planEntersWall|2|12.5", "0|test|truncated|1|6.25", "1|sample|planEntersWall|3|25.0",
        "1|test|planEntersWall|2|12.5", "1|test|truncated|1|6.25",
      ])
  }

  @Test func theStateOfARunFollowsItsLastAttempt() throws {
    #expect(try store.runState(now: noon) == nil)
    try Scenario.all(store)
    #expect(try store.runState(now: noon)?.state == .stopped)
    let attempt = try store.beginAttempt(pid: 7, bootID: "boot", host: "host", at: noon)
    #expect(try store.runState(now: "2025-03-01T12:02:01Z")?.state == .stale)
    let state = try #require(try store.runState(now: "2025-03-01T12:01:59Z"))
    #expect(state.state == .running)
    #expect(state.rounds == 4)
    #expect(state.round == 2)
    #expect(state.phase == .running(.train))
    #expect(state.accepted == 2)
    #expect(state.pid == 7 && state.host == "host" && state.bootID == "boot")
    #expect(state.lengthUnit == "tokens" && state.promise == "reproducible")
    try store.endAttempt(attempt, at: noon, exit: "stopped")
    #expect(try store.runState(now: noon)?.state == .stopped)
    try store.setFinished(reason: "all rounds are done")
    #expect(try store.runState(now: noon)?.state == .finished)
  }

  /// The view is for people, so SQLite's clock decides there; the heartbeat is the only difference.
  @Test func theViewSaysTheSameByItsOwnClock() throws {
    try Scenario.all(store)
    let attempt = try store.beginAttempt(pid: 7, bootID: "boot", host: "host", at: noon)
    #expect(try store.table("SELECT state FROM run_state") == ["stale"])
    let now = try #require(try store.table("SELECT strftime('%Y-%m-%dT%H:%M:%SZ', 'now')").first)
    try store.heartbeat(attempt, at: now)
    #expect(
      try store.table("SELECT state, round, phase, length_unit, promise FROM run_state") == [
        "running|2|train|tokens|reproducible"
      ])
  }

  @Test func theJSONOfASummaryHasTheStateAsAWord() throws {
    try Scenario.zero(store)
    let summary = try #require(try store.roundsSummary().first)
    let json = try JSONEncoder().encode(summary)
    #expect(String(decoding: json, as: UTF8.self).contains(#""state":"accepted""#))
    #expect(try JSONDecoder().decode(RoundSummary.self, from: json) == summary)
  }
}
