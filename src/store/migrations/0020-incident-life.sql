-- What an incident came from and what was learned; said when it is closed, or later.
CREATE TABLE incident_closing (
  incident INTEGER PRIMARY KEY REFERENCES incident (id),
  cause TEXT NOT NULL CHECK (cause IN
    ('model', 'prompt', 'data', 'source', 'rule', 'people', 'false-alarm', 'accepted-change')),
  lesson TEXT,
  who TEXT NOT NULL,
  at INTEGER NOT NULL
) STRICT;

-- Zero-tolerance checks that cried wolf: until someone enables them again they count for the digest only.
CREATE TABLE lowered_check (
  automation TEXT NOT NULL,
  check_id TEXT NOT NULL,
  at INTEGER NOT NULL,
  who TEXT NOT NULL,
  why TEXT,
  PRIMARY KEY (automation, check_id)
) STRICT, WITHOUT ROWID;

-- The move that people have yet to be told of although the status is the same: it flaps, it was paused.
ALTER TABLE incident ADD COLUMN untold_move INTEGER REFERENCES incident_move (id);
