"""What the figures are counted from: messages and events alone."""

import json
from sqlite3 import Connection

from deskterm.domain.stories import Matter, Post, Turn
from deskterm.domain.tickets import Status, View


def matters(tx: Connection) -> list[Matter]:
    """All tickets of customers, spam and the trash too: who is left out is the figures' to say."""
    rows = tx.execute(
        "SELECT id, created_at, category, status, view, snoozed_until IS NOT NULL FROM ticket"
        " WHERE view != 'not customers' AND joined_into IS NULL AND messages > 0"
    )
    return [
        Matter(row[0], row[1], row[2], Status(row[3]), View(row[4]), snoozed=bool(row[5])) for row in rows
    ]


def posts(tx: Connection) -> list[Post]:
    """All mails between a person and us."""
    rows = tx.execute(
        "SELECT m.ticket_id, m.at, m.direction = 'out' FROM message m JOIN ticket t ON t.id = m.ticket_id"
        " WHERE m.machine = '' AND m.direction != 'note' AND t.view != 'not customers'"
    )
    return [Post(row[0], row[1], ours=bool(row[2])) for row in rows]


def turns(tx: Connection) -> list[Turn]:
    """All changes of status; those of a ticket that was joined count for the one it became."""
    rows = tx.execute(
        "WITH RECURSIVE up(id, root) AS (SELECT id, id FROM ticket WHERE joined_into IS NULL UNION ALL"
        " SELECT t.id, up.root FROM up JOIN ticket t ON t.joined_into = up.id)"
        " SELECT up.root, e.at, e.was, e.now, e.action, e.undoes FROM events e JOIN up ON up.id = e.ticket_id"
        " WHERE e.what = 'status'"
    )
    return [
        Turn(row[0], row[1], Status(json.loads(row[2])), Status(json.loads(row[3])), row[4], row[5])
        for row in rows
    ]


def macros_used(tx: Connection, since: int) -> list[tuple[int, int, str]]:
    """(ticket, when, macro) of each reply made from a macro from `since` (UTC seconds) on, newest first."""
    rows = tx.execute(
        "SELECT ticket_id, at, macro FROM message WHERE macro != '' AND at >= ? ORDER BY at DESC", (since,)
    )
    return [(row[0], row[1], row[2]) for row in rows]


def macro_sent(tx: Connection, customer_id: int, macro: str) -> int | None:
    """When a reply made from `macro` last went to a customer (UTC seconds), None for never."""
    row = tx.execute(
        "SELECT max(m.at) FROM ticket t JOIN message m ON m.ticket_id = t.id"
        " WHERE t.customer_id = ? AND m.direction = 'out' AND m.macro = ?",
        (customer_id, macro),
    ).fetchone()
    return None if row[0] is None else int(row[0])


def stopped(tx: Connection) -> list[tuple[int, int]]:
    """(ticket, when) of each send that the review stopped."""
    rows = tx.execute("SELECT ticket_id, at FROM events WHERE what = 'stopped send'")
    return [(row[0], row[1]) for row in rows]
