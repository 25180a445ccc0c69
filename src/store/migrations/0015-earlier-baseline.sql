-- What a metric held to be usual before it began anew: because it was edited, or because someone said so.
CREATE TABLE earlier_baseline (
  id INTEGER PRIMARY KEY,
  automation TEXT NOT NULL,
  metric TEXT NOT NULL,
  title TEXT NOT NULL,
  ended_at INTEGER NOT NULL,
  why TEXT NOT NULL,
  runs INTEGER NOT NULL,
  outputs INTEGER NOT NULL,
  -- of a pass share: how many of how many passed; null of anything else
  hits INTEGER,
  n INTEGER
) STRICT;
CREATE INDEX earlier_baseline_of ON earlier_baseline (automation, id);
