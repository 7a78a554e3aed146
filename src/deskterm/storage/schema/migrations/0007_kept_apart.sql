-- Two tickets that the owner has split: no mail joins them again. Each pair stands here both ways round.
CREATE TABLE apart (
    ticket_id INTEGER NOT NULL REFERENCES ticket(id),
    other_id INTEGER NOT NULL REFERENCES ticket(id),
    PRIMARY KEY (ticket_id, other_id)
) WITHOUT ROWID;
