-- Goods on their way back, as the store says.
CREATE TABLE order_return (
    order_id INTEGER NOT NULL REFERENCES shop_order (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    external_id TEXT NOT NULL,
    name TEXT NOT NULL,
    state TEXT NOT NULL,
    pieces INTEGER NOT NULL,
    opened_at INTEGER NOT NULL,
    label_at INTEGER,
    back_at INTEGER,
    money_at INTEGER,
    closed_at INTEGER,
    PRIMARY KEY (order_id, position)
);
-- The same as the owner notes it, for stores that say nothing of returns: one for an order.
CREATE TABLE noted_return (
    order_id INTEGER PRIMARY KEY REFERENCES shop_order (id) ON DELETE CASCADE,
    opened_at INTEGER NOT NULL,
    label_at INTEGER,
    back_at INTEGER,
    money_at INTEGER,
    closed_at INTEGER
);
