/// Schema 1: every table, and the triggers that no CHECK can say. Published: its text never changes.
enum Migration1Tables {
  static let sql = """
    CREATE TABLE runs (
      id INTEGER PRIMARY KEY CONSTRAINT "a database holds one run" CHECK (id = 1),
      name TEXT NOT NULL CHECK (name <> ''),
      domain TEXT NOT NULL CHECK (domain <> ''),
      configuration_json TEXT NOT NULL,
      planned_rounds INTEGER CHECK (planned_rounds >= 0),
      configuration_sha256 TEXT NOT NULL CHECK (length(configuration_sha256) = 64 AND configuration_sha256 \
    NOT GLOB '*[^0-9a-f]*'),
      vocabulary_sha256 TEXT NOT NULL CHECK (length(vocabulary_sha256) = 64 AND vocabulary_sha256 NOT GLOB \
    '*[^0-9a-f]*'),
      seed TEXT NOT NULL CHECK (seed <> '' AND seed NOT GLOB '*[^0-9]*'),
      code_version TEXT NOT NULL,
      created_at TEXT NOT NULL CHECK (created_at GLOB \
    '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-6][0-9]*Z'),
      finished_reason TEXT CHECK (finished_reason <> '')
    ) STRICT;

    CREATE TABLE attempts (
      id INTEGER PRIMARY KEY,
      pid INTEGER NOT NULL CHECK (pid > 0),
      boot_id TEXT NOT NULL,
      host TEXT NOT NULL,
      started_at TEXT NOT NULL CHECK (started_at GLOB \
    '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-6][0-9]*Z'),
      heartbeat_at TEXT NOT NULL CHECK (heartbeat_at GLOB \
    '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-6][0-9]*Z'),
      ended_at TEXT CHECK (ended_at GLOB \
    '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-6][0-9]*Z'),
      exit TEXT CHECK (exit <> ''),
      CHECK ((ended_at IS NULL) = (exit IS NULL))
    ) STRICT;
    CREATE UNIQUE INDEX one_open_attempt ON attempts (ended_at IS NULL) WHERE ended_at IS NULL;

    CREATE TABLE rounds (
      round INTEGER PRIMARY KEY CHECK (round >= 0),
      state TEXT NOT NULL CHECK (state IN ('generate', 'sample', 'curate', 'train', 'evaluate', 'accepted', \
    'rejected')),
      parent_checkpoint INTEGER REFERENCES checkpoints (id),
      checkpoint INTEGER REFERENCES checkpoints (id),
      started_at TEXT NOT NULL CHECK (started_at GLOB \
    '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-6][0-9]*Z'),
      ended_at TEXT CHECK (ended_at GLOB \
    '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-6][0-9]*Z'),
      train_set_sha256 TEXT CHECK (length(train_set_sha256) = 64 AND train_set_sha256 NOT GLOB '*[^0-9a-f]*'),
      train_tokens INTEGER NOT NULL CHECK (train_tokens >= 0),
      trained_sequences INTEGER NOT NULL CHECK (trained_sequences >= 0),
      kept_sequences INTEGER NOT NULL CHECK (kept_sequences >= 0),
      reason TEXT CHECK (reason <> ''),
      CONSTRAINT "round 0 alone has no parent" CHECK ((round = 0) = (parent_checkpoint IS NULL)),
      CONSTRAINT "a round has ended once decided"
        CHECK ((ended_at IS NULL) = (state NOT IN ('accepted', 'rejected'))),
      CONSTRAINT "an accepted round has a checkpoint" CHECK (state <> 'accepted' OR checkpoint IS NOT NULL),
      CONSTRAINT "a rejection has a reason" CHECK ((state = 'rejected') = (reason IS NOT NULL))
    ) STRICT;
    CREATE UNIQUE INDEX one_running_round ON rounds (ended_at IS NULL) WHERE ended_at IS NULL;

    CREATE TABLE phase_seconds (
      round INTEGER NOT NULL REFERENCES rounds (round),
      phase TEXT NOT NULL CHECK (phase IN ('generate', 'sample', 'curate', 'train', 'evaluate')),
      seconds REAL NOT NULL CHECK (seconds >= 0),
      PRIMARY KEY (round, phase)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE checkpoints (
      id INTEGER PRIMARY KEY,
      round INTEGER NOT NULL REFERENCES rounds (round),
      step INTEGER NOT NULL CHECK (step BETWEEN 0 AND 999999999),
      is_final INTEGER NOT NULL CHECK (is_final IN (0, 1)),
      path TEXT NOT NULL UNIQUE,
      bytes INTEGER NOT NULL CHECK (bytes > 0),
      sha256 TEXT NOT NULL CHECK (length(sha256) = 64 AND sha256 NOT GLOB '*[^0-9a-f]*'),
      UNIQUE (round, step),
      CONSTRAINT "a checkpoint's id is its key" CHECK (id = 1000000000 * round + step),
      CONSTRAINT "a path stays in the run directory"
        CHECK (path <> '' AND path NOT GLOB '/*' AND path NOT GLOB '*..*')
    ) STRICT;
    CREATE UNIQUE INDEX one_final_checkpoint_a_round ON checkpoints (round) WHERE is_final;

    CREATE TABLE metrics (
      round INTEGER NOT NULL REFERENCES rounds (round),
      phase TEXT NOT NULL CHECK (phase IN ('generate', 'sample', 'curate', 'train', 'evaluate')),
      step INTEGER NOT NULL CHECK (step >= 0),
      name TEXT NOT NULL CHECK (name <> ''),
      value REAL NOT NULL CHECK (abs(value) <= 1.7976931348623157e308),
      PRIMARY KEY (round, phase, step, name)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE exercises (
      id INTEGER PRIMARY KEY,
      split TEXT NOT NULL CHECK (split IN ('train', 'test')),
      candidate_index INTEGER NOT NULL CHECK (candidate_index >= 0),
      round INTEGER NOT NULL REFERENCES rounds (round),
      prompt TEXT NOT NULL UNIQUE CHECK (prompt <> ''),
      trace TEXT NOT NULL,
      answer TEXT NOT NULL CHECK (answer <> ''),
      optimal_cost INTEGER NOT NULL CHECK (optimal_cost >= 0),
      trace_length INTEGER NOT NULL CHECK (trace_length >= 0),
      layout_sha256 TEXT NOT NULL CHECK (length(layout_sha256) = 64 AND layout_sha256 NOT GLOB '*[^0-9a-f]*'),
      reference_length REAL CHECK (reference_length BETWEEN 0 AND 1e15),
      UNIQUE (split, candidate_index)
    ) STRICT;
    CREATE INDEX exercises_by_layout ON exercises (layout_sha256, split);
    CREATE INDEX exercises_by_round ON exercises (round, split);

    CREATE TABLE cursors (
      split TEXT PRIMARY KEY CHECK (split IN ('train', 'test')),
      next_index INTEGER NOT NULL CHECK (next_index >= 0)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE samplings (
      round INTEGER NOT NULL REFERENCES rounds (round),
      exercise_id INTEGER NOT NULL REFERENCES exercises (id),
      samples INTEGER NOT NULL, terminated INTEGER NOT NULL, correct INTEGER NOT NULL, optimal INTEGER NOT \
    NULL, sound INTEGER NOT NULL, legal INTEGER NOT NULL, generated_tokens INTEGER NOT NULL, \
    optimal_trace_tokens INTEGER NOT NULL, shortest_optimal INTEGER,
      best_attempt INTEGER CHECK (best_attempt BETWEEN 0 AND samples - 1),
      best_trace TEXT,
      best_answer TEXT CHECK (best_answer <> ''),
      best_length INTEGER CHECK (best_length >= shortest_optimal),
      best_sound INTEGER CHECK (best_sound IN (0, 1)),
      best_legal INTEGER CHECK (best_legal IN (0, 1) AND best_legal <= best_sound),
      PRIMARY KEY (round, exercise_id),
      CHECK ((best_attempt IS NULL) = (best_trace IS NULL) AND (best_attempt IS NULL) = (best_answer IS NULL)
        AND (best_attempt IS NULL) = (best_length IS NULL) AND (best_attempt IS NULL) = (best_sound IS NULL)
        AND (best_attempt IS NULL) = (best_legal IS NULL) AND (best_attempt IS NULL OR optimal > 0)),
      CHECK (samples > 0 AND terminated BETWEEN 0 AND samples AND correct BETWEEN 0 AND terminated),
      CHECK (optimal BETWEEN 0 AND correct AND sound BETWEEN 0 AND correct AND legal BETWEEN 0 AND sound),
      CHECK (generated_tokens >= optimal_trace_tokens AND optimal_trace_tokens >= 0),
      CHECK ((shortest_optimal IS NULL) = (optimal = 0) AND (optimal > 0 OR optimal_trace_tokens = 0)),
      CHECK (shortest_optimal >= 0 AND shortest_optimal * optimal <= optimal_trace_tokens)
    ) STRICT;
    CREATE INDEX samplings_tokens ON samplings (round, generated_tokens, samples);

    CREATE TABLE evaluations (
      round INTEGER NOT NULL REFERENCES rounds (round),
      set_name TEXT NOT NULL CHECK (set_name <> ''),
      exercise_id INTEGER NOT NULL REFERENCES exercises (id),
      samples INTEGER NOT NULL, terminated INTEGER NOT NULL, correct INTEGER NOT NULL, optimal INTEGER NOT \
    NULL, sound INTEGER NOT NULL, legal INTEGER NOT NULL, generated_tokens INTEGER NOT NULL, \
    optimal_trace_tokens INTEGER NOT NULL, shortest_optimal INTEGER,
      PRIMARY KEY (set_name, round, exercise_id),
      CHECK (samples > 0 AND terminated BETWEEN 0 AND samples AND correct BETWEEN 0 AND terminated),
      CHECK (optimal BETWEEN 0 AND correct AND sound BETWEEN 0 AND correct AND legal BETWEEN 0 AND sound),
      CHECK (generated_tokens >= optimal_trace_tokens AND optimal_trace_tokens >= 0),
      CHECK ((shortest_optimal IS NULL) = (optimal = 0) AND (optimal > 0 OR optimal_trace_tokens = 0)),
      CHECK (shortest_optimal >= 0 AND shortest_optimal * optimal <= optimal_trace_tokens)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE fault_counts (
      round INTEGER NOT NULL REFERENCES rounds (round),
      source TEXT NOT NULL CHECK (source <> ''),
      kind TEXT NOT NULL CHECK (kind <> ''),
      count INTEGER NOT NULL CHECK (count > 0),
      PRIMARY KEY (round, source, kind)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE traces (
      id INTEGER PRIMARY KEY,
      exercise_id INTEGER NOT NULL REFERENCES exercises (id),
      round INTEGER NOT NULL REFERENCES rounds (round),
      checkpoint_id INTEGER NOT NULL REFERENCES checkpoints (id),
      attempt INTEGER NOT NULL CHECK (attempt >= 0),
      parent_trace_id INTEGER REFERENCES traces (id),
      trace TEXT NOT NULL,
      answer TEXT NOT NULL CHECK (answer <> ''),
      trace_length INTEGER NOT NULL CHECK (trace_length >= 0),
      sound INTEGER NOT NULL CHECK (sound IN (0, 1)),
      legal INTEGER NOT NULL CHECK (legal IN (0, 1) AND legal <= sound),
      UNIQUE (exercise_id, round)
    ) STRICT;
    CREATE INDEX traces_by_round ON traces (round);
    CREATE INDEX traces_by_checkpoint ON traces (checkpoint_id);
    CREATE INDEX traces_by_parent ON traces (parent_trace_id);
    CREATE TRIGGER rounds_follow_each_other BEFORE INSERT ON rounds
    WHEN NEW.round <> (SELECT coalesce(max(round), -1) + 1 FROM rounds)
    BEGIN SELECT RAISE(ABORT, 'rounds follow each other without a gap'); END;

    CREATE TRIGGER decided_rounds_stay BEFORE UPDATE ON rounds
    WHEN OLD.state IN ('accepted', 'rejected')
    BEGIN SELECT RAISE(ABORT, 'a decided round does not change'); END;

    CREATE TRIGGER layouts_stay_in_their_split BEFORE INSERT ON exercises
    WHEN EXISTS (SELECT 1 FROM exercises WHERE layout_sha256 = NEW.layout_sha256 AND split <> NEW.split)
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
    BEGIN SELECT RAISE(ABORT, 'a kept trace is strictly shorter than the one it replaces, its parent'); END;

    """
}
