-- A reply may go at a time that the owner names; its ticket becomes what it says only then.
ALTER TABLE outbox ADD COLUMN planned_at INTEGER; -- NULL: it goes after the undo seconds
ALTER TABLE outbox ADD COLUMN follows TEXT NOT NULL DEFAULT ''; -- JSON, until a planned reply is out
