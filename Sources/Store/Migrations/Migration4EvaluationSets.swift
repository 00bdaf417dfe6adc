/// Schema 4: the split of an exercise may be the name of any evaluation set. Published: its text stays.
///
/// SQLite cannot change a CHECK in place, so the tables are made anew.
enum Migration4EvaluationSets {
  static let sql = """
    DROP TRIGGER only_training_traces_are_kept;
    DROP TRIGGER kept_traces_get_shorter;
    CREATE TABLE new_exercises (
      id INTEGER PRIMARY KEY,
      split TEXT NOT NULL CHECK (split <> ''),
      candidate_index INTEGER NOT NULL CHECK (candidate_index >= 0),
      round INTEGER NOT NULL REFERENCES rounds (round),
      prompt TEXT NOT NULL UNIQUE CHECK (prompt <> ''),
      trace TEXT NOT NULL,
      answer TEXT NOT NULL CHECK (answer <> ''),
      optimal_cost INTEGER NOT NULL CHECK (optimal_cost >= 0),
      trace_length INTEGER NOT NULL CHECK (trace_length >= 0),
      layout_sha256 TEXT NOT NULL CHECK (length(layout_sha256) = 64 AND layout_sha256 NOT GLOB '*[^0-9a-f]*'),
      UNIQUE (split, candidate_index)
    ) STRICT;
    INSERT INTO new_exercises
      SELECT id, split, candidate_index, round, prompt, trace, answer, optimal_cost, trace_length,
        layout_sha256
      FROM exercises;
    DROP TABLE exercises;
    ALTER TABLE new_exercises RENAME TO exercises;
    CREATE INDEX exercises_by_layout ON exercises (layout_sha256, split);
    CREATE INDEX exercises_by_round ON exercises (round, split);

    CREATE TABLE new_cursors (
      split TEXT PRIMARY KEY CHECK (split <> ''),
      next_index INTEGER NOT NULL CHECK (next_index >= 0)
    ) STRICT, WITHOUT ROWID;
    INSERT INTO new_cursors SELECT split, next_index FROM cursors;
    DROP TABLE cursors;
    ALTER TABLE new_cursors RENAME TO cursors;

    CREATE TRIGGER layouts_stay_in_their_split BEFORE INSERT ON exercises
    WHEN EXISTS (SELECT 1 FROM exercises
      WHERE layout_sha256 = NEW.layout_sha256 AND (split = 'train') <> (NEW.split = 'train'))
    BEGIN SELECT RAISE(ABORT, 'a layout belongs to one split'); END;

    CREATE TRIGGER only_training_traces_are_kept BEFORE INSERT ON traces
    WHEN (SELECT split FROM exercises WHERE id = NEW.exercise_id) <> 'train'
    BEGIN SELECT RAISE(ABORT, 'a trace of a test exercise is never kept'); END;

    CREATE TRIGGER kept_traces_get_shorter BEFORE INSERT ON traces
    WHEN NEW.parent_trace_id IS NOT
        (SELECT id FROM traces WHERE exercise_id = NEW.exercise_id ORDER BY round DESC LIMIT 1)
      OR NEW.trace_length >= coalesce(
        (SELECT trace_length FROM traces WHERE exercise_id = NEW.exercise_id ORDER BY round DESC LIMIT 1),
        (SELECT trace_length FROM exercises WHERE id = NEW.exercise_id))
        AND (SELECT keeps_longer FROM runs) IS NOT 1
    BEGIN SELECT RAISE(ABORT, 'a kept trace is strictly shorter than the one it replaces, its parent'); END;

    """
}
