-- The clocks of an announced incident, beside those of its row. Times move with the wall clock when it jumps.
CREATE TABLE incident_clock (
  incident INTEGER PRIMARY KEY REFERENCES incident (id),
  -- null: there is nothing to contain, as with a source that cannot be read
  contain_by INTEGER,
  contained_at INTEGER,
  -- told once each
  contain_missed_at INTEGER,
  restore_missed_at INTEGER,
  acknowledgement_expires_at INTEGER,
  -- null: nothing is asked of anyone
  remind_at INTEGER,
  -- since something last happened
  reminders INTEGER NOT NULL DEFAULT 0,
  -- the revision of the incident that these follow
  seen_revision INTEGER NOT NULL
) STRICT;

-- The wall clock against the monotonic one: when it jumped, and by how much.
CREATE TABLE clock_jump (
  id INTEGER PRIMARY KEY,
  -- wall time after the jump
  at INTEGER NOT NULL,
  by_ms INTEGER NOT NULL,
  found TEXT NOT NULL CHECK (found IN ('running', 'start'))
) STRICT;
