-- When what people said of a pick of chance was counted among what is followed; null: not yet. Each counts once.
ALTER TABLE spot_check ADD COLUMN followed_at INTEGER;
