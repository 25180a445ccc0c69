-- Fields of structured output that are followed without being asked for. A row says that they were chosen, if none.
CREATE TABLE followed_field (
  automation TEXT PRIMARY KEY,
  chosen_at INTEGER NOT NULL,
  -- JSON: a list of { path, kind } and { path, kind, label }
  fields TEXT NOT NULL
) STRICT, WITHOUT ROWID;
