-- Which question got which answer. What is learned from it can be made anew at any time.
CREATE TABLE lesson (
    id INTEGER PRIMARY KEY AUTOINCREMENT, -- grows: what was taught again comes last
    question INTEGER NOT NULL UNIQUE REFERENCES message (id) ON DELETE CASCADE,
    label TEXT NOT NULL, -- the macro that answered it; '' for an answer written by hand
    at INTEGER NOT NULL,
    guess TEXT NOT NULL DEFAULT '', -- the macro that was offered first; '' for none
    margin REAL NOT NULL DEFAULT 0,
    outcome TEXT NOT NULL DEFAULT '' -- taken, edited, refused; '' where none was offered
);

-- The weights of each label, packed, and in how many mails each feature stands.
CREATE TABLE learned (
    label TEXT PRIMARY KEY,
    weights BLOB NOT NULL
);

-- The answers that are offered for the newest mail of a ticket.
CREATE TABLE offer (
    ticket_id INTEGER PRIMARY KEY REFERENCES ticket (id) ON DELETE CASCADE,
    question INTEGER NOT NULL,
    made_for INTEGER NOT NULL, -- a stamp of macros and order
    macros TEXT NOT NULL, -- JSON, best first
    title TEXT NOT NULL, -- of the first of them
    margin REAL NOT NULL,
    sure INTEGER NOT NULL,
    why TEXT NOT NULL
);
