/// Schema 6: room for learners that are not built in, and words of the store as columns. One step.
///
/// - `runs` names its learner, its unit of length and what it promises; `vocabulary_sha256` becomes
///   `learner_sha256` with the value it had. A checkpoint is a file or a folder and names its learner too.
/// - `intervals` and `measured` take over what `metrics` held under names such as `shorter_pct_low@dense`,
///   `shorter_pct_low/lifo` and `relative_length`. A bound without its partner stays where it is.
/// - An exercise may have no trace of a reference, and no cost: 0 becomes NULL in a run of the domain
///   `external` if no evaluation of the exercise has another cost. `layout_sha256` becomes `identity_sha256`.
/// - `samplings.incumbent_length` is what a sample had to beat; NULL in a row from before this step.
/// - `responses` keeps samples of a run that cannot draw them again.
///
/// The canonical rows (`RunStore.forEachCanonicalRow`) change once with it:
///
/// - The values and intervals above are no `metric` lines any more. After the last `metric` line follow the
///   lines `measured` (round, set, name, value) and `interval` (round, set, line, figure, low, high).
/// - `exercise` lines have `\N` for no cost, and for no trace and its length; `evaluation` lines have `\N`
///   for no cost. That concerns runs of the domain `external` only.
/// - `response` lines are new and the last; a reproducible run has none.
///
/// Every other line is as it was, byte for byte. The new columns are in no line, for a run that was begun
/// before this step has none of their values.
///
/// Tables are made anew in the order that SQLite documents (new table, copy, drop, rename, with foreign keys
/// off), after the views and triggers that mention them are gone.
enum Migration6Learners {
  static let sql = """
    DROP TRIGGER layouts_stay_in_their_split;
    DROP TRIGGER only_training_traces_are_kept;
    DROP TRIGGER kept_traces_get_shorter;

    ALTER TABLE runs RENAME COLUMN vocabulary_sha256 TO learner_sha256;
    ALTER TABLE runs ADD COLUMN learner TEXT NOT NULL DEFAULT 'built-in' CHECK (learner <> '');
    ALTER TABLE runs ADD COLUMN length_unit TEXT NOT NULL DEFAULT 'tokens' CHECK (length_unit <> '');
    ALTER TABLE runs ADD COLUMN promise TEXT NOT NULL DEFAULT 'reproducible'
      CHECK (promise IN ('reproducible', 'repeatable', 'recorded'));

    CREATE TABLE new_checkpoints (
      id INTEGER PRIMARY KEY,
      round INTEGER NOT NULL REFERENCES rounds (round),
      step INTEGER NOT NULL CHECK (step BETWEEN 0 AND 999999999),
      is_final INTEGER NOT NULL CHECK (is_final IN (0, 1)),
      path TEXT NOT NULL UNIQUE,
      bytes INTEGER NOT NULL CHECK (bytes > 0),
      sha256 TEXT NOT NULL CHECK (length(sha256) = 64 AND sha256 NOT GLOB '*[^0-9a-f]*'),
      kind TEXT NOT NULL DEFAULT 'file' CHECK (kind IN ('file', 'folder')),
      learner_sha256 TEXT NOT NULL
        CHECK (length(learner_sha256) = 64 AND learner_sha256 NOT GLOB '*[^0-9a-f]*'),
      UNIQUE (round, step),
      CONSTRAINT "a checkpoint's id is its key" CHECK (id = 1000000000 * round + step),
      CONSTRAINT "a path stays in the run directory"
        CHECK (path <> '' AND path NOT GLOB '/*' AND path NOT GLOB '*..*')
    ) STRICT;
    INSERT INTO new_checkpoints
      SELECT id, round, step, is_final, path, bytes, sha256, 'file', (SELECT learner_sha256 FROM runs)
      FROM checkpoints;
    DROP TABLE checkpoints;
    ALTER TABLE new_checkpoints RENAME TO checkpoints;
    CREATE UNIQUE INDEX one_final_checkpoint_a_round ON checkpoints (round) WHERE is_final;

    CREATE TABLE new_exercises (
      id INTEGER PRIMARY KEY,
      split TEXT NOT NULL CHECK (split <> ''),
      candidate_index INTEGER NOT NULL CHECK (candidate_index >= 0),
      round INTEGER NOT NULL REFERENCES rounds (round),
      prompt TEXT NOT NULL UNIQUE CHECK (prompt <> ''),
      trace TEXT,
      answer TEXT NOT NULL CHECK (answer <> ''),
      optimal_cost INTEGER CHECK (optimal_cost >= 0),
      trace_length INTEGER CHECK (trace_length >= 0),
      identity_sha256 TEXT NOT NULL
        CHECK (length(identity_sha256) = 64 AND identity_sha256 NOT GLOB '*[^0-9a-f]*'),
      UNIQUE (split, candidate_index),
      CONSTRAINT "a reference's trace has a length" CHECK ((trace IS NULL) = (trace_length IS NULL))
    ) STRICT;
    INSERT INTO new_exercises
      SELECT id, split, candidate_index, round, prompt, trace, answer,
        iif(optimal_cost = 0 AND (SELECT domain FROM runs) = 'external'
          AND id NOT IN (SELECT exercise_id FROM evaluations WHERE least_cost <> 0), NULL, optimal_cost),
        trace_length, layout_sha256
      FROM exercises;
    DROP TABLE exercises;
    ALTER TABLE new_exercises RENAME TO exercises;
    CREATE INDEX exercises_by_identity ON exercises (identity_sha256, split);
    CREATE INDEX exercises_by_round ON exercises (round, split);

    CREATE TABLE new_evaluations (
      round INTEGER NOT NULL REFERENCES rounds (round),
      set_name TEXT NOT NULL CHECK (set_name <> ''),
      exercise_id INTEGER NOT NULL REFERENCES exercises (id),
      samples INTEGER NOT NULL,
      terminated INTEGER NOT NULL,
      correct INTEGER NOT NULL,
      optimal INTEGER NOT NULL,
      sound INTEGER NOT NULL,
      legal INTEGER NOT NULL,
      generated_tokens INTEGER NOT NULL,
      optimal_trace_tokens INTEGER NOT NULL,
      shortest_optimal INTEGER,
      correct_trace_tokens INTEGER
        CHECK (correct_trace_tokens BETWEEN optimal_trace_tokens AND generated_tokens),
      least_cost INTEGER CHECK (least_cost IS NULL
        OR (least_cost >= 0 AND correct > 0 AND correct_trace_tokens IS NOT NULL)),
      distinct_correct INTEGER CHECK (distinct_correct BETWEEN min(correct, 1) AND correct
        AND (distinct_correct IS NULL) = (correct_trace_tokens IS NULL)),
      optimal_clauses INTEGER CHECK (optimal_clauses >= 0
        AND (optimal_clauses IS NULL) = (correct_trace_tokens IS NULL)),
      optimal_expansions INTEGER CHECK (optimal_expansions BETWEEN 0 AND optimal_clauses
        AND (optimal_expansions IS NULL) = (correct_trace_tokens IS NULL)),
      votes TEXT CHECK (votes GLOB '{*}'),
      majority_optimal REAL CHECK (majority_optimal BETWEEN 0.0 AND 1.0),
      PRIMARY KEY (set_name, round, exercise_id),
      CHECK ((votes IS NULL) = (majority_optimal IS NULL)),
      CHECK (samples > 0 AND terminated BETWEEN 0 AND samples AND correct BETWEEN 0 AND terminated),
      CHECK (optimal BETWEEN 0 AND correct AND sound BETWEEN 0 AND correct AND legal BETWEEN 0 AND sound),
      CHECK (generated_tokens >= optimal_trace_tokens AND optimal_trace_tokens >= 0),
      CHECK ((shortest_optimal IS NULL) = (optimal = 0) AND (optimal > 0 OR optimal_trace_tokens = 0)),
      CHECK (shortest_optimal >= 0 AND shortest_optimal * optimal <= optimal_trace_tokens)
    ) STRICT, WITHOUT ROWID;
    INSERT INTO new_evaluations
      SELECT e.round, e.set_name, e.exercise_id, e.samples, e.terminated, e.correct, e.optimal, e.sound,
        e.legal, e.generated_tokens, e.optimal_trace_tokens, e.shortest_optimal, e.correct_trace_tokens,
        iif(x.optimal_cost IS NULL, NULL, e.least_cost), e.distinct_correct, e.optimal_clauses,
        e.optimal_expansions, NULL, NULL
      FROM evaluations AS e JOIN exercises AS x ON x.id = e.exercise_id;
    DROP TABLE evaluations;
    ALTER TABLE new_evaluations RENAME TO evaluations;

    ALTER TABLE samplings ADD COLUMN incumbent_length REAL
      CHECK (incumbent_length BETWEEN 0 AND 1.7976931348623157e308);

    CREATE TABLE measured (
      round INTEGER NOT NULL REFERENCES rounds (round),
      set_name TEXT NOT NULL CHECK (set_name <> ''),
      name TEXT NOT NULL CHECK (name <> ''),
      value REAL NOT NULL CHECK (abs(value) <= 1.7976931348623157e308),
      PRIMARY KEY (round, set_name, name)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE intervals (
      round INTEGER NOT NULL REFERENCES rounds (round),
      set_name TEXT NOT NULL CHECK (set_name <> ''),
      line TEXT NOT NULL,
      figure TEXT NOT NULL CHECK (figure IN ('optimal_pct', 'shorter_pct')),
      low REAL NOT NULL CHECK (abs(low) <= 1.7976931348623157e308),
      high REAL NOT NULL CHECK (abs(high) <= 1.7976931348623157e308),
      PRIMARY KEY (round, set_name, line, figure),
      CONSTRAINT "an interval's low end is not above its high end" CHECK (low <= high),
      CONSTRAINT "a line is compared with by length alone" CHECK (line = '' OR figure = 'shorter_pct')
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE responses (
      round INTEGER NOT NULL,
      set_name TEXT NOT NULL,
      exercise_id INTEGER NOT NULL,
      attempt INTEGER NOT NULL CHECK (attempt >= 0),
      trace TEXT NOT NULL,
      answer TEXT NOT NULL,
      length INTEGER NOT NULL CHECK (length >= 0),
      terminated INTEGER NOT NULL CHECK (terminated IN (0, 1)),
      correct INTEGER NOT NULL CHECK (correct IN (0, 1)),
      optimal INTEGER NOT NULL CHECK (optimal IN (0, 1)),
      sound INTEGER NOT NULL CHECK (sound IN (0, 1)),
      legal INTEGER NOT NULL CHECK (legal IN (0, 1)),
      PRIMARY KEY (set_name, round, exercise_id, attempt),
      FOREIGN KEY (set_name, round, exercise_id) REFERENCES evaluations (set_name, round, exercise_id),
      CONSTRAINT "an optimal response is correct, a correct one terminated, a legal one sound"
        CHECK (optimal <= correct AND correct <= terminated AND legal <= sound)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE moved (round INTEGER, name TEXT, rest TEXT, figure TEXT, partner TEXT, low REAL, high REAL);
    INSERT INTO moved
      SELECT round, name, substr(name, length(figure) + 1), figure, NULL, value, NULL
      FROM metrics JOIN (SELECT 'optimal_pct' AS figure UNION ALL SELECT 'relative_length')
        ON substr(name, 1, length(figure)) = figure
      WHERE phase = 'evaluate' AND step = 0;
    INSERT INTO moved
      SELECT l.round, l.name, substr(l.name, length(f.figure) + 5), f.figure, h.name, l.value, h.value
      FROM (SELECT 'optimal_pct' AS figure UNION ALL SELECT 'shorter_pct') AS f
        JOIN metrics AS l ON substr(l.name, 1, length(f.figure) + 4) = f.figure || '_low'
        JOIN metrics AS h ON h.round = l.round AND h.phase = l.phase AND h.step = l.step
          AND h.name = f.figure || '_high' || substr(l.name, length(f.figure) + 5)
      WHERE l.phase = 'evaluate' AND l.step = 0 AND l.value <= h.value;
    DELETE FROM moved WHERE NOT (rest = ''
      OR (substr(rest, 1, 1) = '@' AND length(rest) > 1 AND rest <> '@test')
      OR (substr(rest, 1, 1) = '/' AND length(rest) > 1 AND figure = 'shorter_pct'));
    INSERT INTO measured
      SELECT round, iif(rest = '', 'test', substr(rest, 2)), figure, low FROM moved WHERE partner IS NULL;
    INSERT INTO intervals
      SELECT round, iif(substr(rest, 1, 1) = '@', substr(rest, 2), 'test'),
        iif(substr(rest, 1, 1) = '/', substr(rest, 2), ''), figure, low, high
      FROM moved WHERE partner IS NOT NULL;
    DELETE FROM metrics WHERE phase = 'evaluate' AND step = 0
      AND (round, name) IN (SELECT round, name FROM moved UNION SELECT round, partner FROM moved);
    DROP TABLE moved;

    CREATE TRIGGER tasks_stay_in_their_split BEFORE INSERT ON exercises
    WHEN EXISTS (SELECT 1 FROM exercises
      WHERE identity_sha256 = NEW.identity_sha256 AND (split = 'train') <> (NEW.split = 'train'))
    BEGIN SELECT RAISE(ABORT, 'a task belongs to one split'); END;

    CREATE TRIGGER only_training_traces_are_kept BEFORE INSERT ON traces
    WHEN (SELECT split FROM exercises WHERE id = NEW.exercise_id) <> 'train'
    BEGIN SELECT RAISE(ABORT, 'a trace of a test exercise is never kept'); END;

    CREATE TRIGGER kept_traces_get_shorter BEFORE INSERT ON traces
    WHEN NEW.parent_trace_id IS NOT
        (SELECT id FROM traces WHERE exercise_id = NEW.exercise_id ORDER BY round DESC LIMIT 1)
      OR ((NEW.trace_length < coalesce(
        (SELECT trace_length FROM traces WHERE exercise_id = NEW.exercise_id ORDER BY round DESC LIMIT 1),
        (SELECT trace_length FROM exercises WHERE id = NEW.exercise_id),
        (SELECT incumbent_length FROM samplings WHERE round = NEW.round AND exercise_id = NEW.exercise_id)))
        IS NOT 1 AND (SELECT keeps_longer FROM runs) IS NOT 1)
    BEGIN SELECT RAISE(ABORT, 'a kept trace is strictly shorter than the one it replaces, its parent'); END;

    CREATE TRIGGER samples_beat_their_incumbent BEFORE INSERT ON samplings
    WHEN NEW.best_length >= NEW.incumbent_length AND (SELECT keeps_longer FROM runs) IS NOT 1
    BEGIN SELECT RAISE(ABORT, 'the best sample is strictly shorter than its incumbent'); END;

    CREATE TRIGGER costs_are_stored BEFORE INSERT ON evaluations
    WHEN NEW.correct > 0 AND NEW.correct_trace_tokens IS NOT NULL AND NEW.least_cost IS NULL
      AND (SELECT optimal_cost FROM exercises WHERE id = NEW.exercise_id) IS NOT NULL
    BEGIN SELECT RAISE(ABORT, 'correct answers have a least cost if their exercise has a cost'); END;

    CREATE TRIGGER reproducible_runs_store_no_responses BEFORE INSERT ON responses
    WHEN (SELECT promise FROM runs) = 'reproducible'
    BEGIN SELECT RAISE(ABORT, 'a reproducible run draws its responses again and stores none'); END;

    CREATE TRIGGER responses_are_samples BEFORE INSERT ON responses
    WHEN NEW.attempt >= (SELECT samples FROM evaluations
      WHERE set_name = NEW.set_name AND round = NEW.round AND exercise_id = NEW.exercise_id)
    BEGIN SELECT RAISE(ABORT, 'a response is one of the samples of its exercise'); END;

    """
}
