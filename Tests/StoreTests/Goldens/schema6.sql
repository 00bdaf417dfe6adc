PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY);
INSERT INTO grdb_migrations VALUES('tables');
INSERT INTO grdb_migrations VALUES('views for people');
INSERT INTO grdb_migrations VALUES('reference lines and measures');
INSERT INTO grdb_migrations VALUES('evaluation sets');
INSERT INTO grdb_migrations VALUES('references that are not A*');
INSERT INTO grdb_migrations VALUES('learners and artifacts');
CREATE TABLE runs (
  id INTEGER PRIMARY KEY CONSTRAINT "a database holds one run" CHECK (id = 1),
  name TEXT NOT NULL CHECK (name <> ''),
  domain TEXT NOT NULL CHECK (domain <> ''),
  configuration_json TEXT NOT NULL,
  planned_rounds INTEGER CHECK (planned_rounds >= 0),
  configuration_sha256 TEXT NOT NULL CHECK (length(configuration_sha256) = 64 AND configuration_sha256 NOT GLOB '*[^0-9a-f]*'),
  learner_sha256 TEXT NOT NULL CHECK (length(learner_sha256) = 64 AND learner_sha256 NOT GLOB '*[^0-9a-f]*'),
  seed TEXT NOT NULL CHECK (seed <> '' AND seed NOT GLOB '*[^0-9]*'),
  code_version TEXT NOT NULL,
  created_at TEXT NOT NULL CHECK (created_at GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-6][0-9]*Z'),
  finished_reason TEXT CHECK (finished_reason <> '')
, keeps_longer INTEGER NOT NULL DEFAULT 0 CHECK (keeps_longer IN (0, 1)), learner TEXT NOT NULL DEFAULT 'built-in' CHECK (learner <> ''), length_unit TEXT NOT NULL DEFAULT 'tokens' CHECK (length_unit <> ''), promise TEXT NOT NULL DEFAULT 'reproducible'
  CHECK (promise IN ('reproducible', 'repeatable', 'recorded'))) STRICT;
