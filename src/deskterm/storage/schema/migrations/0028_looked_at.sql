-- Tickets that are not customers' and that the owner has looked at, with the time of their newest mail then.
CREATE TABLE looked_at (
    ticket_id INTEGER PRIMARY KEY REFERENCES ticket(id) ON DELETE CASCADE,
    last_at INTEGER NOT NULL
);
