-- The store's own words for a state that deskterm has no word for, and how much of a line is sent.
ALTER TABLE shop_order ADD COLUMN payment_word TEXT NOT NULL DEFAULT '';
ALTER TABLE shop_order ADD COLUMN fulfilment_word TEXT NOT NULL DEFAULT '';
ALTER TABLE order_line ADD COLUMN sent INTEGER; -- pieces; NULL where the store does not say

-- Orders that the last reading of a store could not take in, one a row.
CREATE TABLE left_out (
    store TEXT NOT NULL,
    position INTEGER NOT NULL,
    words TEXT NOT NULL, -- where it stands, its number and the reason
    PRIMARY KEY (store, position)
);

-- Files are read anew once: what was left out before may be readable now.
UPDATE source SET file_mark = '' WHERE kind = 'orders';
