-- What a file has of an order and nobody can read, parted by blanks: total, placed, lines, prices, payment.
ALTER TABLE shop_order ADD COLUMN unread TEXT NOT NULL DEFAULT '';
