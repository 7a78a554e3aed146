-- A side thread: mails between the owner and a supplier or carrier about a ticket, kept as a ticket beside it.
ALTER TABLE ticket ADD COLUMN beside INTEGER REFERENCES ticket(id);
CREATE INDEX ticket_beside ON ticket(beside) WHERE beside IS NOT NULL;
-- Why a ticket came back on top at `woken_at`, where no snooze ended.
ALTER TABLE ticket ADD COLUMN nudge TEXT NOT NULL DEFAULT '';

-- Suppliers and carriers that were written to, for the next time.
CREATE TABLE contact (
    key TEXT PRIMARY KEY, -- the address, casefolded
    name TEXT NOT NULL,
    address TEXT NOT NULL,
    used_at INTEGER NOT NULL
) WITHOUT ROWID;
