-- Digests owed: one for each reader and week.

CREATE TABLE digest (
  reader TEXT NOT NULL,
  -- the Monday of the reader's week it belongs to, as a local date
  period TEXT NOT NULL,
  due_at INTEGER NOT NULL,
  owed_at INTEGER NOT NULL,
  -- outputs it asked the reader to judge
  asked INTEGER NOT NULL,
  -- when the reader was asked once more; null: not yet
  followed_up_at INTEGER,
  PRIMARY KEY (reader, period)
) STRICT, WITHOUT ROWID;

CREATE TABLE digest_reader (
  reader TEXT PRIMARY KEY,
  -- nothing is owed for before
  since_at INTEGER NOT NULL,
  -- when the reader stopped it; null: it comes
  stopped_at INTEGER
) STRICT, WITHOUT ROWID;
