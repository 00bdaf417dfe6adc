/// Schema 3: reference lines in a table of their own, more measures of an evaluation, and a run that may keep
/// longer traces. Published: its text never changes.
///
/// The measures are all NULL in a row from before this step and all set in later ones; but `least_cost` only
/// if an answer is correct. The line `reference` is the reference's own mean.
enum Migration3References {
  static let sql = """
    CREATE TABLE reference_lines (
      exercise_id INTEGER NOT NULL REFERENCES exercises (id),
      name TEXT NOT NULL CHECK (name <> ''),
      tokens REAL NOT NULL CHECK (tokens BETWEEN 0 AND 1e15),
      PRIMARY KEY (exercise_id, name)
    ) STRICT, WITHOUT ROWID;
    INSERT INTO reference_lines
      SELECT id, 'reference', reference_length FROM exercises WHERE reference_length IS NOT NULL;
    ALTER TABLE exercises DROP COLUMN reference_length;
    ALTER TABLE evaluations ADD COLUMN correct_trace_tokens INTEGER
      CHECK (correct_trace_tokens BETWEEN optimal_trace_tokens AND generated_tokens);
    ALTER TABLE evaluations ADD COLUMN least_cost INTEGER CHECK (least_cost >= 0
      AND (least_cost IS NULL) = (correct = 0 OR correct_trace_tokens IS NULL));
    ALTER TABLE evaluations ADD COLUMN distinct_correct INTEGER CHECK (
      distinct_correct BETWEEN min(correct, 1) AND correct
      AND (distinct_correct IS NULL) = (correct_trace_tokens IS NULL));
    ALTER TABLE evaluations ADD COLUMN optimal_clauses INTEGER CHECK (optimal_clauses >= 0
      AND (optimal_clauses IS NULL) = (correct_trace_tokens IS NULL));
    ALTER TABLE evaluations ADD COLUMN optimal_expansions INTEGER CHECK (
      optimal_expansions BETWEEN 0 AND optimal_clauses
      AND (optimal_expansions IS NULL) = (correct_trace_tokens IS NULL));
    ALTER TABLE runs ADD COLUMN keeps_longer INTEGER NOT NULL DEFAULT 0 CHECK (keeps_longer IN (0, 1));
    DROP TRIGGER kept_traces_get_shorter;
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
