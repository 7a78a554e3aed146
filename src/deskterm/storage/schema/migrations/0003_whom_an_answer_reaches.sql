-- Whom an answer to a mail reaches is decided when the mail is read, together with its customer.
ALTER TABLE message ADD COLUMN answer_to TEXT NOT NULL DEFAULT ''; -- JSON: [name, address] pairs
-- 1: a mail of ours that went to somebody else than its ticket's customer, and answers nothing.
ALTER TABLE message ADD COLUMN aside INTEGER NOT NULL DEFAULT 0;
-- Gmail ignores dots and +tags: `mailbox_key` is the mailbox behind an address, as orders are matched by it.
ALTER TABLE address ADD COLUMN mailbox_key TEXT NOT NULL DEFAULT '';
CREATE INDEX address_mailbox ON address(mailbox_key);

-- What the owner said of a sender: "customer" or "never". `key` is an address, or a domain behind an @.
CREATE TABLE sender_rule (
    key TEXT PRIMARY KEY,
    verdict TEXT NOT NULL,
    at INTEGER NOT NULL
) WITHOUT ROWID;

UPDATE address SET mailbox_key = key;
UPDATE address SET mailbox_key = replace(substr(key, 1, instr(key || '+', '+') - 1), '.', '') || '@gmail.com'
    WHERE key LIKE '%+%@gmail.com' OR key LIKE '%+%@googlemail.com';
UPDATE address SET mailbox_key = replace(substr(key, 1, instr(key, '@') - 1), '.', '') || '@gmail.com'
    WHERE mailbox_key = key AND (key LIKE '%@gmail.com' OR key LIKE '%@googlemail.com');
UPDATE shop_order SET email_key = replace(substr(email_key, 1, instr(email_key, '+') - 1), '.', '') || '@gmail.com'
    WHERE email_key LIKE '%+%@gmail.com' OR email_key LIKE '%+%@googlemail.com';
UPDATE shop_order SET email_key = replace(substr(email_key, 1, instr(email_key, '@') - 1), '.', '') || '@gmail.com'
    WHERE email_key LIKE '%@gmail.com' OR email_key LIKE '%@googlemail.com';

-- Old mail: behind a form or a marketplace its customer, else whom Reply-To names, else the sender.
UPDATE message SET answer_to = coalesce((
        SELECT json_array(json_array(c.name, a.address)) FROM address a JOIN customer c ON c.id = a.customer_id
        WHERE a.customer_id = message.customer_id ORDER BY a.rowid LIMIT 1), '')
    WHERE direction = 'in' AND channel != 'mail';
UPDATE message SET answer_to = coalesce(
        iif(recipients = '', NULL, json_extract(recipients, '$.reply_to')),
        json_array(json_array(sender_name, sender_address)))
    WHERE direction = 'in' AND channel = 'mail' AND sender_address != '';
UPDATE message SET aside = 1
    WHERE direction = 'out' AND machine = '' AND recipients NOT IN ('', '{}')
    AND EXISTS (SELECT 1 FROM message i WHERE i.ticket_id = message.ticket_id AND i.direction = 'in' AND i.machine = '')
    AND NOT EXISTS (
        SELECT 1 FROM json_each(message.recipients) many, json_each(many.value) one
        WHERE lower(one.value ->> 1) IN (
            SELECT a.key FROM ticket t JOIN address a ON a.customer_id = t.customer_id
            WHERE t.id = message.ticket_id
            UNION SELECT lower(p.value ->> 1) FROM message i, json_each(iif(i.answer_to = '', '[]', i.answer_to)) p
            WHERE i.ticket_id = message.ticket_id AND i.direction = 'in'));
