/// The rows of the stored databases in `Goldens`: a short run with rows in every table of its schema.
///
/// Rounds 0 and 1 are accepted, round 2 is rejected, round 3 samples. Exercise 1 has a chain of two kept
/// traces.
enum GoldenRows {
  /// SQL that fills an empty database whose schema is `version`, one of those before migration 6.
  static func maze(version: Int) -> String {
    var rows = [run, version < 3 ? "" : "UPDATE runs SET keeps_longer = 0;", rounds]
    rows += [version < 3 ? oldExercises : exercises, evaluations]
    if version >= 3 { rows += [references, measures, lineIntervals] }
    if version >= 4 { rows.append(sets) }
    return rows.joined(separator: "\n")
  }

  /// A run of the domain `external` with schema 5. Exercises 1 and 2 have no cost, which was stored as 0;
  /// exercise 3 has the cost 4; exercise 4 was answered at the cost 2, so its 0 is a cost.
  static let external = """
    INSERT INTO runs VALUES (1, 'count', 'external', '{"rounds": {"count": 2}, "method": "replaceAlways"}', 2,
      '\(sha("a"))', '\(sha("e"))', '7', '1.2', '\(noon)', 'all rounds are done', 1);
    INSERT INTO rounds VALUES
      (0, 'train', NULL, NULL, '\(noon)', NULL, NULL, 0, 0, 0, NULL);
    INSERT INTO checkpoints VALUES
      (80, 0, 80, 1, 'checkpoints/r00-s000080.safetensors', 4096, '\(sha("0"))');
    UPDATE rounds SET state = 'accepted', checkpoint = 80, ended_at = '\(noon)',
      train_set_sha256 = '\(sha("c"))', train_tokens = 900, trained_sequences = 9;
    INSERT INTO exercises VALUES
      (1, 'train', 0, 0, 'count 1', 'one', 'ends 1', 0, 1, '\(layout(1))'),
      (2, 'test', 0, 0, 'count 2', 'one two', 'ends 2', 0, 2, '\(layout(2))'),
      (3, 'test', 1, 0, 'count 3', '', 'ends 3', 4, 0, '\(layout(3))'),
      (4, 'test', 2, 0, 'count 4', 'one two three', 'ends 4', 0, 3, '\(layout(4))');
    INSERT INTO cursors VALUES ('test', 3), ('train', 1);
    INSERT INTO evaluations VALUES
      (0, 'test', 2, 4, 4, 4, 4, 0, 0, 40, 8, 2, 8, 0, 1, 0, 0),
      (0, 'test', 3, 4, 4, 2, 2, 0, 0, 40, 0, 0, 0, 4, 1, 0, 0),
      (0, 'test', 4, 4, 3, 3, 1, 0, 0, 40, 3, 3, 9, 2, 2, 0, 0);
    INSERT INTO metrics VALUES
      (0, 'evaluate', 0, 'optimal_pct', 58.333333333333336), (0, 'evaluate', 0, 'relative_length', 1.0),
      (0, 'evaluate', 0, 'optimal_pct_low', 25.0), (0, 'evaluate', 0, 'optimal_pct_high', 100.0),
      (0, 'evaluate', 0, 'shorter_pct_low', 0.0), (0, 'evaluate', 0, 'shorter_pct_high', 0.0);
    """

  private static let run = """
    INSERT INTO runs (id, name, domain, configuration_json, planned_rounds, configuration_sha256,
      vocabulary_sha256, seed, code_version, created_at, finished_reason)
    VALUES (1, 'maze', 'maze', '{"rounds": {"count": 4}}', 4, '\(sha("a"))', '\(sha("b"))',
      '18446744073709551615', '1.0', '\(noon)', NULL);
    INSERT INTO attempts VALUES
      (1, 7, 'boot-1', 'host', '\(noon)', '2025-03-01T12:05:00Z', '2025-03-01T12:05:00Z', 'lost'),
      (2, 8, 'boot-2', 'host', '2025-03-01T13:00:00.250Z', '2025-03-01T13:01:00Z', NULL, NULL);
    """

