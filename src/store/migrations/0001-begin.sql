-- Times are epoch milliseconds UTC, money is in millionths of a US dollar.

CREATE TABLE meta (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- What the watch knows of each automation that is or was in the register.
CREATE TABLE automation (
  id TEXT PRIMARY KEY,
  first_seen_at INTEGER NOT NULL,
  -- null: its existing history has not been replayed to the end yet
  history_read_at INTEGER
) STRICT, WITHOUT ROWID;

CREATE TABLE schedule (
  automation TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('sampled', 'golden')),
  expression TEXT NOT NULL,
  time_zone TEXT NOT NULL,
  next_due_at INTEGER NOT NULL,
  last_slot_at INTEGER,
  PRIMARY KEY (automation, kind)
) STRICT, WITHOUT ROWID;
CREATE INDEX schedule_due ON schedule (next_due_at);

CREATE TABLE source_state (
  automation TEXT PRIMARY KEY,
  cursor TEXT,
  read_at INTEGER,
  -- the last attempt, good or bad
  tried_at INTEGER,
  failing_since INTEGER,
  failures INTEGER NOT NULL DEFAULT 0,
  last_error TEXT,
  asides INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

CREATE TABLE run (
  id INTEGER PRIMARY KEY,
  automation TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('sampled', 'golden')),
  slot_at INTEGER NOT NULL,
  -- a history without times is cut into parts of one slot
  part INTEGER NOT NULL DEFAULT 0,
  state TEXT NOT NULL CHECK (state IN ('started', 'done', 'skipped', 'failed')),
  attempt INTEGER NOT NULL DEFAULT 1,
  started_at INTEGER NOT NULL,
  finished_at INTEGER,
  reason TEXT,
  outputs INTEGER NOT NULL DEFAULT 0,
  drawn INTEGER NOT NULL DEFAULT 0,
  UNIQUE (automation, kind, slot_at, part)
) STRICT;
CREATE INDEX run_latest ON run (automation, slot_at);

CREATE TABLE output (
  id INTEGER PRIMARY KEY,
  automation TEXT NOT NULL,
  origin TEXT NOT NULL CHECK (origin IN ('source', 'golden')),
  output_id TEXT NOT NULL,
  at INTEGER NOT NULL,
  content_hash TEXT NOT NULL,
  text TEXT NOT NULL,
  structured INTEGER NOT NULL,
  input TEXT,
  reference TEXT,
  model TEXT,
  latency_ms REAL,
  cost_micros INTEGER,
  tokens INTEGER,
  user TEXT,
  approval TEXT CHECK (approval IN ('approved', 'edited', 'rejected')),
  final_text TEXT,
  segment TEXT,
  error TEXT,
  link TEXT,
  finish_reason TEXT,
  -- what the metrics take from this output: metric id -> true, false, number or category
  observed TEXT NOT NULL,
  -- null: no run has counted it yet
  run INTEGER REFERENCES run (id),
  -- 1: the uniform hash drew it, so it counts in shares and drift
  drawn INTEGER NOT NULL DEFAULT 0,
  stratum TEXT,
  inclusion REAL,
  UNIQUE (automation, origin, output_id)
) STRICT;
CREATE INDEX output_waiting ON output (automation, at, id) WHERE run IS NULL AND origin = 'source';
CREATE INDEX output_by_time ON output (automation, at);
CREATE INDEX output_by_run ON output (run);

