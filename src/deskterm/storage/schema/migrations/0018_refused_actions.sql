-- When the owner took note that an action in a store did not happen; until then it needs the owner.
ALTER TABLE store_action ADD COLUMN noted_at INTEGER;
UPDATE store_action SET noted_at = settled_at WHERE state = 'refused';
