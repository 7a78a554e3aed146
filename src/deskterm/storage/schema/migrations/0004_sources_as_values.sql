-- A source is an account (or store), what it brings and which of its duties; its name is made for the owner alone.
ALTER TABLE source RENAME TO source_by_name;
CREATE TABLE source (
    account TEXT NOT NULL, -- or a store's name
    kind TEXT NOT NULL, -- mail, orders
    part TEXT NOT NULL DEFAULT 'reading', -- reading, sending, copies, filing, numbering
    folder TEXT NOT NULL DEFAULT '', -- of numbering
    complete_to INTEGER NOT NULL DEFAULT 0,
    tried_at INTEGER NOT NULL DEFAULT 0,
    failing_since INTEGER,
    not_before INTEGER NOT NULL DEFAULT 0, -- when it may be asked again by itself
    failure TEXT NOT NULL DEFAULT '', -- offline, login, secret, ...: what has one remedy is of one kind
    words TEXT NOT NULL DEFAULT '', -- what failed, for the owner
    todo TEXT NOT NULL DEFAULT '',
    file_mark TEXT NOT NULL DEFAULT '', -- mtime and size of an orders file already read
    PRIMARY KEY (account, kind, part, folder)
) WITHOUT ROWID;
-- Stores, and accounts as such: one that has read a folder or was complete once is an account whatever its name.
INSERT INTO source (account, kind, complete_to, tried_at, failing_since, not_before, failure, words, todo, file_mark)
SELECT name, kind, complete_to, tried_at, failing_since, not_before,
    iif(failing_since IS NULL, '', 'other'), words, todo, file_mark
FROM source_by_name
WHERE kind != 'mail' OR complete_to > 0 OR name NOT LIKE '% (%)'
    OR name IN (SELECT account FROM mailbox) OR name IN (SELECT account FROM outbox);
-- The duties of an account that failed.
INSERT OR IGNORE INTO source (account, kind, part, tried_at, failing_since, not_before, failure, words, todo)
SELECT substr(name, 1, length(name) - length(suffix)), 'mail', part, tried_at, failing_since, not_before,
    'other', words, todo
FROM source_by_name
JOIN (SELECT ' (sending)' AS suffix, 'sending' AS part UNION ALL SELECT ' (Sent)', 'copies'
    UNION ALL SELECT ' (filing solved mail)', 'filing') ON substr(name, -length(suffix)) = suffix
WHERE kind = 'mail' AND complete_to = 0
    AND name NOT IN (SELECT account FROM mailbox) AND name NOT IN (SELECT account FROM outbox)
    AND words NOT LIKE '%anew in every session%';
-- Whose folder is numbered anew in every session.
INSERT OR IGNORE INTO source (account, kind, part, folder, tried_at, failing_since, not_before, failure, words, todo)
SELECT m.account, 'mail', 'numbering', m.name, s.tried_at, s.failing_since, s.not_before, 'nonsense', s.words, s.todo
FROM source_by_name s JOIN mailbox m ON s.name = m.account || ' (' || m.name || ')'
WHERE s.kind = 'mail' AND s.complete_to = 0 AND s.words LIKE '%anew in every session%';
DROP TABLE source_by_name;

-- How the last try of a reply ended, or why it left the outbox: decided by this, told by `answered`.
ALTER TABLE outbox ADD COLUMN ending TEXT NOT NULL DEFAULT ''; -- line lost, put off, brought back, held back
UPDATE outbox SET ending = CASE
    WHEN state = 'discarded' AND answered = 'brought back as a draft' THEN 'brought back'
    WHEN state = 'discarded' AND answered LIKE 'brought back as a draft: %' THEN 'held back'
    WHEN state = 'queued' AND answered LIKE 'The connection was lost%' THEN 'line lost'
    WHEN state = 'queued' AND attempts > 0 THEN 'put off'
    ELSE '' END;
