-- Answers of models and services that checks asked, kept as they arrive with what they cost: a run that is repeated
-- reads them back instead of paying again.
CREATE TABLE answer (
  -- sha-256 of who was asked what, for which automation
  key TEXT PRIMARY KEY,
  automation TEXT NOT NULL,
  -- for what judging costs check by check, once a report shows it
  check_id TEXT NOT NULL,
  -- id of a model of the configuration, or the host of a service
  asked TEXT NOT NULL,
  answered_by TEXT,
  -- JSON, redacted as outputs of the automation are
  answer TEXT NOT NULL,
  -- all requests of the answer together, looser forms and repeats included
  cost_micros INTEGER NOT NULL,
  at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX answer_by_time ON answer (at);

-- What asking came to, by day of the configuration's time zone.
CREATE TABLE daily_asking (
  day TEXT NOT NULL,
  automation TEXT NOT NULL,
  questions INTEGER NOT NULL DEFAULT 0,
  cost_micros INTEGER NOT NULL DEFAULT 0,
  -- questions not put because a cap was reached
  refused INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (day, automation)
) STRICT, WITHOUT ROWID;
