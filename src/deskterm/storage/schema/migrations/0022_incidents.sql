-- Incidents: one cause that touches many orders, their customers told by letters of one macro.
CREATE TABLE incident (
    id INTEGER PRIMARY KEY,
    title TEXT NOT NULL,
    kind TEXT NOT NULL,
    query TEXT NOT NULL, -- the filter over orders
    macro TEXT NOT NULL,
    round INTEGER NOT NULL DEFAULT 1, -- counts up when the date slips
    given TEXT NOT NULL DEFAULT '[]', -- JSON: what the macro asks for, this round
    began_at INTEGER NOT NULL,
    ended_at INTEGER,
    due_at INTEGER -- the end of its clock
);
CREATE TABLE incident_order (
    incident_id INTEGER NOT NULL REFERENCES incident (id),
    order_id INTEGER NOT NULL REFERENCES shop_order (id),
    ticket_id INTEGER REFERENCES ticket (id), -- where its customer is told
    PRIMARY KEY (incident_id, order_id)
) WITHOUT ROWID;
CREATE INDEX incident_order_order ON incident_order (order_id);
CREATE INDEX incident_order_ticket ON incident_order (ticket_id);
CREATE TABLE incident_letter (
    outbox_id INTEGER PRIMARY KEY REFERENCES outbox (id),
    incident_id INTEGER NOT NULL REFERENCES incident (id),
    ticket_id INTEGER NOT NULL REFERENCES ticket (id),
    round INTEGER NOT NULL,
    says TEXT NOT NULL -- news, shipped
);
CREATE INDEX incident_letter_incident ON incident_letter (incident_id);
CREATE INDEX incident_letter_ticket ON incident_letter (ticket_id);
