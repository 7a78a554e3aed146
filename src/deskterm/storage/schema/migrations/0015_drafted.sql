-- Whether a draft was written by the owner's drafting command: its figures are checked against their sources.
ALTER TABLE draft ADD COLUMN drafted INTEGER NOT NULL DEFAULT 0;
