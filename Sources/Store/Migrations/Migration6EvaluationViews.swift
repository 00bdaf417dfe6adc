/// The views of schema 6 on evaluations: every measure of a set, and the comparison with reference lines.
enum Migration6EvaluationViews {
  static let sql = [
    evaluationSummary, referenceSummary, againstReferences, lengthHistogram, failuresByReason,
  ].joined()

  /// One row per round and set: every measure of the field by its name there.
  ///
  /// `optimal_pct` and `solved_pct` are means over samples; `any_...` and `three_...` count tasks with at
  /// least one and three such samples. `majority_optimal_pct`: how often the most frequent answer of a task's
  /// samples is optimal, where each of equally frequent ones is taken as often. `swc` (success
  /// weighted by cost), `ilr_on_solved`, `ilr_on_optimal` as Lehnert et al. 2024 compute them, SWC from plan
  /// lengths in positions and the cheapest correct plan of a task; a correct answer to a task without a cost
  /// counts as the cheapest. `clauses`, `expansions`, `trace_tokens` and `reference_tokens` are means over
  /// the tasks solved optimally. `shorter_pct` is against round 0 on the tasks optimal in both. `..._low`,
  /// `..._high`: 95 % intervals over tasks.
  private static let evaluationSummary = """
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
    )
    SELECT t.round, t.set_name, count(*) AS tasks, max(samples) AS samples,
      round(100.0 * avg(1.0 * optimal / samples), 1) AS optimal_pct,
      round(100.0 * avg(1.0 * correct / samples), 1) AS solved_pct,
      round(100.0 * avg(optimal >= 1), 1) AS any_optimal_pct,
      round(100.0 * avg(optimal >= 3), 1) AS three_optimal_pct,
      round(100.0 * avg(correct >= 1), 1) AS any_solved_pct,
      round(100.0 * avg(correct >= 3), 1) AS three_solved_pct,
      CASE WHEN count(correct_trace_tokens) = count(*) THEN round(avg(iif(correct > 0,
        coalesce(positions / max(positions, least_cost + 1.0), 1.0), 0.0)), 3) END AS swc,
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
      round(max(o.low), 1) AS optimal_pct_low,
      round(max(o.high), 1) AS optimal_pct_high,
      round(max(s.low), 1) + 0.0 AS shorter_pct_low,
      round(max(s.high), 1) + 0.0 AS shorter_pct_high,
      CASE WHEN count(majority_optimal) = count(*) THEN round(100.0 * avg(majority_optimal), 1) END
        AS majority_optimal_pct
    FROM task AS t
      LEFT JOIN paired AS p ON p.round = t.round AND p.set_name = t.set_name
      LEFT JOIN intervals AS o ON o.round = t.round AND o.set_name = t.set_name AND o.line = ''
        AND o.figure = 'optimal_pct'
      LEFT JOIN intervals AS s ON s.round = t.round AND s.set_name = t.set_name AND s.line = ''
        AND s.figure = 'shorter_pct'
    GROUP BY t.round, t.set_name ORDER BY t.round, t.set_name <> 'test', t.set_name;

    """

  /// The reference lines over all test exercises, the longest first; `relative`: over `reference`.
  private static let referenceSummary = """
    CREATE VIEW reference_summary AS
    WITH line AS (
      SELECT l.name, avg(l.tokens) AS tokens, count(*) AS tasks
      FROM reference_lines AS l JOIN exercises AS x ON x.id = l.exercise_id
      WHERE x.split = 'test' GROUP BY l.name
    )
    SELECT name, tasks, round(tokens, 1) AS tokens,
      round(tokens / nullif((SELECT tokens FROM line WHERE name = 'reference'), 0.0), 3) AS relative
    FROM line ORDER BY line.tokens DESC, name;

    """

  /// Each evaluated round compared with each line, on the test exercises that the round solved optimally.
  /// `below_pct`: those on which its mean trace is shorter than the line; `..._low`, `..._high`: the 95 %
  /// interval of `shorter_pct` over tasks.
  private static let againstReferences = """
    CREATE VIEW against_references AS
    SELECT e.round, l.name, count(*) AS tasks,
      round(avg(1.0 * e.optimal_trace_tokens / e.optimal), 1) AS trace_tokens,
      round(avg(l.tokens), 1) AS reference_tokens,
      round(100.0 * (1.0 - avg(1.0 * e.optimal_trace_tokens / e.optimal) / nullif(avg(l.tokens), 0.0)), 1)
        + 0.0 AS shorter_pct,
      round(max(i.low), 1) + 0.0 AS shorter_pct_low,
      round(max(i.high), 1) + 0.0 AS shorter_pct_high,
      round(100.0 * avg(1.0 * e.optimal_trace_tokens / e.optimal < l.tokens), 1) AS below_pct
    FROM evaluations AS e JOIN reference_lines AS l ON l.exercise_id = e.exercise_id
      LEFT JOIN intervals AS i ON i.round = e.round AND i.set_name = 'test' AND i.line = l.name
        AND i.figure = 'shorter_pct'
    WHERE e.set_name = 'test' AND e.optimal > 0
    GROUP BY e.round, l.name ORDER BY e.round, avg(l.tokens) DESC, l.name;

    """

  /// The number of test exercises by mean optimal trace length, in steps of ten; `round` NULL: the reference.
  private static let lengthHistogram = """
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

    """

  /// Samples without an optimal answer by the kind of their first fault (`longerThanOptimal`: none, yet not
  /// optimal), as a part of all samples of the same round and source: `sample` or the evaluated set.
  private static let failuresByReason = """
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
