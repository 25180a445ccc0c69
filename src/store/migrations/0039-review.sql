-- Reviews of automations, of merely listed tools and of the whole register (automation = '*'), and the reminders of them.
-- Reviews are only ever added.

CREATE TABLE review (
  id INTEGER PRIMARY KEY,
  automation TEXT NOT NULL,
  -- null: of the whole register
  decision TEXT CHECK (decision IN ('keep', 'expand', 'reduce', 'replace', 'retire')),
  who TEXT NOT NULL,
  why TEXT NOT NULL,
  at INTEGER NOT NULL,
  -- local date
  next_on TEXT NOT NULL
) STRICT;
CREATE INDEX review_of ON review (automation, id);

-- When each is due, as it was last reckoned: nobody is reminded of what had passed before that.
CREATE TABLE review_due (
  automation TEXT PRIMARY KEY,
  -- first met
  met_at INTEGER NOT NULL,
  -- local date
  due_on TEXT NOT NULL,
  -- since when it is due on that date
  set_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE review_reminder (
  automation TEXT NOT NULL,
  due_on TEXT NOT NULL,
  stage TEXT NOT NULL CHECK (stage IN ('before', 'due', 'after', 'passed-on')),
  person TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (automation, due_on, stage, person)
) STRICT, WITHOUT ROWID;
