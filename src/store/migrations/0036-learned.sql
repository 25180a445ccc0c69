-- What is learned from judgements.

-- Judged outputs that became known answers. They belong to the golden set beside the cases of its file, which is the
-- owner's and never written to; forgetting an output reaches them here.
CREATE TABLE golden_promoted (
  output INTEGER PRIMARY KEY REFERENCES output (id),
  automation TEXT NOT NULL,
  case_id TEXT NOT NULL,
  -- JSON: [input, expected]
  known TEXT NOT NULL,
  -- whose word it rests on
  judgement INTEGER NOT NULL REFERENCES judgement (id),
  -- the known answer is the correction, not the output itself
  corrected INTEGER NOT NULL,
  who TEXT NOT NULL,
  at INTEGER NOT NULL,
  -- local date
  review_by TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX golden_promoted_of ON golden_promoted (automation, case_id);
CREATE INDEX golden_promoted_judgement ON golden_promoted (judgement);
