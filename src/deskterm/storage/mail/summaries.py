"""What follows for tickets from their messages; used by intake after each batch of mail."""

from collections.abc import Iterable
from sqlite3 import Connection, Row
from typing import NamedTuple

from deskterm.domain.messages import Direction, mailbox_key
from deskterm.domain.tickets import CategoryBy, Status, View
from deskterm.storage.schema.columns import folds_of, people_in, people_of, to_json
from deskterm.storage.search.word_index import without_folds


class ConversationState(NamedTuple):
    """A ticket as intake needs it.

    `heard` and `replied` are the newest human mails in and out, or None; `sent` is the first mail of
    ours to anybody, `bounced` the newest report of one that came back.
    """

    ticket: int
    customer: int
    status: Status
    view: View
    category: str
    category_by: CategoryBy
    order: int | None
    snoozed: bool
    solved_at: int | None
    history: int
    heard: int | None
    replied: int | None
    sent: int | None
    bounced: int | None

    @property
    def came_back(self) -> bool:
        """Whether a mail of ours bounced, and nothing was sent to the customer since."""
        if self.bounced is None or self.sent is None:
            return False
        return self.bounced >= max(self.sent, self.replied or self.sent)


class TicketMail(NamedTuple):
    """A mail of a ticket, for its history. `human`: by a person, between the customer and us."""

    message: int
    at: int
    direction: Direction
    human: bool
    bounce: bool


def conversation_states(
    tx: Connection, ticket_ids: Iterable[int], *, without: Iterable[int] = ()
) -> dict[int, ConversationState]:
    """The states of tickets, not counting the messages `without`."""
    rows = tx.execute(
        "SELECT t.id, t.customer_id, t.status, t.view, t.category, t.category_by, t.order_id,"
        " t.snoozed_until IS NOT NULL, t.solved_at, t.history,"
        " max(m.at) FILTER (WHERE m.direction = 'in' AND m.machine = ''),"
        " max(m.at) FILTER (WHERE m.direction = 'out' AND m.machine = '' AND m.aside = 0),"
        " min(m.at) FILTER (WHERE m.direction = 'out' AND m.machine = ''),"
        " max(m.at) FILTER (WHERE m.direction = 'in' AND m.machine = 'bounce' AND m.answers)"
        " FROM json_each(?) AS given JOIN ticket t ON t.id = given.value"
        " LEFT JOIN message m ON m.ticket_id = t.id"
        " AND m.id NOT IN (SELECT value FROM json_each(?)) GROUP BY t.id",
        (to_json(list(ticket_ids)), to_json(list(without))),
    )
    return {row[0]: _conversation_state(row) for row in rows}


def _conversation_state(row: Row) -> ConversationState:
    return ConversationState(
        ticket=row[0],
        customer=row[1],
        status=Status(row[2]),
        view=View(row[3]),
        category=row[4],
        category_by=CategoryBy(row[5]),
        order=row[6],
        snoozed=bool(row[7]),
        solved_at=row[8],
        history=row[9],
        heard=row[10],
        replied=row[11],
        sent=row[12],
        bounced=row[13],
    )


def derive_from_mails(tx: Connection, ticket_ids: Iterable[int]) -> None:
    """Take subject, customer, channel and named order of tickets from their earliest mails.

    So a ticket reads the same whichever of its mails came first. An order chosen by hand stays.
    """
    given = to_json(list(ticket_ids))
    for sql in (_FIRST, _NAMED, _ONLY):
        tx.execute(sql, (given,))


_FIRST = """
UPDATE ticket SET
    subject = coalesce((SELECT subject FROM message WHERE ticket_id = ticket.id AND direction != 'note'
        ORDER BY at, same_key LIMIT 1), subject),
    (customer_id, channel) = (SELECT customer_id, channel FROM message WHERE ticket_id = ticket.id
        AND customer_id IS NOT NULL ORDER BY machine != '', stranger = 1, direction, at, same_key LIMIT 1)
WHERE id IN (SELECT value FROM json_each(?))
    AND EXISTS (SELECT 1 FROM message WHERE ticket_id = ticket.id AND customer_id IS NOT NULL)
"""
_NAMED = """
UPDATE ticket SET order_by = 'named', order_id = (SELECT order_id FROM message WHERE ticket_id = ticket.id
    AND order_id IS NOT NULL ORDER BY direction, at, same_key LIMIT 1)
WHERE id IN (SELECT value FROM json_each(?)) AND order_by != 'hand'
    AND EXISTS (SELECT 1 FROM message WHERE ticket_id = ticket.id AND order_id IS NOT NULL)
"""
_ONLY = """
UPDATE ticket SET order_by = 'only', order_id = (SELECT o.id FROM address a
    JOIN shop_order o ON o.email_key = a.mailbox_key WHERE a.customer_id = ticket.customer_id)
WHERE id IN (SELECT value FROM json_each(?)) AND order_by = '' AND order_id IS NULL AND view = 'customers'
    AND 1 = (SELECT count(*) FROM address a JOIN shop_order o ON o.email_key = a.mailbox_key
        WHERE a.customer_id = ticket.customer_id)
"""


