-- What was changed around an automation, by whom or by what it was seen.
CREATE TABLE change_marker (
  id INTEGER PRIMARY KEY,
  automation TEXT NOT NULL,
  -- when it was changed, or first seen in the outputs
  at INTEGER NOT NULL,
  noted_at INTEGER NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('model', 'fingerprint', 'prompt', 'workflow', 'config', 'golden-set', 'pushed')),
  from_value TEXT,
  to_value TEXT,
  who TEXT NOT NULL,
  note TEXT,
  -- of the golden run it asks for: owed, made, or none to be made
  retest TEXT NOT NULL CHECK (retest IN ('none', 'owed', 'made')),
  retest_run INTEGER,
  -- when to look next whether before and since can be compared; null: they have been
  look_at INTEGER,
  compared_at INTEGER,
  -- outputs that were compared
  before_outputs INTEGER,
  since_outputs INTEGER
) STRICT;
CREATE INDEX change_marker_of ON change_marker (automation, at);
CREATE INDEX change_marker_retest ON change_marker (retest, automation, noted_at) WHERE retest = 'owed';
CREATE INDEX change_marker_look ON change_marker (look_at) WHERE look_at IS NOT NULL;

-- Every metric before and since a marker.
CREATE TABLE change_comparison (
  marker INTEGER NOT NULL REFERENCES change_marker (id),
  metric TEXT NOT NULL,
  title TEXT NOT NULL,
  result TEXT NOT NULL CHECK (result IN ('moved', 'same', 'too-few')),
  -- two-sided; null where there was too little to compare
  p REAL,
  sentence TEXT NOT NULL,
  PRIMARY KEY (marker, metric)
) STRICT, WITHOUT ROWID;

-- Models, fingerprints and versions that the outputs of an automation have named.
CREATE TABLE seen_value (
  automation TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('model', 'fingerprint', 'prompt', 'workflow')),
  value TEXT NOT NULL,
  first_seen_at INTEGER NOT NULL,
  last_seen_at INTEGER NOT NULL,
  PRIMARY KEY (automation, kind, value)
) STRICT, WITHOUT ROWID;

-- How an automation was declared at the last start, part by part: its source, checks, model, golden set.
CREATE TABLE declared_setting (
  automation TEXT NOT NULL,
  part TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (automation, part)
) STRICT, WITHOUT ROWID;
