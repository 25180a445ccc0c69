-- When the text of an output was let go, by age or because someone was to be forgotten; null: it is kept.
ALTER TABLE output ADD COLUMN body_gone_at INTEGER;
CREATE INDEX output_with_body ON output (automation, at) WHERE body_gone_at IS NULL;
CREATE INDEX outbox_with_payload ON outbox (created_at) WHERE payload <> 'null';
-- An output that goes takes its place in a golden result with it.
CREATE INDEX golden_result_output ON golden_result (output) WHERE output IS NOT NULL;
