-- What rules write and put beside a ticket; how its customer sounds; answered tickets looked at again.
ALTER TABLE ticket ADD COLUMN sop TEXT NOT NULL DEFAULT '';
ALTER TABLE ticket ADD COLUMN mood TEXT NOT NULL DEFAULT '';
ALTER TABLE outbox ADD COLUMN automatic TEXT NOT NULL DEFAULT '';

CREATE TABLE rule_letter (
    id INTEGER PRIMARY KEY,
    ticket_id INTEGER NOT NULL REFERENCES ticket(id) ON DELETE CASCADE,
    message_id INTEGER NOT NULL REFERENCES message(id) ON DELETE CASCADE,
    rule TEXT NOT NULL,
    kind TEXT NOT NULL,
    macro TEXT NOT NULL,
    action INTEGER NOT NULL,
    asked_at INTEGER NOT NULL,
    ended_at INTEGER,
    ending TEXT NOT NULL DEFAULT '',
    UNIQUE (message_id, rule)
);
CREATE INDEX rule_letter_open ON rule_letter(id) WHERE ended_at IS NULL;
CREATE INDEX rule_letter_sent ON rule_letter(ended_at) WHERE ending = 'sent';

CREATE TABLE self_review (
    week TEXT NOT NULL,
    ticket_id INTEGER NOT NULL REFERENCES ticket(id) ON DELETE CASCADE,
    question TEXT NOT NULL,
    kept INTEGER NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (week, ticket_id, question)
);
