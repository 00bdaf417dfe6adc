/// The views as migrations 2 to 5 make them. Published: their text never changes. Migration 6 has its own.
///
/// A view holds no rows, so each of these steps drops all views and makes them in this one form.
enum PublishedViews {
  static let drop = """
    DROP VIEW IF EXISTS rounds_summary;
    DROP VIEW IF EXISTS evaluation_summary;
    DROP VIEW IF EXISTS reference_summary;
    DROP VIEW IF EXISTS against_references;
    DROP VIEW IF EXISTS best_traces;
    DROP VIEW IF EXISTS lineage;
    DROP VIEW IF EXISTS regressions;
    DROP VIEW IF EXISTS run_state;
    DROP VIEW IF EXISTS length_histogram;
    DROP VIEW IF EXISTS failures_by_reason;

    """

  static let sql = """
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
        CASE WHEN count(reference) = count(*) THEN avg(iif(optimal > 0, reference, NULL)) END AS \
    reference_tokens,
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
    ), bound AS (
      SELECT round,
        max(iif(name = 'optimal_pct_low', value, NULL)) AS optimal_low,
        max(iif(name = 'optimal_pct_high', value, NULL)) AS optimal_high,
        max(iif(name = 'shorter_pct_low', value, NULL)) AS shorter_low,
        max(iif(name = 'shorter_pct_high', value, NULL)) AS shorter_high
      FROM metrics WHERE phase = 'evaluate' GROUP BY round
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
      round(b.optimal_low, 1) AS optimal_pct_low,
      round(b.optimal_high, 1) AS optimal_pct_high,
      round(b.shorter_low, 1) + 0.0 AS shorter_pct_low,
      round(b.shorter_high, 1) + 0.0 AS shorter_pct_high
    FROM rounds AS r
      LEFT JOIN evaluated AS e ON e.round = r.round
      LEFT JOIN paired AS p ON p.round = r.round
      LEFT JOIN bound AS b ON b.round = r.round
    ORDER BY r.round;
    CREATE VIEW evaluation_summary AS
    WITH task AS (
      SELECT e.*, x.optimal_cost + 1.0 AS positions, l.tokens AS reference,
        1.0 * e.optimal_trace_tokens / e.optimal AS tokens,
        1.0 * e.correct_trace_tokens / e.correct AS solved_tokens
      FROM evaluations AS e JOIN exercises AS x ON x.id = e.exercise_id
        LEFT JOIN reference_lines AS l ON l.exercise_id = e.exercise_id AND l.name = 'reference'
    ), paired AS (
      SELECT later.round, later.set_name,
        sum(1.0 * first.optimal_trace_tokens / first.optimal) AS tokens_before,
        sum(1.0 * later.optimal_trace_tokens / later.optimal) AS tokens
      FROM evaluations AS later JOIN evaluations AS first
        ON first.set_name = later.set_name AND first.round = 0 AND first.exercise_id = later.exercise_id
      WHERE later.optimal > 0 AND first.optimal > 0
      GROUP BY later.round, later.set_name
    ), bound AS (
      SELECT round, iif(instr(name, '@') = 0, 'test', substr(name, instr(name, '@') + 1)) AS set_name,
        max(iif(name GLOB 'optimal_pct_low*', value, NULL)) AS optimal_low,
        max(iif(name GLOB 'optimal_pct_high*', value, NULL)) AS optimal_high,
        max(iif(name GLOB 'shorter_pct_low*', value, NULL)) AS shorter_low,
        max(iif(name GLOB 'shorter_pct_high*', value, NULL)) AS shorter_high
      FROM metrics WHERE phase = 'evaluate' AND instr(name, '/') = 0 GROUP BY 1, 2
    )
    SELECT t.round, t.set_name, count(*) AS tasks, max(samples) AS samples,
      round(100.0 * avg(1.0 * optimal / samples), 1) AS optimal_pct,
      round(100.0 * avg(1.0 * correct / samples), 1) AS solved_pct,
      round(100.0 * avg(optimal >= 1), 1) AS any_optimal_pct,
      round(100.0 * avg(optimal >= 3), 1) AS three_optimal_pct,
      round(100.0 * avg(correct >= 1), 1) AS any_solved_pct,
      round(100.0 * avg(correct >= 3), 1) AS three_solved_pct,
      CASE WHEN count(correct_trace_tokens) = count(*) THEN round(avg(
        iif(correct > 0, positions / max(positions, least_cost + 1.0), 0.0)), 3) END AS swc,
      CASE WHEN count(correct_trace_tokens) = count(*) AND count(reference) = count(*) THEN
        round(avg(iif(correct > 0, reference / max(solved_tokens, 1.0), 0.0)), 3) END AS ilr_on_solved,
      CASE WHEN count(reference) = count(*) THEN
        round(avg(iif(optimal > 0, reference / max(t.tokens, 1.0), 0.0)), 3) END AS ilr_on_optimal,
      round(avg(t.tokens), 1) AS trace_tokens,
      round(avg(iif(optimal > 0, reference, NULL)), 1) AS reference_tokens,
      round(avg(1.0 * optimal_clauses / optimal), 1) AS clauses,
      round(avg(1.0 * optimal_expansions / optimal), 1) AS expansions,
      round(avg(1.0 * distinct_correct), 2) AS distinct_correct,
      round(100.0 * sum(sound) / sum(correct), 1) AS sound_pct,
      round(100.0 * sum(legal) / sum(correct), 1) AS legal_pct,
      round(100.0 * (sum(samples) - sum(terminated)) / sum(samples), 1) AS truncated_pct,
      round(100.0 * (1.0 - max(p.tokens) / nullif(max(p.tokens_before), 0.0)), 1) + 0.0 AS shorter_pct,
      round(max(b.optimal_low), 1) AS optimal_pct_low,
      round(max(b.optimal_high), 1) AS optimal_pct_high,
      round(max(b.shorter_low), 1) + 0.0 AS shorter_pct_low,
      round(max(b.shorter_high), 1) + 0.0 AS shorter_pct_high
    FROM task AS t
      LEFT JOIN paired AS p ON p.round = t.round AND p.set_name = t.set_name
      LEFT JOIN bound AS b ON b.round = t.round AND b.set_name = t.set_name
    GROUP BY t.round, t.set_name ORDER BY t.round, t.set_name <> 'test', t.set_name;
    CREATE VIEW reference_summary AS
    WITH line AS (
      SELECT l.name, avg(l.tokens) AS tokens, count(*) AS tasks
      FROM reference_lines AS l JOIN exercises AS x ON x.id = l.exercise_id
      WHERE x.split = 'test' GROUP BY l.name
    )
    SELECT name, tasks, round(tokens, 1) AS tokens,
      round(tokens / nullif((SELECT tokens FROM line WHERE name = 'reference'), 0.0), 3) AS relative
    FROM line ORDER BY line.tokens DESC, name;
    CREATE VIEW against_references AS
    SELECT e.round, l.name, count(*) AS tasks,
      round(avg(1.0 * e.optimal_trace_tokens / e.optimal), 1) AS trace_tokens,
      round(avg(l.tokens), 1) AS reference_tokens,
      round(100.0 * (1.0 - avg(1.0 * e.optimal_trace_tokens / e.optimal) / nullif(avg(l.tokens), 0.0)), 1)
        + 0.0 AS shorter_pct,
      round(max(low.value), 1) + 0.0 AS shorter_pct_low,
      round(max(high.value), 1) + 0.0 AS shorter_pct_high,
      round(100.0 * avg(1.0 * e.optimal_trace_tokens / e.optimal < l.tokens), 1) AS below_pct
    FROM evaluations AS e JOIN reference_lines AS l ON l.exercise_id = e.exercise_id
      LEFT JOIN metrics AS low ON low.round = e.round AND low.phase = 'evaluate' AND low.step = 0
        AND low.name = 'shorter_pct_low/' || l.name
      LEFT JOIN metrics AS high ON high.round = e.round AND high.phase = 'evaluate' AND high.step = 0
        AND high.name = 'shorter_pct_high/' || l.name
    WHERE e.set_name = 'test' AND e.optimal > 0
    GROUP BY e.round, l.name ORDER BY e.round, avg(l.tokens) DESC, l.name;
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
    ORDER BY 1, 2;
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
      run.finished_reason
    FROM runs AS run
      LEFT JOIN attempts AS a ON a.id = (SELECT max(id) FROM attempts)
      LEFT JOIN rounds AS r ON r.round = (SELECT max(round) FROM rounds);
    CREATE VIEW length_histogram AS
    WITH length (round, tokens) AS (
      SELECT NULL, l.tokens FROM reference_lines AS l JOIN exercises AS x ON x.id = l.exercise_id
      WHERE l.name = 'reference' AND x.split = 'test'
      UNION ALL
      SELECT round, 1.0 * optimal_trace_tokens / optimal
      FROM evaluations WHERE set_name = 'test' AND optimal > 0
    ), bin (round, low, exercises) AS (
      SELECT round, 10 * CAST(tokens / 10.0 AS INTEGER), count(*) FROM length GROUP BY 1, 2
    )
    SELECT round, low AS tokens_from, low + 9 AS tokens_to, exercises,
      printf('%.*c', max(1, CAST(round(40.0 * exercises / max(exercises) OVER ()) AS INTEGER)), '*') AS bar
    FROM bin ORDER BY round, low;
    CREATE VIEW failures_by_reason AS
    SELECT f.round, f.source, f.kind AS reason, f.count,
      round(100.0 * f.count / (CASE f.source
        WHEN 'sample' THEN (SELECT sum(samples) FROM samplings AS s WHERE s.round = f.round)
        ELSE (SELECT sum(samples) FROM evaluations AS e WHERE e.round = f.round AND e.set_name = f.source)
      END), 2) AS pct_of_samples
    FROM fault_counts AS f WHERE f.kind <> 'optimal'
    ORDER BY f.round, f.source, f.count DESC, f.kind;
    """
}
