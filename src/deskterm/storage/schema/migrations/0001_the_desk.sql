-- The first desk. Times are UTC seconds, money is minor units beside its currency.
-- Ticket numbers are row ids; the first is T1001.

CREATE TABLE customer (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    first_seen_at INTEGER NOT NULL
);

CREATE TABLE address (
    key TEXT PRIMARY KEY, -- casefolded: what addresses are compared by
    address TEXT NOT NULL,
    customer_id INTEGER NOT NULL REFERENCES customer(id)
);
CREATE INDEX address_customer ON address(customer_id);

CREATE TABLE ticket (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    customer_id INTEGER NOT NULL REFERENCES customer(id),
    subject TEXT NOT NULL,
    status TEXT NOT NULL,
    view TEXT NOT NULL,
    category TEXT NOT NULL DEFAULT '',
    category_by TEXT NOT NULL DEFAULT '',
    channel TEXT NOT NULL DEFAULT 'mail',
    created_at INTEGER NOT NULL,
    last_at INTEGER NOT NULL,
    unanswered_since INTEGER,
    due TEXT NOT NULL DEFAULT '',
    snoozed_until INTEGER,
    woken_at INTEGER, -- a snooze ended then, and nothing was done about it since
    solve_at INTEGER, -- solved then unless the customer writes (a macro's "solved after 7 days")
    solved_at INTEGER, -- the last time; what came before it needs no answer any more
    inferred INTEGER NOT NULL DEFAULT 0,
    order_id INTEGER REFERENCES shop_order(id),
    order_by TEXT NOT NULL DEFAULT '', -- named, only (the customer has but one), hand
    tags TEXT NOT NULL DEFAULT '[]',
    cues TEXT NOT NULL DEFAULT '[]',
    messages INTEGER NOT NULL DEFAULT 0,
    joined_into INTEGER REFERENCES ticket(id), -- this ticket turned out to be part of that one
    history INTEGER NOT NULL DEFAULT 0, -- 1: a first sync owes its events, 2: and the owner has touched it
    -- The order of the inbox, kept by storage at every change. rank: 0 due, 1 unanswered, 2 neither.
    -- lead_* are the smallest (rank, since) among the customer's tickets in the inbox, so that
    -- tickets of one customer stand together and a page of the list is one walk along an index.
    rank INTEGER NOT NULL DEFAULT 2,
    since INTEGER NOT NULL DEFAULT 0,
    lead_rank INTEGER NOT NULL DEFAULT 2,
    lead_since INTEGER NOT NULL DEFAULT 0,
    siblings INTEGER NOT NULL DEFAULT 1
);
-- The columns of each WHERE stand at the end, too: SQLite 3.40 would look every ticket up for them.
CREATE INDEX ticket_inbox ON ticket(
    lead_rank, lead_since, customer_id, rank, since, id, status, view, snoozed_until, joined_into)
    WHERE status = 'open' AND view = 'customers' AND snoozed_until IS NULL AND joined_into IS NULL;
CREATE INDEX ticket_siblings ON ticket(customer_id, rank, since, status, view, snoozed_until, joined_into)
    WHERE status = 'open' AND view = 'customers' AND snoozed_until IS NULL AND joined_into IS NULL;
CREATE INDEX ticket_status ON ticket(status, rank, last_at DESC, id DESC, view, snoozed_until, joined_into)
    WHERE view = 'customers' AND snoozed_until IS NULL AND joined_into IS NULL;
CREATE INDEX ticket_elsewhere ON ticket(view, last_at DESC, id DESC, status, joined_into)
    WHERE view != 'customers' AND (view = 'trash' OR status != 'spam') AND joined_into IS NULL;
CREATE INDEX ticket_spam ON ticket(last_at DESC, id DESC, status, view, joined_into)
    WHERE status = 'spam' AND view != 'trash' AND joined_into IS NULL;
CREATE INDEX ticket_snoozed ON ticket(snoozed_until, id, status, view, joined_into)
    WHERE snoozed_until IS NOT NULL AND joined_into IS NULL;
CREATE INDEX ticket_solve ON ticket(solve_at) WHERE solve_at IS NOT NULL;
CREATE INDEX ticket_customer ON ticket(customer_id, last_at DESC);
CREATE INDEX ticket_order ON ticket(order_id) WHERE order_id IS NOT NULL;
CREATE INDEX ticket_joined ON ticket(joined_into) WHERE joined_into IS NOT NULL;
CREATE INDEX ticket_history ON ticket(id) WHERE history != 0;

-- Slots grow with the time a message counts (see messages.py): the search index is keyed by them, so
-- that newest first is a walk along its rows whatever the order of arrival.
CREATE TABLE message (
    id INTEGER PRIMARY KEY,
    slot INTEGER NOT NULL UNIQUE,
    ticket_id INTEGER NOT NULL REFERENCES ticket(id),
    home_id INTEGER NOT NULL REFERENCES ticket(id), -- where it was before tickets were joined
    customer_id INTEGER REFERENCES customer(id), -- who wrote it, or whom it was written to
    direction TEXT NOT NULL,
    machine TEXT NOT NULL DEFAULT '',
    machine_words TEXT NOT NULL DEFAULT '',
    message_id TEXT NOT NULL DEFAULT '',
    fingerprint BLOB NOT NULL,
    same_key INTEGER NOT NULL DEFAULT 0, -- hash of message_id and fingerprint: one mail or two
    sender_name TEXT NOT NULL DEFAULT '',
    sender_address TEXT NOT NULL DEFAULT '',
    recipients TEXT NOT NULL DEFAULT '', -- JSON: to, cc, reply_to as [name, address] pairs
    subject TEXT NOT NULL DEFAULT '',
    subject_key INTEGER NOT NULL DEFAULT 0, -- hash of the subject without Re:, 0 where it joins nothing
    answers INTEGER NOT NULL DEFAULT 0, -- it names mails it answers
    at INTEGER NOT NULL,
    sent_at INTEGER,
    channel TEXT NOT NULL DEFAULT 'mail',
    text TEXT NOT NULL,
    folds TEXT NOT NULL DEFAULT '',
    links TEXT NOT NULL DEFAULT '',
    cues TEXT NOT NULL DEFAULT '',
    numbers TEXT NOT NULL DEFAULT '', -- the order numbers it names, known or not
    order_id INTEGER REFERENCES shop_order(id), -- the order it names
    due TEXT NOT NULL DEFAULT '',
    macro TEXT NOT NULL DEFAULT '',
    outside INTEGER NOT NULL DEFAULT 0,
    size INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX message_ticket ON message(ticket_id, at, id);
CREATE INDEX message_home ON message(home_id) WHERE home_id != ticket_id;
CREATE INDEX message_same ON message(same_key) WHERE same_key != 0;
CREATE INDEX message_subject ON message(customer_id, subject_key, at) WHERE subject_key != 0;

CREATE TABLE original (
    message_id INTEGER PRIMARY KEY REFERENCES message(id),
    raw BLOB NOT NULL -- the mail as it came, zlib
);

CREATE TABLE attachment (
    message_id INTEGER NOT NULL REFERENCES message(id),
    part INTEGER NOT NULL,
    name TEXT NOT NULL,
    type TEXT NOT NULL,
    size INTEGER NOT NULL,
    inline INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (message_id, part)
) WITHOUT ROWID;

-- Every Message-ID a message bears (own) or answers, hashed: a missing parent still joins.
CREATE TABLE thread (
    mid_key INTEGER NOT NULL,
    message_id INTEGER NOT NULL REFERENCES message(id),
    own INTEGER NOT NULL,
    PRIMARY KEY (mid_key, message_id, own)
) WITHOUT ROWID;
CREATE INDEX thread_message ON thread(message_id);

CREATE TABLE mailbox (
    id INTEGER PRIMARY KEY,
    account TEXT NOT NULL,
    name TEXT NOT NULL,
    role TEXT NOT NULL, -- inbox, sent, all
    uidvalidity INTEGER NOT NULL DEFAULT 0,
    highest_uid INTEGER NOT NULL DEFAULT 0,
    lowest_uid INTEGER NOT NULL DEFAULT 0, -- the first sync walks down from the newest to here; 1 when it is done
    modseq INTEGER NOT NULL DEFAULT 0,
    complete_to INTEGER NOT NULL DEFAULT 0,
    UNIQUE (account, name)
);

-- Where a message stands on a server; `name` is the file's unique part in a Maildir.
CREATE TABLE place (
    mailbox_id INTEGER NOT NULL REFERENCES mailbox(id),
    uid INTEGER NOT NULL,
    name TEXT NOT NULL DEFAULT '',
    message_id INTEGER REFERENCES message(id), -- NULL: that mail was forgotten
    gone INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (mailbox_id, uid, name)
) WITHOUT ROWID;
CREATE INDEX place_message ON place(message_id);

-- Mails of forgotten customers, by `message.same_key`: they do not come back with a sync.
CREATE TABLE forgotten (
    same_key INTEGER PRIMARY KEY
);

CREATE TABLE shop_order (
    id INTEGER PRIMARY KEY,
    store TEXT NOT NULL,
    external_id TEXT NOT NULL,
    number TEXT NOT NULL,
    email TEXT NOT NULL,
    email_key TEXT NOT NULL,
    customer_name TEXT NOT NULL,
    placed_at INTEGER NOT NULL,
    payment TEXT NOT NULL,
    fulfilment TEXT NOT NULL,
    total_minor INTEGER NOT NULL,
    currency TEXT NOT NULL,
    ship_to TEXT NOT NULL DEFAULT '{}',
    phone TEXT NOT NULL DEFAULT '',
    discount_codes TEXT NOT NULL DEFAULT '[]',
    cancelled_at INTEGER,
    note TEXT NOT NULL DEFAULT '',
    synced_at INTEGER NOT NULL,
    forgotten INTEGER NOT NULL DEFAULT 0, -- its customer was forgotten: nothing personal comes back
    UNIQUE (store, external_id)
);
CREATE INDEX order_number ON shop_order(number COLLATE NOCASE);
CREATE INDEX order_forgotten ON shop_order(store, external_id) WHERE forgotten = 1;
CREATE INDEX order_email ON shop_order(email_key, placed_at DESC);

CREATE TABLE order_line (
    order_id INTEGER NOT NULL REFERENCES shop_order(id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    sku TEXT NOT NULL,
    title TEXT NOT NULL,
    variant TEXT NOT NULL,
    quantity INTEGER NOT NULL,
    price_minor INTEGER NOT NULL,
    currency TEXT NOT NULL,
    PRIMARY KEY (order_id, position)
);

CREATE TABLE shipment (
    order_id INTEGER NOT NULL REFERENCES shop_order(id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    carrier TEXT NOT NULL,
    number TEXT NOT NULL,
    url TEXT NOT NULL,
    shipped_at INTEGER,
    delivered_at INTEGER,
    last_scan_at INTEGER,
    status TEXT NOT NULL,
    PRIMARY KEY (order_id, position)
);

CREATE TABLE refund (
    order_id INTEGER NOT NULL REFERENCES shop_order(id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    at INTEGER NOT NULL,
    amount_minor INTEGER NOT NULL,
    currency TEXT NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (order_id, position)
);

CREATE TABLE events (
    id INTEGER PRIMARY KEY,
    action INTEGER NOT NULL, -- events of one key press share it; it is the id of the first
    ticket_id INTEGER NOT NULL REFERENCES ticket(id),
    at INTEGER NOT NULL,
    by TEXT NOT NULL,
    what TEXT NOT NULL,
    was TEXT NOT NULL,
    now TEXT NOT NULL,
    undoes INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX events_ticket ON events(ticket_id, id);
CREATE INDEX events_action ON events(action);
CREATE INDEX events_status ON events(ticket_id, id) WHERE what = 'status';
CREATE INDEX events_hand ON events(action) WHERE by IN ('owner', 'macro');
CREATE INDEX events_undoes ON events(undoes) WHERE undoes != 0;

CREATE TABLE draft (
    id INTEGER PRIMARY KEY,
    ticket_id INTEGER NOT NULL UNIQUE REFERENCES ticket(id),
    body TEXT NOT NULL,
    subject TEXT NOT NULL DEFAULT '',
    recipients TEXT NOT NULL DEFAULT '{}',
    sender TEXT NOT NULL DEFAULT '',
    macro TEXT NOT NULL DEFAULT '',
    order_id INTEGER REFERENCES shop_order(id),
    claims TEXT NOT NULL DEFAULT '[]', -- the claims that were ticked
    after_status TEXT NOT NULL DEFAULT '',
    quote INTEGER NOT NULL DEFAULT 0,
    attachments TEXT NOT NULL DEFAULT '[]', -- paths of files to attach
    answers INTEGER, -- the message it answers
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
);

CREATE TABLE outbox (
    id INTEGER PRIMARY KEY,
    ticket_id INTEGER NOT NULL REFERENCES ticket(id),
    state TEXT NOT NULL, -- queued, sending, sent, refused, may have been sent, discarded
    account TEXT NOT NULL,
    sender TEXT NOT NULL,
    message_id TEXT NOT NULL UNIQUE,
    raw BLOB NOT NULL, -- the bytes as they go out, committed before any socket opens
    draft TEXT NOT NULL, -- JSON of the draft it came from, to bring it back
    action INTEGER NOT NULL, -- the events of this reply
    send_at INTEGER NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    answered TEXT NOT NULL DEFAULT '', -- the server's last words
    sent_at INTEGER,
    sent_copy TEXT NOT NULL DEFAULT 'wanted', -- wanted, filed, theirs
    claimed_by TEXT NOT NULL DEFAULT '', -- the process that is sending it
    handed INTEGER NOT NULL DEFAULT 0, -- 1 while sending: the first byte of the mail may have left
    unless_answered INTEGER NOT NULL DEFAULT 0, -- 1: kept back if the customer writes before it goes
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
);
CREATE INDEX outbox_state ON outbox(state, send_at);
CREATE INDEX outbox_ticket ON outbox(ticket_id);

CREATE TABLE recipient (
    outbox_id INTEGER NOT NULL REFERENCES outbox(id),
    address TEXT NOT NULL,
    outcome TEXT NOT NULL DEFAULT '', -- '', accepted, refused
    words TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (outbox_id, address)
) WITHOUT ROWID;

CREATE TABLE outbox_history (
    id INTEGER PRIMARY KEY,
    outbox_id INTEGER NOT NULL REFERENCES outbox(id),
    at INTEGER NOT NULL,
    state TEXT NOT NULL,
    words TEXT NOT NULL
);
CREATE INDEX outbox_history_row ON outbox_history(outbox_id, id);

CREATE TABLE sop_tick (
    ticket_id INTEGER NOT NULL REFERENCES ticket(id),
    sop TEXT NOT NULL,
    step TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (ticket_id, sop, step)
) WITHOUT ROWID;

-- What each source last reported: a mail account, a store, the outbox.
CREATE TABLE source (
    name TEXT PRIMARY KEY,
    kind TEXT NOT NULL, -- mail, orders
    complete_to INTEGER NOT NULL DEFAULT 0,
    tried_at INTEGER NOT NULL DEFAULT 0,
    failing_since INTEGER,
    not_before INTEGER NOT NULL DEFAULT 0, -- when it may be asked again by itself
    words TEXT NOT NULL DEFAULT '', -- what failed, for the owner
    todo TEXT NOT NULL DEFAULT '',
    file_mark TEXT NOT NULL DEFAULT '' -- mtime and size of an orders file already read
) WITHOUT ROWID;

-- Small facts of this desk: where the owner was, when it was set up.
CREATE TABLE note (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;

-- Contentless: the words stand in message.text already. Quoted text is left out,
-- runs of CJK are indexed as overlapping pairs. rowid is message.slot. No prefix index: a word that is
-- being typed walks the words that begin so, and the index stays a third smaller.
CREATE VIRTUAL TABLE search USING fts5(
    subject, people, orders, body,
    content='', tokenize='unicode61 remove_diacritics 2'
);
-- Its pieces are merged eight at a time (FTS5 does it by four): a first sync writes hundreds of them.
INSERT INTO search(search, rank) VALUES ('automerge', 8);

-- The first ticket is T1001.
INSERT INTO sqlite_sequence(name, seq) VALUES ('ticket', 1000);
