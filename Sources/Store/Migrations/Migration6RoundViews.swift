/// The views of schema 6 on a run, its rounds and its traces, made for people:
/// `sqlite3 shorten.db 'select * from rounds_summary'`.
///
/// They work with SQLite 3.37 or later, during a run and after it. The ILR is Searchformer's (Lehnert et al.
/// 2024, section 4): the reference's mean trace length over the model's, 0 for a task never solved, averaged
/// over all tasks.
enum Migration6RoundViews {
  static let sql = [roundsSummary, bestTraces, lineage, regressions, runState].joined()

  /// One row a round, newest last. A mean trace of less than one token counts as one in the ILR.
  private static let roundsSummary = """
    CREATE VIEW rounds_summary AS
    WITH task AS (
      SELECT e.*, 1.0 * e.optimal_trace_tokens / e.optimal AS tokens, l.tokens AS reference
      FROM evaluations AS e
        LEFT JOIN reference_lines AS l ON l.exercise_id = e.exercise_id AND l.name = 'reference'
      WHERE e.set_name = 'test'
    ), evaluated AS (
      SELECT round,
        100.0 * avg(1.0 * optimal / samples) AS optimal,
        100.0 * avg(1.0 * correct / samples) AS solved,
        100.0 * avg(optimal > 0) AS any_optimal,
        avg(tokens) AS tokens,
        CASE WHEN count(reference) = count(*) THEN avg(iif(optimal > 0, reference, NULL)) END
          AS reference_tokens,
        CASE WHEN count(reference) = count(*) THEN
          avg(iif(optimal > 0, reference / max(tokens, 1.0), 0.0)) END AS ilr,
        100.0 * sum(sound) / sum(correct) AS sound,
        100.0 * sum(legal) / sum(correct) AS legal,
        100.0 * (sum(samples) - sum(terminated)) / sum(samples) AS truncated
      FROM task GROUP BY round
    ), paired AS (
      SELECT later.round,
        avg(1.0 * first.optimal_trace_tokens / first.optimal) AS tokens_before,
        avg(1.0 * later.optimal_trace_tokens / later.optimal) AS tokens
      FROM evaluations AS later JOIN evaluations AS first
        ON first.set_name = 'test' AND first.round = 0 AND first.exercise_id = later.exercise_id
      WHERE later.set_name = 'test' AND later.optimal > 0 AND first.optimal > 0
      GROUP BY later.round
    )
    SELECT r.round, r.state,
      round(e.optimal, 1) AS optimal_pct,
      round(e.solved, 1) AS solved_pct,
      round(e.any_optimal, 1) AS any_optimal_pct,
      round(e.tokens, 1) AS trace_tokens,
      round(e.reference_tokens, 1) AS reference_trace_tokens,
      round(e.ilr, 3) AS ilr_on_optimal,
      round(p.tokens_before, 1) AS paired_tokens_before,
      round(p.tokens, 1) AS paired_tokens,
      round(100.0 * (1.0 - p.tokens / p.tokens_before), 1) + 0.0 AS shorter_pct,
      round(e.sound, 1) AS sound_pct,
      round(e.legal, 1) AS legal_pct,
      round(e.truncated, 1) AS truncated_pct,
      (SELECT count(*) FROM traces AS t WHERE t.round = r.round) AS improved,
      r.kept_sequences AS kept,
      r.train_tokens,
      (SELECT coalesce(sum(s.generated_tokens), 0)
        FROM samplings AS s WHERE s.round = r.round) AS sampled_tokens,
      (SELECT CAST(round(coalesce(sum(s.seconds), 0.0)) AS INTEGER)
        FROM phase_seconds AS s WHERE s.round = r.round) AS seconds,
      round(o.low, 1) AS optimal_pct_low,
      round(o.high, 1) AS optimal_pct_high,
      round(s.low, 1) + 0.0 AS shorter_pct_low,
      round(s.high, 1) + 0.0 AS shorter_pct_high
    FROM rounds AS r
      LEFT JOIN evaluated AS e ON e.round = r.round
      LEFT JOIN paired AS p ON p.round = r.round
      LEFT JOIN intervals AS o ON o.round = r.round AND o.set_name = 'test' AND o.line = ''
        AND o.figure = 'optimal_pct'
      LEFT JOIN intervals AS s ON s.round = r.round AND s.set_name = 'test' AND s.line = ''
        AND s.figure = 'shorter_pct'
    ORDER BY r.round;

    """

