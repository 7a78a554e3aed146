-- A date that a letter of ours gave a customer. It stands until we answer again or solve the ticket.
CREATE TABLE promise (
    id INTEGER PRIMARY KEY,
    ticket_id INTEGER NOT NULL REFERENCES ticket(id),
    home_id INTEGER NOT NULL REFERENCES ticket(id), -- where it was made, before tickets were joined
    message_id TEXT NOT NULL DEFAULT '', -- of the letter that makes it; empty for one made by hand
    words TEXT NOT NULL,
    made_at INTEGER NOT NULL,
    due_at INTEGER NOT NULL,
    remind_at INTEGER NOT NULL, -- when its ticket comes back on top
    sent_at INTEGER, -- when that letter went out
    reminded INTEGER NOT NULL DEFAULT 0,
    dropped INTEGER NOT NULL DEFAULT 0 -- 1: taken back
);
CREATE INDEX promise_ticket ON promise(ticket_id);
CREATE INDEX promise_home ON promise(home_id);
CREATE INDEX promise_message ON promise(message_id) WHERE message_id != '';

-- The first promise that stands: when it is due, and when its ticket is to come back.
ALTER TABLE ticket ADD COLUMN promised_at INTEGER;
ALTER TABLE ticket ADD COLUMN remind_at INTEGER;
ALTER TABLE ticket ADD COLUMN priority INTEGER NOT NULL DEFAULT 0; -- 1: high, -1: low
CREATE INDEX ticket_promised ON ticket(promised_at, id, view, joined_into)
    WHERE promised_at IS NOT NULL AND view = 'customers' AND joined_into IS NULL;
CREATE INDEX ticket_remind ON ticket(remind_at) WHERE remind_at IS NOT NULL;
