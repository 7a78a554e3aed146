-- What live stores say of an order beyond an export: tags, notes, both currencies, its page, what was changed when.
ALTER TABLE shop_order ADD COLUMN phone_key TEXT NOT NULL DEFAULT ''; -- E.164, '' where it is no number
ALTER TABLE shop_order ADD COLUMN shop_total_minor INTEGER; -- in the shop's own currency; NULL: as `total_minor`
ALTER TABLE shop_order ADD COLUMN shop_currency TEXT NOT NULL DEFAULT '';
ALTER TABLE shop_order ADD COLUMN tags TEXT NOT NULL DEFAULT '[]';
ALTER TABLE shop_order ADD COLUMN admin_url TEXT NOT NULL DEFAULT '';
ALTER TABLE shop_order ADD COLUMN customer_id TEXT NOT NULL DEFAULT ''; -- the store's
ALTER TABLE shop_order ADD COLUMN changed_at INTEGER; -- as the store says
ALTER TABLE shop_order ADD COLUMN payment_method TEXT NOT NULL DEFAULT '';
ALTER TABLE shop_order ADD COLUMN shipping_method TEXT NOT NULL DEFAULT '';
ALTER TABLE shop_order ADD COLUMN test INTEGER NOT NULL DEFAULT 0;
ALTER TABLE shop_order ADD COLUMN gone_at INTEGER; -- when the store had it no longer
CREATE INDEX shop_order_phone ON shop_order (phone_key) WHERE phone_key != '';
CREATE INDEX shop_order_placed ON shop_order (store, placed_at);

ALTER TABLE order_line ADD COLUMN external_id TEXT NOT NULL DEFAULT '';
ALTER TABLE order_line ADD COLUMN refunded INTEGER NOT NULL DEFAULT 0; -- pieces
ALTER TABLE shipment ADD COLUMN external_id TEXT NOT NULL DEFAULT '';
ALTER TABLE shipment ADD COLUMN source TEXT NOT NULL DEFAULT 'store'; -- who said so
ALTER TABLE refund ADD COLUMN external_id TEXT NOT NULL DEFAULT '';

CREATE TABLE order_note (
    order_id INTEGER NOT NULL REFERENCES shop_order (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    at INTEGER NOT NULL,
    text TEXT NOT NULL,
    author TEXT NOT NULL,
    to_customer INTEGER NOT NULL, -- the store mailed it
    external_id TEXT NOT NULL,
    PRIMARY KEY (order_id, position)
) WITHOUT ROWID;

-- Tracking numbers from a second file: kept by the order's number, as the file may come before the order.
CREATE TABLE reported_tracking (
    store TEXT NOT NULL,
    order_number TEXT NOT NULL COLLATE NOCASE,
    number TEXT NOT NULL,
    carrier TEXT NOT NULL,
    url TEXT NOT NULL,
    shipped_at INTEGER,
    PRIMARY KEY (store, order_number, number)
) WITHOUT ROWID;

ALTER TABLE left_out ADD COLUMN external_id TEXT NOT NULL DEFAULT ''; -- of the order, where it is known
ALTER TABLE source RENAME COLUMN file_mark TO cursor; -- where the reading of a store goes on
