-- The entry of the back-in-stock list that a draft tells of.
ALTER TABLE draft ADD COLUMN wait_id INTEGER;
