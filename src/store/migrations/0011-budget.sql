-- Outputs of the hour whose cost is known: without one, nothing is known of the cost, and that is not zero.
ALTER TABLE hourly_outputs ADD COLUMN priced INTEGER NOT NULL DEFAULT 0;
UPDATE hourly_outputs SET priced = (
  SELECT count(*) FROM output
  WHERE output.automation = hourly_outputs.automation AND output.at >= hourly_outputs.hour_at
    AND output.at < hourly_outputs.hour_at + 3600000 AND output.origin = 'source' AND output.cost_micros IS NOT NULL
);

-- The latest finding of one identity: what became of a problem that comes back.
CREATE INDEX finding_of_key ON finding (automation, key, found_at);