INSERT INTO runs VALUES(1,'maze','maze','{"rounds": {"count": 4}}',4,'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa','bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb','18446744073709551615','1.0','2025-03-01T12:00:00Z',NULL,0,'a server','words','recorded');
CREATE TABLE attempts (
  id INTEGER PRIMARY KEY,
  pid INTEGER NOT NULL CHECK (pid > 0),
  boot_id TEXT NOT NULL,
  host TEXT NOT NULL,
  started_at TEXT NOT NULL CHECK (started_at GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-6][0-9]*Z'),
  heartbeat_at TEXT NOT NULL CHECK (heartbeat_at GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-6][0-9]*Z'),
  ended_at TEXT CHECK (ended_at GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-6][0-9]*Z'),
  exit TEXT CHECK (exit <> ''),
  CHECK ((ended_at IS NULL) = (exit IS NULL))
) STRICT;
INSERT INTO attempts VALUES(1,7,'boot','host','2025-03-01T12:00:00Z','2025-03-01T12:00:00Z',NULL,NULL);
CREATE TABLE rounds (
  round INTEGER PRIMARY KEY CHECK (round >= 0),
  state TEXT NOT NULL CHECK (state IN ('generate', 'sample', 'curate', 'train', 'evaluate', 'accepted', 'rejected')),
  parent_checkpoint INTEGER REFERENCES checkpoints (id),
  checkpoint INTEGER REFERENCES checkpoints (id),
  started_at TEXT NOT NULL CHECK (started_at GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-6][0-9]*Z'),
  ended_at TEXT CHECK (ended_at GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-6][0-9]*Z'),
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
INSERT INTO rounds VALUES(0,'accepted',NULL,100,'2025-03-01T12:00:00Z','2025-03-01T12:00:00Z','cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc',12345,300,0,NULL);
INSERT INTO rounds VALUES(1,'accepted',100,1000000100,'2025-03-01T12:00:00Z','2025-03-01T12:00:00Z','cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc',12345,300,2,NULL);
INSERT INTO rounds VALUES(2,'train',1000000100,NULL,'2025-03-01T12:00:00Z',NULL,NULL,0,0,0,NULL);
CREATE TABLE phase_seconds (
  round INTEGER NOT NULL REFERENCES rounds (round),
  phase TEXT NOT NULL CHECK (phase IN ('generate', 'sample', 'curate', 'train', 'evaluate')),
  seconds REAL NOT NULL CHECK (seconds >= 0),
  PRIMARY KEY (round, phase)
) STRICT, WITHOUT ROWID;
INSERT INTO phase_seconds VALUES(0,'evaluate',2.2000000000000001776);
INSERT INTO phase_seconds VALUES(0,'train',10.400000000000000355);
INSERT INTO phase_seconds VALUES(1,'evaluate',2.2000000000000001776);
INSERT INTO phase_seconds VALUES(1,'train',10.400000000000000355);
CREATE TABLE metrics (
  round INTEGER NOT NULL REFERENCES rounds (round),
  phase TEXT NOT NULL CHECK (phase IN ('generate', 'sample', 'curate', 'train', 'evaluate')),
  step INTEGER NOT NULL CHECK (step >= 0),
  name TEXT NOT NULL CHECK (name <> ''),
  value REAL NOT NULL CHECK (abs(value) <= 1.7976931348623157e308),
  PRIMARY KEY (round, phase, step, name)
) STRICT, WITHOUT ROWID;
INSERT INTO metrics VALUES(0,'train',100,'loss',0.10000000000000000555);
INSERT INTO metrics VALUES(1,'train',100,'loss',0.10000000000000000555);
CREATE TABLE samplings (
  round INTEGER NOT NULL REFERENCES rounds (round),
  exercise_id INTEGER NOT NULL REFERENCES exercises (id),
  samples INTEGER NOT NULL, terminated INTEGER NOT NULL, correct INTEGER NOT NULL, optimal INTEGER NOT NULL, sound INTEGER NOT NULL, legal INTEGER NOT NULL, generated_tokens INTEGER NOT NULL, optimal_trace_tokens INTEGER NOT NULL, shortest_optimal INTEGER,
  best_attempt INTEGER CHECK (best_attempt BETWEEN 0 AND samples - 1),
  best_trace TEXT,
  best_answer TEXT CHECK (best_answer <> ''),
  best_length INTEGER CHECK (best_length >= shortest_optimal),
  best_sound INTEGER CHECK (best_sound IN (0, 1)),
  best_legal INTEGER CHECK (best_legal IN (0, 1) AND best_legal <= best_sound), incumbent_length REAL
  CHECK (incumbent_length BETWEEN 0 AND 1.7976931348623157e308),
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
INSERT INTO samplings VALUES(1,1,4,4,4,4,3,2,500,100,25,2,'close 25','plan 1',25,1,0,25.499999999999999999);
INSERT INTO samplings VALUES(1,3,4,4,4,4,3,2,500,200,50,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO samplings VALUES(1,8,4,4,4,4,3,2,500,128,32,2,'close 32','plan 8',32,1,0,32.5);
INSERT INTO samplings VALUES(2,1,4,4,4,4,3,2,500,80,20,2,'close 20','plan 1',20,1,0,20.499999999999999999);
INSERT INTO samplings VALUES(2,9,4,4,4,4,3,2,500,280,70,2,'close 70','plan 9',70,1,0,70.500000000000000001);
CREATE TABLE fault_counts (
  round INTEGER NOT NULL REFERENCES rounds (round),
  source TEXT NOT NULL CHECK (source <> ''),
  kind TEXT NOT NULL CHECK (kind <> ''),
  count INTEGER NOT NULL CHECK (count > 0),
  PRIMARY KEY (round, source, kind)
) STRICT, WITHOUT ROWID;
INSERT INTO fault_counts VALUES(0,'test','optimal',7);
INSERT INTO fault_counts VALUES(0,'test','planEntersWall',2);
INSERT INTO fault_counts VALUES(0,'test','truncated',1);
INSERT INTO fault_counts VALUES(1,'sample','planEntersWall',3);
INSERT INTO fault_counts VALUES(1,'test','optimal',7);
INSERT INTO fault_counts VALUES(1,'test','planEntersWall',2);
INSERT INTO fault_counts VALUES(1,'test','truncated',1);
INSERT INTO fault_counts VALUES(2,'dense','longerThanOptimal',2);
INSERT INTO fault_counts VALUES(2,'sample','noAnswer',1);
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
INSERT INTO traces VALUES(1,1,1,100,2,NULL,'close 25','plan 1',25,1,0);
INSERT INTO traces VALUES(2,8,1,100,2,NULL,'close 32','plan 8',32,1,0);
INSERT INTO traces VALUES(3,1,2,1000000100,2,1,'close 20','plan 1',20,1,0);
INSERT INTO traces VALUES(4,9,2,1000000100,2,NULL,'close 70','plan 9',70,1,0);
CREATE TABLE reference_lines (
  exercise_id INTEGER NOT NULL REFERENCES exercises (id),
  name TEXT NOT NULL CHECK (name <> ''),
  tokens REAL NOT NULL CHECK (tokens BETWEEN 0 AND 1e15),
  PRIMARY KEY (exercise_id, name)
) STRICT, WITHOUT ROWID;
INSERT INTO reference_lines VALUES(4,'reference',100.0);
INSERT INTO reference_lines VALUES(4,'shortest',80.0);
INSERT INTO reference_lines VALUES(5,'reference',200.0);
INSERT INTO reference_lines VALUES(5,'shortest',150.0);
INSERT INTO reference_lines VALUES(6,'reference',50.0);
INSERT INTO reference_lines VALUES(6,'shortest',50.0);
INSERT INTO reference_lines VALUES(7,'reference',80.0);
INSERT INTO reference_lines VALUES(7,'shortest',40.0);
CREATE TABLE IF NOT EXISTS "cursors" (
  split TEXT PRIMARY KEY CHECK (split <> ''),
  next_index INTEGER NOT NULL CHECK (next_index >= 0)
) STRICT, WITHOUT ROWID;
INSERT INTO cursors VALUES('test',100);
INSERT INTO cursors VALUES('train',300);
CREATE TABLE IF NOT EXISTS "checkpoints" (
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
INSERT INTO checkpoints VALUES(100,0,100,1,'checkpoints/r0-s100.safetensors',1000,'0000000000000000000000000000000000000000000000000000000000000000','file','bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb');
INSERT INTO checkpoints VALUES(1000000100,1,100,1,'checkpoints/r1-s100.safetensors',1000,'1111111111111111111111111111111111111111111111111111111111111111','file','bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb');
INSERT INTO checkpoints VALUES(2000000050,2,50,0,'checkpoints/r02-s000050',1000,'2222222222222222222222222222222222222222222222222222222222222222','folder','bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb');
CREATE TABLE IF NOT EXISTS "exercises" (
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
INSERT INTO exercises VALUES(1,'train',10,0,'start 1 goal','create 1','plan 1',1,30,'0000000000000000000000000000000000000000000000000000000000000001');
INSERT INTO exercises VALUES(2,'train',20,0,'start 2 goal','create 2','plan 2',2,20,'0000000000000000000000000000000000000000000000000000000000000002');
INSERT INTO exercises VALUES(3,'train',30,0,'start 3 goal','create 3','plan 3',3,10,'0000000000000000000000000000000000000000000000000000000000000003');
INSERT INTO exercises VALUES(4,'test',40,0,'start 4 goal','create 4','plan 4',4,100,'0000000000000000000000000000000000000000000000000000000000000004');
INSERT INTO exercises VALUES(5,'test',50,0,'start 5 goal','create 5','plan 5',5,100,'0000000000000000000000000000000000000000000000000000000000000005');
INSERT INTO exercises VALUES(6,'test',60,0,'start 6 goal','create 6','plan 6',6,100,'0000000000000000000000000000000000000000000000000000000000000006');
INSERT INTO exercises VALUES(7,'test',70,0,'start 7 goal','create 7','plan 7',7,100,'0000000000000000000000000000000000000000000000000000000000000007');
INSERT INTO exercises VALUES(8,'train',80,1,'start 8 goal','create 8','plan 8',8,40,'0000000000000000000000000000000000000000000000000000000000000008');
INSERT INTO exercises VALUES(9,'train',90,2,'start 9 goal',NULL,'plan 9',NULL,NULL,'0000000000000000000000000000000000000000000000000000000000000009');
CREATE TABLE IF NOT EXISTS "evaluations" (
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
INSERT INTO evaluations VALUES(2,'dense',4,4,4,4,4,4,2,1000,400,90,400,4,2,80,40,'{"optimal":[3,1],"correct":[],"wrong":[]}',1.0);
INSERT INTO evaluations VALUES(0,'test',4,4,4,4,4,4,2,1000,400,90,400,4,2,80,40,'{"optimal":[3,1],"correct":[],"wrong":[]}',1.0);
INSERT INTO evaluations VALUES(0,'test',5,4,4,3,2,3,1,1000,500,240,550,5,2,100,50,'{"optimal":[1,1],"correct":[1],"wrong":[1]}',0.5);
INSERT INTO evaluations VALUES(0,'test',6,4,3,0,0,0,0,1000,0,NULL,0,NULL,0,0,0,'{"optimal":[],"correct":[],"wrong":[3]}',0.0);
INSERT INTO evaluations VALUES(0,'test',7,4,4,1,1,0,0,1000,80,80,80,7,1,16,8,'{"optimal":[1],"correct":[],"wrong":[3]}',0.0);
INSERT INTO evaluations VALUES(1,'test',4,4,4,4,4,2,0,1000,320,70,320,4,2,64,32,'{"optimal":[3,1],"correct":[],"wrong":[]}',1.0);
INSERT INTO evaluations VALUES(1,'test',5,4,4,4,0,4,4,1000,0,NULL,200,7,2,0,0,'{"optimal":[],"correct":[4],"wrong":[]}',0.0);
INSERT INTO evaluations VALUES(1,'test',6,4,4,4,4,4,4,1000,200,50,200,6,2,40,20,'{"optimal":[3,1],"correct":[],"wrong":[]}',1.0);
INSERT INTO evaluations VALUES(1,'test',7,4,4,4,2,0,0,1000,120,55,220,7,2,24,12,'{"optimal":[1,1],"correct":[2],"wrong":[]}',0.0);
CREATE TABLE measured (
  round INTEGER NOT NULL REFERENCES rounds (round),
  set_name TEXT NOT NULL CHECK (set_name <> ''),
  name TEXT NOT NULL CHECK (name <> ''),
  value REAL NOT NULL CHECK (abs(value) <= 1.7976931348623157e308),
  PRIMARY KEY (round, set_name, name)
) STRICT, WITHOUT ROWID;
INSERT INTO measured VALUES(0,'test','relative_length',0.5);
INSERT INTO measured VALUES(1,'test','relative_length',0.5);
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
INSERT INTO intervals VALUES(0,'test','','optimal_pct',40.039999999999999146,47.0);
INSERT INTO intervals VALUES(0,'test','','shorter_pct',-1.2600000000000000088,2.5);
INSERT INTO intervals VALUES(0,'test','reference','shorter_pct',-1.3100000000000000532,30.0);
INSERT INTO intervals VALUES(1,'test','','optimal_pct',40.039999999999999146,47.0);
INSERT INTO intervals VALUES(1,'test','','shorter_pct',-1.2600000000000000088,2.5);
INSERT INTO intervals VALUES(1,'test','reference','shorter_pct',-1.3100000000000000532,30.0);
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
INSERT INTO responses VALUES(2,'dense',4,1,'close','plan',1,1,1,0,1,0);
CREATE UNIQUE INDEX one_open_attempt ON attempts (ended_at IS NULL) WHERE ended_at IS NULL;
CREATE UNIQUE INDEX one_running_round ON rounds (ended_at IS NULL) WHERE ended_at IS NULL;
CREATE INDEX samplings_tokens ON samplings (round, generated_tokens, samples);
CREATE INDEX traces_by_round ON traces (round);
CREATE INDEX traces_by_checkpoint ON traces (checkpoint_id);
CREATE INDEX traces_by_parent ON traces (parent_trace_id);
CREATE TRIGGER rounds_follow_each_other BEFORE INSERT ON rounds
WHEN NEW.round <> (SELECT coalesce(max(round), -1) + 1 FROM rounds)
BEGIN SELECT RAISE(ABORT, 'rounds follow each other without a gap'); END;
CREATE TRIGGER decided_rounds_stay BEFORE UPDATE ON rounds
WHEN OLD.state IN ('accepted', 'rejected')
BEGIN SELECT RAISE(ABORT, 'a decided round does not change'); END;
CREATE UNIQUE INDEX one_final_checkpoint_a_round ON checkpoints (round) WHERE is_final;
CREATE INDEX exercises_by_identity ON exercises (identity_sha256, split);
CREATE INDEX exercises_by_round ON exercises (round, split);
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
WHERE x.trace IS NOT NULL
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
  run.finished_reason, run.length_unit, run.promise
FROM runs AS run
  LEFT JOIN attempts AS a ON a.id = (SELECT max(id) FROM attempts)
  LEFT JOIN rounds AS r ON r.round = (SELECT max(round) FROM rounds);
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
  round(max(i.low), 1) + 0.0 AS shorter_pct_low,
  round(max(i.high), 1) + 0.0 AS shorter_pct_high,
  round(100.0 * avg(1.0 * e.optimal_trace_tokens / e.optimal < l.tokens), 1) AS below_pct
FROM evaluations AS e JOIN reference_lines AS l ON l.exercise_id = e.exercise_id
  LEFT JOIN intervals AS i ON i.round = e.round AND i.set_name = 'test' AND i.line = l.name
    AND i.figure = 'shorter_pct'
WHERE e.set_name = 'test' AND e.optimal > 0
GROUP BY e.round, l.name ORDER BY e.round, avg(l.tokens) DESC, l.name;
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
PRAGMA application_id=1936224884;
PRAGMA user_version=6;
COMMIT;
