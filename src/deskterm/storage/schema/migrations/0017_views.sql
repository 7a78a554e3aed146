-- Views for the owner's own queries (docs/schema.md). They name no person, and their columns stay.
CREATE VIEW report_ticket AS
SELECT 'T' || id AS ticket, id, status, view, category, channel,
    datetime(created_at, 'unixepoch') AS created, datetime(solved_at, 'unixepoch') AS solved,
    messages, (SELECT number FROM shop_order o WHERE o.id = t.order_id) AS order_number, order_id, tags
FROM ticket t WHERE joined_into IS NULL AND messages > 0;

CREATE VIEW report_message AS
SELECT 'T' || ticket_id AS ticket, id, direction, machine, datetime(at, 'unixepoch') AS at, channel, macro,
    outside, aside, size
FROM message;

CREATE VIEW report_event AS
SELECT 'T' || ticket_id AS ticket, id, action, datetime(at, 'unixepoch') AS at, by, what, was, now, undoes
FROM events;

CREATE VIEW report_order AS
SELECT id, store, number, datetime(placed_at, 'unixepoch') AS placed, payment, fulfilment, total_minor, currency,
    datetime(cancelled_at, 'unixepoch') AS cancelled,
    (SELECT count(*) FROM ticket t WHERE t.order_id = o.id AND t.joined_into IS NULL) AS tickets
FROM shop_order o;

CREATE VIEW report_line AS
SELECT o.store, o.number AS order_number, l.order_id, l.sku, l.title, l.variant, l.quantity, l.price_minor, l.currency
FROM order_line l JOIN shop_order o ON o.id = l.order_id;

CREATE VIEW report_refund AS
SELECT o.store, o.number AS order_number, r.order_id, datetime(r.at, 'unixepoch') AS at, r.amount_minor, r.currency
FROM refund r JOIN shop_order o ON o.id = r.order_id;

CREATE VIEW report_sample AS
SELECT measure AS figure, datetime(at, 'unixepoch') AS at, 'T' || ticket_id AS ticket, value, business AS business_value,
    left_out, iif(until > 0 AND until < 4611686018427387904, datetime(until, 'unixepoch'), NULL) AS until, label
FROM figure_sample;
