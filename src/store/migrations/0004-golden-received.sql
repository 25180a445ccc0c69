-- Each output that is read is looked up here, where its automation has a golden set.
CREATE INDEX golden_received ON golden_result (received_id) WHERE received_id IS NOT NULL;