  private static let rounds = """
    INSERT INTO rounds VALUES (0, 'train', NULL, NULL, '\(noon)', NULL, NULL, 0, 0, 0, NULL);
    INSERT INTO checkpoints VALUES
      (100, 0, 100, 1, 'checkpoints/r00-s000100.safetensors', 1000, '\(sha("0"))');
    UPDATE rounds SET state = 'accepted', checkpoint = 100, ended_at = '\(noon)',
      train_set_sha256 = '\(sha("c"))', train_tokens = 12345, trained_sequences = 300 WHERE round = 0;
    INSERT INTO rounds VALUES (1, 'train', 100, NULL, '\(noon)', NULL, NULL, 0, 0, 0, NULL);
    INSERT INTO checkpoints VALUES
      (1000000100, 1, 100, 1, 'checkpoints/r01-s000100.safetensors', 1001, '\(sha("1"))');
    UPDATE rounds SET state = 'accepted', checkpoint = 1000000100, ended_at = '\(noon)',
      train_set_sha256 = '\(sha("d"))', train_tokens = 12000, trained_sequences = 300, kept_sequences = 2
      WHERE round = 1;
    INSERT INTO rounds VALUES (2, 'train', 1000000100, NULL, '\(noon)', NULL, NULL, 0, 0, 0, NULL);
    INSERT INTO checkpoints VALUES
      (2000000100, 2, 100, 1, 'checkpoints/r02-s000100.safetensors', 1002, '\(sha("2"))');
    UPDATE rounds SET state = 'rejected', checkpoint = 2000000100, ended_at = '\(noon)',
      train_set_sha256 = '\(sha("e"))', train_tokens = 11000, trained_sequences = 300, kept_sequences = 1,
      reason = 'optimal_pct 25.0 is more than 10.0 points below round 1''s 62.5' WHERE round = 2;
    INSERT INTO rounds VALUES (3, 'sample', 1000000100, NULL, '\(noon)', NULL, NULL, 0, 0, 0, NULL);
    INSERT INTO checkpoints VALUES
      (3000000050, 3, 50, 0, 'checkpoints/r03-s000050.safetensors', 1003, '\(sha("3"))');
    INSERT INTO phase_seconds VALUES
      (0, 'generate', 1.5), (0, 'train', 10.4), (0, 'evaluate', 2.2), (1, 'sample', 3.0), (1, 'curate', 0.1);
    INSERT INTO metrics VALUES
      (0, 'train', 50, 'loss', 0.5), (0, 'train', 100, 'loss', 0.1), (1, 'train', 100, 'loss', 0.05),
      (0, 'evaluate', 0, 'optimal_pct', 58.333333333333336), (0, 'evaluate', 0, 'relative_length', 1.0),
      (0, 'evaluate', 0, 'optimal_pct_low', 40.04), (0, 'evaluate', 0, 'optimal_pct_high', 77.5),
      (0, 'evaluate', 0, 'shorter_pct_low', 0.0), (0, 'evaluate', 0, 'shorter_pct_high', 0.0),
      (1, 'evaluate', 0, 'optimal_pct', 66.66666666666667), (1, 'evaluate', 0, 'relative_length', 0.8),
      (1, 'evaluate', 0, 'optimal_pct_low', 50.0), (1, 'evaluate', 0, 'optimal_pct_high', 83.3),
      (1, 'evaluate', 0, 'shorter_pct_low', 12.5), (1, 'evaluate', 0, 'shorter_pct_high', 27.25),
      (2, 'evaluate', 0, 'optimal_pct', 25.0), (2, 'evaluate', 0, 'optimal_pct_low', 8.3),
      (2, 'evaluate', 0, 'optimal_pct_high', 41.7);
    INSERT INTO fault_counts VALUES
      (0, 'test', 'planEntersWall', 2), (0, 'test', 'truncated', 1), (0, 'test', 'optimal', 7),
      (1, 'sample', 'planEntersWall', 3);
    """

  private static let exerciseValues = [
    "1, 'train', 10, 0, 'start 1 goal', 'create 1', 'plan 1', 1, 30, '\(layout(1))'",
    "2, 'train', 20, 0, 'start 2 goal', 'create 2', 'plan 2', 2, 20, '\(layout(2))'",
    "3, 'test', 30, 0, 'start 3 goal', 'create 3', 'plan 3', 3, 100, '\(layout(3))'",
    "4, 'test', 40, 0, 'start 4 goal', 'create 4', 'plan 4', 4, 100, '\(layout(4))'",
    "5, 'test', 50, 0, 'start 5 goal', 'create 5', 'plan 5', 5, 100, '\(layout(5))'",
    "6, 'train', 60, 1, 'start 6 goal', 'create 6', 'plan 6', 0, 40, '\(layout(6))'",
  ]

  private static let oldExercises =
    zip(
      exerciseValues, ["NULL", "NULL", "100.0", "61.25", "80.0", "NULL"]
    ).map { "INSERT INTO exercises VALUES (\($0), \($1));" }.joined(separator: "\n") + sampled

  private static let exercises =
    exerciseValues.map { "INSERT INTO exercises VALUES (\($0));" }.joined(separator: "\n") + sampled

  private static let sampled = """

    INSERT INTO cursors VALUES ('test', 60), ('train', 70);
    INSERT INTO samplings VALUES
      (1, 1, 4, 4, 4, 4, 3, 2, 500, 100, 25, 2, 'close 25', 'plan 1', 25, 1, 0),
      (1, 6, 4, 4, 2, 2, 1, 1, 500, 70, 32, 0, 'close 32', 'plan 6', 32, 1, 1),
      (2, 1, 4, 4, 4, 4, 4, 4, 500, 80, 20, 3, 'close 20', 'plan 1', 20, 0, 0),
      (2, 6, 4, 3, 1, 0, 0, 0, 500, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
    INSERT INTO traces VALUES
      (1, 1, 1, 100, 2, NULL, 'close 25', 'plan 1', 25, 1, 0),
      (2, 6, 1, 100, 0, NULL, 'close 32', 'plan 6', 32, 1, 1);
    INSERT INTO traces VALUES
      (3, 1, 2, 1000000100, 3, 1, 'close 20', 'plan 1', 20, 0, 0);
    """

