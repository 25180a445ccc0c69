-- Outputs picked for people to look at, and what they said.

CREATE TABLE spot_check (
  id INTEGER PRIMARY KEY,
  automation TEXT NOT NULL,
  output INTEGER NOT NULL UNIQUE REFERENCES output (id),
  -- the time whose outputs it was picked from
  from_at INTEGER NOT NULL,
  until_at INTEGER NOT NULL,
  reason TEXT NOT NULL CHECK (reason IN ('random', 'disputed', 'rare')),
  why TEXT NOT NULL,
  -- null: it was not chance that picked it
  inclusion REAL,
  picked_at INTEGER NOT NULL
) STRICT;
CREATE INDEX spot_check_of ON spot_check (automation, until_at);

CREATE TABLE judgement (
  id INTEGER PRIMARY KEY,
  automation TEXT NOT NULL,
  output INTEGER NOT NULL REFERENCES output (id),
  answer TEXT NOT NULL CHECK (answer IN ('right', 'wrong', 'cannot-tell')),
  who TEXT NOT NULL,
  at INTEGER NOT NULL,
  note TEXT,
  correction TEXT,
  -- when the same person said otherwise; null: it counts
  replaced_at INTEGER
) STRICT;
CREATE UNIQUE INDEX judgement_counts ON judgement (output, who) WHERE replaced_at IS NULL;
CREATE INDEX judgement_of ON judgement (automation, at) WHERE replaced_at IS NULL;
