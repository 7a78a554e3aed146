-- One reply may answer several tickets of its customer. Which ones a draft is to answer, and an outbox row answers;
-- `follows` is what a planned reply makes of such a ticket, `read_to` up to when its mails were read (UTC seconds).
ALTER TABLE draft ADD COLUMN also TEXT NOT NULL DEFAULT '[]';
CREATE TABLE also_answered (
    outbox_id INTEGER NOT NULL REFERENCES outbox (id),
    ticket_id INTEGER NOT NULL REFERENCES ticket (id),
    read_to INTEGER NOT NULL,
    follows TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (outbox_id, ticket_id)
) WITHOUT ROWID;
CREATE INDEX also_answered_ticket ON also_answered (ticket_id);
-- The sent mail that this message repeats on a further ticket it answers.
ALTER TABLE message ADD COLUMN copy_of INTEGER;
CREATE INDEX message_copy ON message(copy_of) WHERE copy_of IS NOT NULL;