  private static let evaluations = """
    INSERT INTO evaluations (round, set_name, exercise_id, samples, terminated, correct, optimal, sound,
      legal, generated_tokens, optimal_trace_tokens, shortest_optimal)
    VALUES
      (0, 'test', 3, 4, 4, 4, 4, 4, 2, 1000, 400, 90), (0, 'test', 4, 4, 4, 3, 2, 3, 1, 1000, 500, 240),
      (0, 'test', 5, 4, 3, 1, 1, 0, 0, 1000, 80, 80), (1, 'test', 3, 4, 4, 4, 4, 2, 0, 1000, 320, 70),
      (1, 'test', 4, 4, 4, 4, 0, 4, 4, 1000, 0, NULL), (1, 'test', 5, 4, 4, 4, 4, 4, 4, 1000, 200, 50),
      (2, 'test', 3, 4, 4, 4, 3, 2, 0, 1000, 240, 70), (2, 'test', 4, 4, 0, 0, 0, 0, 0, 1000, 0, NULL);
    """

  private static let references = """
    INSERT INTO reference_lines VALUES
      (3, 'lifo', 70.0), (3, 'reference', 100.0), (4, 'lifo', 60.5), (4, 'reference', 61.25),
      (5, 'lifo', 50.0), (5, 'reference', 80.0);
    """

  /// Round 0 keeps the NULLs of a run that was begun with schema 2.
  private static let measures = """
    UPDATE evaluations SET correct_trace_tokens = optimal_trace_tokens + 50 * (correct - optimal),
      least_cost = iif(correct > 0, exercise_id + 2 * (optimal = 0), NULL),
      distinct_correct = min(correct, 2),
      optimal_clauses = optimal_trace_tokens / 5, optimal_expansions = optimal_trace_tokens / 10
    WHERE round > 0;
    """

  private static let lineIntervals = """
    INSERT INTO metrics VALUES
      (0, 'evaluate', 0, 'shorter_pct_low/lifo', -60.0), (0, 'evaluate', 0, 'shorter_pct_high/lifo', -10.5),
      (1, 'evaluate', 0, 'shorter_pct_low/lifo', -5.0), (1, 'evaluate', 0, 'shorter_pct_high/lifo', 5.0),
      (1, 'evaluate', 0, 'shorter_pct_low/reference', 15.5),
      (1, 'evaluate', 0, 'shorter_pct_high/reference', 30.75);
    """

  /// `dense` has exercises of its own; `far` evaluates the test exercises otherwise.
  private static let sets = """
    INSERT INTO exercises VALUES
      (7, 'dense', 0, 0, 'start 7 goal', 'create 7', 'plan 7', 7, 90, '\(layout(7))');
    INSERT INTO cursors VALUES ('dense', 1);
    INSERT INTO reference_lines VALUES (7, 'lifo', 80.0), (7, 'reference', 90.0);
    INSERT INTO evaluations VALUES
      (0, 'dense', 7, 4, 4, 4, 4, 4, 4, 1000, 360, 90, 360, 7, 2, 72, 36),
      (1, 'dense', 7, 4, 4, 4, 4, 4, 4, 1000, 240, 60, 240, 7, 2, 48, 24),
      (1, 'far', 3, 8, 8, 8, 2, 8, 8, 1000, 150, 70, 600, 3, 4, 30, 15);
    INSERT INTO fault_counts VALUES (1, 'far', 'longerThanOptimal', 6);
    INSERT INTO metrics VALUES
      (0, 'evaluate', 0, 'optimal_pct@dense', 100.0), (0, 'evaluate', 0, 'relative_length@dense', 1.0),
      (0, 'evaluate', 0, 'optimal_pct_low@dense', 100.0), (0, 'evaluate', 0, 'optimal_pct_high@dense', 100.0),
      (1, 'evaluate', 0, 'optimal_pct@dense', 100.0),
      (1, 'evaluate', 0, 'relative_length@dense', 0.6666666666666666),
      (1, 'evaluate', 0, 'optimal_pct_low@dense', 99.5), (1, 'evaluate', 0, 'optimal_pct_high@dense', 100.0),
      (1, 'evaluate', 0, 'shorter_pct_low@dense', 33.3), (1, 'evaluate', 0, 'shorter_pct_high@dense', 33.4),
      (1, 'evaluate', 0, 'optimal_pct@far', 25.0), (1, 'evaluate', 0, 'optimal_pct_low@far', 25.0),
      (1, 'evaluate', 0, 'optimal_pct_high@far', 25.5);
    """
}