def mark_aside(tx: Connection, ticket_ids: Iterable[int]) -> frozenset[int]:
    """Mark the mails of ours that went to somebody else than their ticket's customer; returns their ids."""
    rows = tx.execute(
        "SELECT m.ticket_id, m.id, m.recipients, m.aside FROM json_each(?) AS given JOIN message m"
        " ON m.ticket_id = given.value WHERE m.direction = 'out' AND m.machine = '' AND m.recipients != ''",
        (to_json(list(ticket_ids)),),
    ).fetchall()
    reached = customer_addresses(tx, {row[0] for row in rows})
    is_aside = {row[1]: _is_aside(row[2], reached[row[0]]) for row in rows}
    changed = [(int(is_aside[row[1]]), row[1]) for row in rows if bool(row[3]) != is_aside[row[1]]]
    tx.executemany("UPDATE message SET aside = ? WHERE id = ?", changed)
    return frozenset(message for message, aside in is_aside.items() if aside)


def _is_aside(recipients: str, reached: frozenset[str]) -> bool:
    named = {mailbox_key(one.address) for many in people_of(recipients).values() for one in many}
    return bool(named) and named.isdisjoint(reached)


def customer_addresses(tx: Connection, ticket_ids: Iterable[int]) -> dict[int, frozenset[str]]:
    """The mailboxes at which each ticket's customer is reached, and where they want answers.

    So is whoever answered from an address that may be another one of theirs.
    """
    given = to_json(list(ticket_ids))
    found: dict[int, set[str]] = {}
    for ticket, key in tx.execute(
        "SELECT t.id, a.mailbox_key FROM json_each(?) AS given JOIN ticket t ON t.id = given.value"
        " JOIN address a ON a.customer_id = t.customer_id",
        (given,),
    ):
        found.setdefault(ticket, set()).add(key)
    for ticket, answer_to in tx.execute(
        "SELECT m.ticket_id, m.answer_to FROM json_each(?) AS given"
        " JOIN message m ON m.ticket_id = given.value JOIN ticket t ON t.id = m.ticket_id"
        " WHERE m.answer_to != '' AND (m.customer_id = t.customer_id OR m.stranger = 1)",
        (given,),
    ):
        found.setdefault(ticket, set()).update(mailbox_key(one.address) for one in people_in(answer_to))
    return {ticket: frozenset(found.get(ticket, ())) for ticket in ticket_ids}


def put_after_replies(tx: Connection, message_ids: Iterable[int]) -> dict[int, int]:
    """Let new mails that were there before a reply written here, unread, count from just after it, in order.

    Another copy of a mail that was read is left alone, as is what a reply written elsewhere answered. Returns
    the new times (UTC seconds) by message.
    """
    given = to_json(list(message_ids))
    return dict(tx.execute(_AFTER_REPLIES, {"given": given, "lately": _LATELY}).fetchall())


def put_after_reply(tx: Connection, ticket_id: int, reply: int, queued_at: int, sent_at: int) -> None:
    """Let mails that came while a `reply` was in the outbox count from just after it: see above.

    Not those that another reply to the same people answers, which was written later and still waits.
    """
    tx.execute(_AFTER_REPLY, (ticket_id, queued_at, sent_at, reply))


_AFTER_REPLY = """
UPDATE message SET at = ?3 + found.place FROM (
    SELECT m.id, row_number() OVER (ORDER BY m.at, m.same_key) AS place FROM message m
    WHERE m.ticket_id = ?1 AND m.direction = 'in' AND m.machine = '' AND m.at BETWEEN ?2 AND ?3
        AND NOT EXISTS (SELECT 1 FROM outbox o JOIN recipient r ON r.outbox_id = o.id
            WHERE o.ticket_id = ?1 AND o.state IN ('queued', 'sending') AND o.created_at > m.at
            AND o.automatic = '' AND o.planned_at IS NULL
            AND r.address IN (SELECT address FROM recipient WHERE outbox_id = ?4))
) AS found WHERE message.id = found.id
"""
_LATELY = 7 * 86400  # seconds before a reply; older mail was not on its way but found somewhere
_AFTER_REPLIES = """
UPDATE message SET at = found.replied + found.place FROM (
    SELECT m.id, max(o.at) AS replied,
        row_number() OVER (PARTITION BY m.ticket_id ORDER BY m.at, m.same_key) AS place
    FROM json_each(:given) AS given JOIN message m ON m.id = given.value
    JOIN message o ON o.ticket_id = m.ticket_id AND o.at >= m.at
        AND o.direction = 'out' AND o.machine = '' AND o.aside = 0
    WHERE m.direction = 'in' AND m.machine = '' AND NOT EXISTS (
        SELECT 1 FROM message c JOIN place p ON p.message_id = c.id
        WHERE c.ticket_id = m.ticket_id AND c.message_id = m.message_id AND c.message_id != ''
        AND c.id != m.id AND c.id NOT IN (SELECT value FROM json_each(:given)))
    GROUP BY m.id HAVING max(o.outside) = 0 AND max(o.id IN (SELECT value FROM json_each(:given))) = 0
) AS found WHERE message.id = found.id AND found.replied - message.at <= :lately RETURNING id, at
"""


