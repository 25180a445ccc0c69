-- Outputs under names that nobody registered: counted, a few kept in redacted form, all of it within limits.

CREATE TABLE unregistered (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  -- the automation whose token the sender showed; null: it showed none that is known, so nothing but its coming is noted
  sender TEXT,
  way TEXT NOT NULL,
  first_seen_at INTEGER NOT NULL,
  last_seen_at INTEGER NOT NULL,
  requests INTEGER NOT NULL,
  outputs INTEGER NOT NULL,
  -- the newest it named
  model TEXT,
  -- names of the fields of its newest record
  fields TEXT,
  -- 1: the usual names of fields find an output in it
  mapped INTEGER NOT NULL,
  -- when a digest told of it; null: not yet
  told_at INTEGER
) STRICT;

CREATE TABLE unregistered_output (
  id INTEGER PRIMARY KEY,
  unregistered INTEGER NOT NULL REFERENCES unregistered (id) ON DELETE CASCADE,
  seen_at INTEGER NOT NULL,
  -- the beginning, redacted
  text TEXT NOT NULL
) STRICT;
CREATE INDEX unregistered_output_by_name ON unregistered_output (unregistered, id);
CREATE INDEX unregistered_output_by_time ON unregistered_output (seen_at);
