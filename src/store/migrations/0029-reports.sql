-- Something odd that a person saw. Each report keeps its own words, however many are one finding.
CREATE TABLE report (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  automation TEXT NOT NULL,
  -- what tells it apart from others: its output, or its words; a hash, the metric of its finding
  subject TEXT NOT NULL,
  what TEXT NOT NULL,
  who TEXT NOT NULL,
  -- how it came: a command, a program, a page
  way TEXT NOT NULL CHECK (way IN ('command', 'api', 'page', 'link')),
  -- the id the output is stored under, whether it was seen or not
  output_id TEXT,
  link TEXT,
  urgent INTEGER NOT NULL CHECK (urgent IN (0, 1)),
  seen_at INTEGER NOT NULL,
  reported_at INTEGER NOT NULL,
  -- what the sender repeats when it sends it once more, and what was sent then
  repeat_key TEXT,
  content_hash TEXT NOT NULL,
  settled_as TEXT CHECK (settled_as IN ('confirmed', 'not-a-problem')),
  settled_by TEXT,
  settled_why TEXT,
  settled_at INTEGER,
  -- where a confirmed one went; null: no incident was about it
  went_to INTEGER REFERENCES incident (id)
) STRICT;
CREATE INDEX report_open ON report (automation, id) WHERE settled_at IS NULL;
CREATE INDEX report_of_subject ON report (automation, subject, id);
CREATE UNIQUE INDEX report_repeat ON report (automation, repeat_key) WHERE repeat_key IS NOT NULL;
