-- How often the automation tried again before it gave this output; null: its source does not say.
ALTER TABLE output ADD COLUMN retries INTEGER;
