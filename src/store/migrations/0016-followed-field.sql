-- What is followed without being named. A row says that there was a choice, if of nothing.
CREATE TABLE followed_field (
  automation TEXT NOT NULL,
  what TEXT NOT NULL CHECK (what IN ('fields', 'segments')),
  chosen_at INTEGER NOT NULL,
  -- JSON: a list of { path, kind }, { path, kind, label } and { kind, segment }
  chosen TEXT NOT NULL,
  PRIMARY KEY (automation, what)
) STRICT, WITHOUT ROWID;