  /// The best trace of each exercise, the greatest saving first. `round` is NULL while it is the reference's,
  /// the saving is NULL if there is no reference's trace.
  private static let bestTraces = """
    CREATE VIEW best_traces AS
    SELECT x.split, x.id AS exercise, x.optimal_cost,
      x.trace_length AS reference_tokens,
      coalesce(t.trace_length, x.trace_length) AS best_tokens,
      round(100.0 * (x.trace_length - coalesce(t.trace_length, x.trace_length)) / max(x.trace_length, 1), 1)
        AS saved_pct,
      t.round,
      coalesce(t.trace, x.trace) AS trace
    FROM exercises AS x LEFT JOIN traces AS t
      ON t.id = (SELECT k.id FROM traces AS k WHERE k.exercise_id = x.id ORDER BY k.round DESC LIMIT 1)
    ORDER BY saved_pct DESC, x.id;

    """

  /// Each kept trace (`trace_id`) with its ancestors. Generation 0 is the trace itself, the last one the
  /// reference's, if there is one; the database does not know whether that is sound and legal.
  ///
  /// A trace's parent is the one kept before it for the same exercise (the schema sees to that), so its
  /// ancestors are those of earlier rounds: no recursion, and `WHERE trace_id = ...` reads these rows only.
  private static let lineage = """
    CREATE VIEW lineage AS
    SELECT t.id AS trace_id,
      (SELECT count(*) FROM traces AS m
        WHERE m.exercise_id = t.exercise_id AND m.round > a.round AND m.round <= t.round) AS generation,
      t.exercise_id AS exercise, 'round ' || a.round AS origin, a.checkpoint_id AS checkpoint, a.attempt,
      a.trace_length AS tokens, a.sound, a.legal, a.trace
    FROM traces AS t JOIN traces AS a ON a.exercise_id = t.exercise_id AND a.round <= t.round
    UNION ALL
    SELECT t.id,
      (SELECT count(*) FROM traces AS m WHERE m.exercise_id = t.exercise_id AND m.round <= t.round),
      x.id, 'reference', NULL, NULL, x.trace_length, NULL, NULL, x.trace
    FROM traces AS t JOIN exercises AS x ON x.id = t.exercise_id
    WHERE x.trace IS NOT NULL
    ORDER BY 1, 2;

    """

  /// Test exercises that an earlier accepted round solved optimally at least once and the newest evaluated
  /// round does not.
  private static let regressions = """
    CREATE VIEW regressions AS
    SELECT x.id AS exercise, x.optimal_cost,
      newest.round, newest.samples, newest.correct,
      max(earlier.round) AS last_optimal_round,
      min(earlier.shortest_optimal) AS shortest_optimal,
      x.prompt
    FROM evaluations AS newest
      JOIN evaluations AS earlier ON earlier.set_name = 'test' AND earlier.exercise_id = newest.exercise_id
        AND earlier.round < newest.round AND earlier.optimal > 0
      JOIN rounds AS r ON r.round = earlier.round AND r.state = 'accepted'
      JOIN exercises AS x ON x.id = newest.exercise_id
    WHERE newest.set_name = 'test' AND newest.optimal = 0
      AND newest.round = (SELECT max(round) FROM evaluations WHERE set_name = 'test')
    GROUP BY newest.exercise_id
    ORDER BY x.id;

    """

  /// One row. `running`: a process works and its heartbeat is no older than 120 s; `stale`: it is older, so
  /// the process has probably died; `stopped`: ended with work left; `finished`. `rounds`: how many are
  /// planned. SQLite's clock decides here; `RunStore.runState(now:)` asks the same with a given time.
  static let runState = """
    CREATE VIEW run_state AS
    SELECT run.name,
      CASE
        WHEN run.finished_reason IS NOT NULL THEN 'finished'
        WHEN a.id IS NULL OR a.ended_at IS NOT NULL THEN 'stopped'
        WHEN 86400.0 * (julianday('now') - julianday(a.heartbeat_at)) > 120.0 THEN 'stale'
        ELSE 'running'
      END AS state,
      run.planned_rounds AS rounds,
      r.round,
      r.state AS phase,
      (SELECT count(*) FROM rounds WHERE state = 'accepted') AS accepted,
      (SELECT count(*) FROM rounds WHERE state = 'rejected') AS rejected,
      (SELECT count(*) FROM attempts) AS attempts,
      a.pid, a.host, a.boot_id, a.started_at, a.heartbeat_at, a.exit,
      run.finished_reason, run.length_unit, run.promise
    FROM runs AS run
      LEFT JOIN attempts AS a ON a.id = (SELECT max(id) FROM attempts)
      LEFT JOIN rounds AS r ON r.round = (SELECT max(round) FROM rounds);

    """
}
