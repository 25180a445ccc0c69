-- A case whose result flickers is asked again within its run. The first answer's row carries what the run came to.
CREATE TABLE golden_result_by_ask (
  run INTEGER NOT NULL REFERENCES run (id),
  case_id TEXT NOT NULL,
  -- 1: asked for the first time
  ask INTEGER NOT NULL DEFAULT 1,
  status TEXT NOT NULL CHECK (status IN ('pass', 'fail', 'error', 'skipped')),
  output INTEGER REFERENCES output (id),
  reason TEXT,
  -- the id the automation gave its answer: the source leaves it out
  received_id TEXT,
  PRIMARY KEY (run, case_id, ask)
) STRICT, WITHOUT ROWID;
INSERT INTO golden_result_by_ask (run, case_id, status, output, reason, received_id)
  SELECT run, case_id, status, output, reason, received_id FROM golden_result;
DROP TABLE golden_result;
ALTER TABLE golden_result_by_ask RENAME TO golden_result;
CREATE INDEX golden_received ON golden_result (received_id) WHERE received_id IS NOT NULL;
