-- Names of the strata an output belongs to, a JSON list, noted while its text is as it came; null: none.
ALTER TABLE output ADD COLUMN strata TEXT;
