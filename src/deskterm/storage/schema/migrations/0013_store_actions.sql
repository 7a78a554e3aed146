-- What the owner does to orders in their stores: written down before it is sent, looked up before it is repeated.
CREATE TABLE store_action (
    key TEXT PRIMARY KEY, -- the store is given it
    store TEXT NOT NULL,
    order_id INTEGER NOT NULL REFERENCES shop_order (id),
    ticket_id INTEGER REFERENCES ticket (id),
    ability TEXT NOT NULL,
    wish TEXT NOT NULL, -- JSON
    state TEXT NOT NULL,
    confirmed_at INTEGER NOT NULL,
    sent_at INTEGER, -- the last time
    settled_at INTEGER,
    words TEXT NOT NULL DEFAULT '', -- the store's
    remote_id TEXT NOT NULL DEFAULT '', -- what it made in the store
    tries INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX store_action_order ON store_action (order_id);
CREATE INDEX store_action_ticket ON store_action (ticket_id);
CREATE INDEX store_action_open ON store_action (store) WHERE state IN ('confirmed', 'sending', 'unknown');
