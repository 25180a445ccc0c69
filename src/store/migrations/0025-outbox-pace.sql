-- A message that another one speaks for points at it: many at once become one summary, an opening and its end one message.
ALTER TABLE outbox ADD COLUMN carried_by INTEGER REFERENCES outbox (seq);
CREATE INDEX outbox_carried ON outbox (carried_by, seq) WHERE carried_by IS NOT NULL;

-- Until when the tries made so far are paid for at the channel's rate.
ALTER TABLE channel_state ADD COLUMN paid_until INTEGER;
