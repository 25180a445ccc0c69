-- Rows read for one automation that name another one of the register: not taken, counted.

CREATE TABLE row_elsewhere (
  -- the automation whose source was read
  reader TEXT NOT NULL,
  -- the registered automation they name
  automation TEXT NOT NULL,
  rows INTEGER NOT NULL,
  first_seen_at INTEGER NOT NULL,
  last_seen_at INTEGER NOT NULL,
  PRIMARY KEY (reader, automation)
) STRICT, WITHOUT ROWID;
