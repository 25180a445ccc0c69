-- By what way a person said it: the link issued to an address, Slack; null: on a page or by a command.
ALTER TABLE judgement ADD COLUMN via TEXT;
