-- The incident that a draft was written for, as JSON: its id, the round, what the letter says; empty for none.
ALTER TABLE draft ADD COLUMN incident TEXT NOT NULL DEFAULT '';
