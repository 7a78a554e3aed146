-- Returns as the owner notes them: an order may have one after the other.
CREATE TABLE returns_by_hand (
    order_id INTEGER NOT NULL REFERENCES shop_order (id) ON DELETE CASCADE,
    opened_at INTEGER NOT NULL,
    label_at INTEGER,
    back_at INTEGER,
    money_at INTEGER,
    closed_at INTEGER,
    PRIMARY KEY (order_id, opened_at)
);
INSERT INTO returns_by_hand SELECT order_id, opened_at, label_at, back_at, money_at, closed_at FROM noted_return;
DROP TABLE noted_return;
ALTER TABLE returns_by_hand RENAME TO noted_return;
