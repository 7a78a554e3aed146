-- 1: an answer to a mail of ours from an address that its ticket does not know; 2: the owner said that it is
-- somebody else's; 0: neither.
ALTER TABLE message ADD COLUMN stranger INTEGER NOT NULL DEFAULT 0;
CREATE INDEX message_stranger ON message(customer_id) WHERE stranger != 0;
-- The list a mail came through (List-Id), folded; empty for none.
ALTER TABLE message ADD COLUMN list_id TEXT NOT NULL DEFAULT '';
CREATE INDEX message_list ON message(list_id) WHERE list_id != '';

-- Addresses at which mail arrives here (Delivered-To and the like) and that config.toml does not name.
CREATE TABLE alias (
    key TEXT PRIMARY KEY, -- folded
    mails INTEGER NOT NULL,
    first_at INTEGER NOT NULL,
    last_at INTEGER NOT NULL
) WITHOUT ROWID;
