-- What became of the outputs that went out while something was wrong: rows for what a person decided, and the whole list
-- once the incident has ended. No key into output: a row outlives the output it is about.
CREATE TABLE incident_output (
  incident INTEGER NOT NULL REFERENCES incident (id),
  -- the output's key in its table
  output INTEGER NOT NULL,
  output_id TEXT NOT NULL,
  at INTEGER NOT NULL,
  link TEXT,
  result TEXT NOT NULL CHECK (result IN ('fail', 'pass', 'unknown')),
  state TEXT NOT NULL CHECK (state IN ('to-check', 'fine', 'redone', 'waived')),
  -- null: nobody decided it
  who TEXT,
  decided_at INTEGER,
  note TEXT,
  PRIMARY KEY (incident, output)
) STRICT, WITHOUT ROWID;
CREATE INDEX incident_output_owed ON incident_output (incident) WHERE state = 'to-check';
CREATE INDEX incident_output_of ON incident_output (output);
