-- What the stores sell, and how much of it is there.
CREATE TABLE product (
    id INTEGER PRIMARY KEY,
    store TEXT NOT NULL,
    external_id TEXT NOT NULL,
    title TEXT NOT NULL,
    url TEXT NOT NULL DEFAULT '',
    admin_url TEXT NOT NULL DEFAULT '',
    synced_at INTEGER NOT NULL,
    gone_at INTEGER, -- when it was found that the store has it no longer
    UNIQUE (store, external_id)
);
CREATE TABLE product_variant (
    product_id INTEGER NOT NULL REFERENCES product (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    external_id TEXT NOT NULL,
    sku TEXT NOT NULL,
    sku_key TEXT NOT NULL, -- as SKUs are compared
    title TEXT NOT NULL,
    price_minor INTEGER NOT NULL,
    currency TEXT NOT NULL,
    stock INTEGER, -- NULL: the store does not count it
    incoming INTEGER,
    for_sale INTEGER, -- whether it can be ordered now, where the store says so
    PRIMARY KEY (product_id, position)
);
CREATE INDEX product_variant_sku ON product_variant (sku_key) WHERE sku_key != '';
-- The words of titles, each with the products that bear it: mails are looked through by them.
CREATE TABLE product_word (
    word TEXT NOT NULL,
    product_id INTEGER NOT NULL REFERENCES product (id) ON DELETE CASCADE,
    PRIMARY KEY (word, product_id)
) WITHOUT ROWID;
CREATE INDEX product_word_product ON product_word (product_id);

-- Customers who are to hear when something is in stock again; whose it is says the ticket.
CREATE TABLE stock_wait (
    id INTEGER PRIMARY KEY,
    ticket_id INTEGER NOT NULL REFERENCES ticket (id),
    home_id INTEGER NOT NULL REFERENCES ticket (id), -- where it was noted, before tickets were joined
    message_id TEXT NOT NULL DEFAULT '', -- of the letter that says so; empty for one noted by hand
    store TEXT NOT NULL,
    product_id TEXT NOT NULL, -- the store's keys
    variant_id TEXT NOT NULL,
    sku TEXT NOT NULL,
    title TEXT NOT NULL,
    asked_at INTEGER NOT NULL,
    back_at INTEGER, -- when it was seen in stock again
    told_at INTEGER, -- when the customer heard of it
    told_in TEXT NOT NULL DEFAULT '', -- the Message-ID of the letter
    dropped INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX stock_wait_ticket ON stock_wait (ticket_id);
CREATE INDEX stock_wait_home ON stock_wait (home_id);
CREATE INDEX stock_wait_open ON stock_wait (store, variant_id) WHERE told_at IS NULL AND dropped = 0;

-- What ends a snooze before its time: 'stock' or 'shipped'.
ALTER TABLE ticket ADD COLUMN wakes_on TEXT NOT NULL DEFAULT '';