CREATE TABLE verdict (
  output INTEGER NOT NULL REFERENCES output (id) ON DELETE CASCADE,
  check_id TEXT NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('pass', 'fail', 'error', 'skipped')),
  score REAL,
  reason TEXT,
  excerpt TEXT,
  PRIMARY KEY (output, check_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX verdict_failing ON verdict (check_id, output) WHERE status = 'fail';

-- Counts by hour of the output, kept in the transaction that stores the verdicts; they outlive the rows.
CREATE TABLE hourly_verdicts (
  automation TEXT NOT NULL,
  check_id TEXT NOT NULL,
  hour_at INTEGER NOT NULL,
  pass INTEGER NOT NULL DEFAULT 0,
  fail INTEGER NOT NULL DEFAULT 0,
  error INTEGER NOT NULL DEFAULT 0,
  skipped INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (automation, check_id, hour_at)
) STRICT, WITHOUT ROWID;

CREATE TABLE hourly_outputs (
  automation TEXT NOT NULL,
  hour_at INTEGER NOT NULL,
  outputs INTEGER NOT NULL DEFAULT 0,
  errors INTEGER NOT NULL DEFAULT 0,
  cost_micros INTEGER NOT NULL DEFAULT 0,
  tokens INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (automation, hour_at)
) STRICT, WITHOUT ROWID;

-- Records that could not become outputs, with the reason.
CREATE TABLE aside (
  id INTEGER PRIMARY KEY,
  automation TEXT NOT NULL,
  seen_at INTEGER NOT NULL,
  place TEXT NOT NULL,
  reason TEXT NOT NULL,
  excerpt TEXT NOT NULL,
  UNIQUE (automation, place, reason)
) STRICT;

CREATE TABLE metric (
  automation TEXT NOT NULL,
  metric TEXT NOT NULL,
  kind TEXT NOT NULL,
  settings_hash TEXT NOT NULL,
  state BLOB NOT NULL,
  phase TEXT NOT NULL,
  evidence REAL,
  max_evidence REAL,
  runs INTEGER NOT NULL DEFAULT 0,
  learned_outputs INTEGER NOT NULL DEFAULT 0,
  learned_runs INTEGER NOT NULL DEFAULT 0,
  first_alarm_at INTEGER,
  -- which of this metric's runs that was, counted from 1
  first_alarm_run INTEGER,
  -- alarms that ended by themselves; an owner compares them with the budget
  ended_alarms INTEGER NOT NULL DEFAULT 0,
  standing TEXT NOT NULL CHECK (standing IN ('probation', 'active')),
  standing_why TEXT,
  updated_at INTEGER NOT NULL,
  PRIMARY KEY (automation, metric)
) STRICT, WITHOUT ROWID;

CREATE TABLE incident (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  automation TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('outputs', 'blind')),
  status TEXT NOT NULL CHECK (status IN
    ('open', 'acknowledged', 'fallback', 'recovering', 'resolved', 'false-alarm', 'accepted-change')),
  title TEXT NOT NULL,
  opened_at INTEGER NOT NULL,
  announced_at INTEGER,
  -- the status that people were last told of; null: they know nothing of it
  told_status TEXT,
  acknowledge_by INTEGER,
  restore_by INTEGER,
  -- how many people were called in vain
  escalations INTEGER NOT NULL DEFAULT 0,
  acknowledged_by TEXT,
  ended_at INTEGER,
  revision INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE UNIQUE INDEX incident_one_open ON incident (automation, kind) WHERE ended_at IS NULL;
CREATE INDEX incident_of ON incident (automation, kind, opened_at);
CREATE INDEX incident_by_time ON incident (opened_at);

CREATE TABLE incident_move (
  id INTEGER PRIMARY KEY,
  incident INTEGER NOT NULL REFERENCES incident (id),
  at INTEGER NOT NULL,
  event TEXT NOT NULL,
  from_status TEXT,
  to_status TEXT NOT NULL,
  who TEXT NOT NULL,
  why TEXT
) STRICT;
CREATE INDEX incident_move_of ON incident_move (incident, id);

CREATE TABLE finding (
  id INTEGER PRIMARY KEY,
  automation TEXT NOT NULL,
  incident INTEGER REFERENCES incident (id),
  -- `v1:` + hash(rule, metric or check, segment): the same problem is one finding
  key TEXT NOT NULL,
  rule TEXT NOT NULL,
  metric TEXT,
  check_id TEXT,
  level TEXT NOT NULL CHECK (level IN ('page', 'digest', 'record')),
  baseline_measure TEXT CHECK (baseline_measure IN ('share', 'median')),
  baseline_value REAL,
  baseline_n INTEGER,
  current_measure TEXT CHECK (current_measure IN ('share', 'median')),
  current_value REAL,
  current_n INTEGER,
  evidence REAL,
  changed_at INTEGER,
  found_at INTEGER NOT NULL,
  chance_months REAL,
  sentence TEXT NOT NULL,
  -- what changed, without since when
  headline TEXT NOT NULL,
  improvement INTEGER NOT NULL DEFAULT 0,
  times_seen INTEGER NOT NULL DEFAULT 1,
  last_seen_at INTEGER NOT NULL,
  ended_at INTEGER
) STRICT;
CREATE UNIQUE INDEX finding_one_active ON finding (automation, key) WHERE ended_at IS NULL;
CREATE INDEX finding_of ON finding (incident);
CREATE INDEX finding_by_time ON finding (automation, found_at);

-- Messages owed: stored with the move that caused them, then delivered.
CREATE TABLE outbox (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  incident INTEGER REFERENCES incident (id),
  channel TEXT NOT NULL,
  kind TEXT NOT NULL,
  payload TEXT NOT NULL,
  payload_hash TEXT NOT NULL,
  dedupe_key TEXT NOT NULL UNIQUE,
  state TEXT NOT NULL CHECK (state IN ('pending', 'sending', 'sent', 'ambiguous', 'dead', 'superseded')),
  created_at INTEGER NOT NULL,
  not_before INTEGER NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0,
  first_try_at INTEGER,
  last_error TEXT,
  -- the channel-neutral message, so that another channel can say the same
  message TEXT NOT NULL,
  reference TEXT,
  -- what a failed try has done already, given back to the next one
  progress TEXT,
  sent_at INTEGER,
  -- 1: another channel has been asked to carry it
  passed_on INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX outbox_due ON outbox (channel, seq) WHERE state IN ('pending', 'ambiguous', 'sending');
CREATE INDEX outbox_of ON outbox (incident, channel, seq);
CREATE INDEX outbox_by_state ON outbox (state, seq);

CREATE TABLE channel_state (
  channel TEXT PRIMARY KEY,
  blocked_until INTEGER,
  broken_since INTEGER,
  reason TEXT
) STRICT, WITHOUT ROWID;

-- Decisions of named people: enable a check, accept a change, accept golden answers, override.
CREATE TABLE decision (
  id INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  who TEXT NOT NULL,
  why TEXT NOT NULL,
  what TEXT NOT NULL,
  automation TEXT NOT NULL,
  subject TEXT NOT NULL
) STRICT;
CREATE INDEX decision_of ON decision (automation);

CREATE TABLE golden_result (
  run INTEGER NOT NULL REFERENCES run (id),
  case_id TEXT NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('pass', 'fail', 'error', 'skipped')),
  output INTEGER REFERENCES output (id),
  reason TEXT,
  -- the id the automation gave its answer: the source leaves it out
  received_id TEXT,
  PRIMARY KEY (run, case_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE golden_accepted (
  automation TEXT NOT NULL,
  case_id TEXT NOT NULL,
  passed INTEGER NOT NULL,
  run INTEGER NOT NULL REFERENCES run (id),
  PRIMARY KEY (automation, case_id)
) STRICT, WITHOUT ROWID;