def last_heard(tx: Connection, ticket_id: int) -> int:
    """When a person last wrote to us on a ticket (UTC seconds); 0 for never."""
    row = tx.execute(
        "SELECT max(at) FROM message WHERE ticket_id = ? AND direction = 'in' AND machine = ''", (ticket_id,)
    ).fetchone()
    return int(row[0] or 0)


def put_mood(tx: Connection, ticket_id: int, mood: str) -> None:
    """Set how a ticket's customer sounds; its place in the inbox follows with the next `refresh`."""
    tx.execute("UPDATE ticket SET mood = ? WHERE id = ? AND mood != ?", (str(mood), ticket_id, str(mood)))


def set_first_sync_states(tx: Connection, states: Iterable[tuple[int, Status, int | None, bool]]) -> None:
    """Set (ticket, status, solved at, inferred) of customers' tickets whose history is still to be told."""
    tx.executemany(
        "UPDATE ticket SET status = ?, solved_at = ?, inferred = ?, view = 'customers'"
        " WHERE id = ? AND history = 1",
        [(status, solved_at, inferred, ticket) for ticket, status, solved_at, inferred in states],
    )


def tickets_awaiting_history(tx: Connection, most: int) -> list[int]:
    """Tickets of a first sync whose events are not written yet, at most `most`."""
    rows = tx.execute(
        "SELECT id FROM ticket WHERE history != 0 AND joined_into IS NULL ORDER BY id LIMIT ?", (most,)
    )
    return [row[0] for row in rows]


def mark_history_written(tx: Connection, ticket_ids: Iterable[int]) -> None:
    """Note that the events of tickets have been written."""
    given = to_json(list(ticket_ids))
    tx.execute("UPDATE ticket SET history = 0 WHERE id IN (SELECT value FROM json_each(?))", (given,))


def mails_of(tx: Connection, ticket_ids: Iterable[int]) -> dict[int, list[TicketMail]]:
    """The mails of tickets, oldest first."""
    found: dict[int, list[TicketMail]] = {}
    rows = tx.execute(
        "SELECT m.ticket_id, m.id, m.at, m.direction, m.machine = '' AND m.aside = 0,"
        " m.machine = 'bounce' AND m.answers"
        " FROM json_each(?) AS given JOIN message m ON m.ticket_id = given.value WHERE m.direction != 'note'"
        " ORDER BY m.ticket_id, m.at, m.same_key",
        (to_json(list(ticket_ids)),),
    )
    for row in rows:
        found.setdefault(row[0], []).append(
            TicketMail(row[1], row[2], Direction(row[3]), bool(row[4]), bool(row[5]))
        )
    return found


class Wording(NamedTuple):
    """A message's subject and its writer's own words."""

    message: int
    at: int
    subject: str
    written: str


def first_words(tx: Connection, ticket_ids: Iterable[int]) -> dict[int, Wording]:
    """The words in which customers say what tickets are about: the first mail from a person."""
    rows = tx.execute(
        "SELECT given.value, m.id, m.at, m.subject, m.text, m.folds FROM json_each(?) AS given JOIN message m"
        " ON m.id = (SELECT id FROM message WHERE ticket_id = given.value AND direction = 'in'"
        " AND machine = '' ORDER BY at, same_key LIMIT 1)",
        (to_json(list(ticket_ids)),),
    )
    return {row[0]: Wording(row[1], row[2], row[3], without_folds(row[4], folds_of(row[5]))) for row in rows}


def put_category(tx: Connection, categories: Iterable[tuple[int, str]]) -> None:
    """Set guessed categories, as (ticket, category), where nobody has chosen one. Writes no event."""
    tx.executemany(
        "UPDATE ticket SET category = ?, category_by = 'guess' WHERE id = ? AND category_by IN ('', 'guess')",
        [(category, ticket) for ticket, category in categories],
    )


def macro_sent(tx: Connection, customer_id: int, macro: str) -> int | None:
    """When a reply made from `macro` was last sent to a customer (UTC seconds), None for never."""
    row = tx.execute(
        "SELECT max(m.at) FROM ticket t JOIN message m ON m.ticket_id = t.id"
        " WHERE t.customer_id = ? AND m.direction = 'out' AND m.macro = ?",
        (customer_id, macro),
    ).fetchone()
    return None if row[0] is None else int(row[0])
