-- Silences: what is recorded and shown but not sent, until when, why, and who answers for it.
CREATE TABLE silence (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  created_at INTEGER NOT NULL,
  starts_at INTEGER NOT NULL,
  -- comes nearer when someone ends it early
  ends_at INTEGER NOT NULL,
  why TEXT NOT NULL,
  owner TEXT NOT NULL,
  -- which window of the configuration it is an occurrence of; null: someone made it
  recurring TEXT,
  ended_by TEXT,
  -- an occurrence is stored once, also after it was ended early
  UNIQUE (recurring, starts_at)
) STRICT;
CREATE INDEX silence_by_end ON silence (ends_at);

-- Different fields must all match, of the values of one field any.
CREATE TABLE silence_match (
  silence INTEGER NOT NULL REFERENCES silence (id),
  field TEXT NOT NULL CHECK (field IN ('incident', 'automation', 'vendor', 'dependsOn', 'process', 'check', 'kind')),
  value TEXT NOT NULL,
  PRIMARY KEY (silence, field, value)
) STRICT, WITHOUT ROWID;

-- What a silence holds back. The clocks of an incident stand from held_at on.
CREATE TABLE silence_hold (
  id INTEGER PRIMARY KEY,
  silence INTEGER NOT NULL REFERENCES silence (id),
  incident INTEGER NOT NULL REFERENCES incident (id),
  -- the key of the one finding that is held back; empty: the whole incident
  finding_key TEXT NOT NULL DEFAULT '',
  held_at INTEGER NOT NULL,
  -- since when a fresh sample is asked for, because the silence is over
  asked_at INTEGER,
  released_at INTEGER
) STRICT;
CREATE UNIQUE INDEX silence_hold_one ON silence_hold (incident, finding_key) WHERE released_at IS NULL;
CREATE INDEX silence_hold_of ON silence_hold (incident, id);

-- Automations that are looked at once more at once, whatever their schedule says.
CREATE TABLE fresh_sample (
  automation TEXT PRIMARY KEY,
  asked_at INTEGER NOT NULL,
  why TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Incidents that began together and share something; each stays its own.
CREATE TABLE incident_group (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  -- what they share: a model, a source's host, something they depend on, a vendor; or the source that is down
  cause_kind TEXT NOT NULL CHECK (cause_kind IN ('model', 'source', 'dependsOn', 'vendor', 'source-down')),
  cause TEXT NOT NULL,
  began_at INTEGER NOT NULL
) STRICT;
CREATE INDEX incident_group_by_time ON incident_group (began_at);

CREATE TABLE incident_group_member (
  incident INTEGER PRIMARY KEY REFERENCES incident (id),
  incident_group INTEGER NOT NULL REFERENCES incident_group (id),
  joined_at INTEGER NOT NULL,
  -- 1: people were told of it by the group's message; 0: by its own, or not at all
  told_by_group INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX incident_group_member_of ON incident_group_member (incident_group, incident);
