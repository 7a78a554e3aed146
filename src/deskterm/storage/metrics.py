"""What the figures are counted from: messages and events alone."""

import json
from collections.abc import Set as AbstractSet
from sqlite3 import Connection

from deskterm.domain.figures.stories import Matter, Nap, Post, Turn
from deskterm.domain.tickets import Status, View

# Tickets of customers, spam and the trash too, that can matter to a period from `since` on: something
# happened to them since, or they are not done. Who is left out of a figure is the figures' to say.
_LIVE = """
SELECT id FROM ticket
WHERE view NOT IN ('not customers', 'side thread') AND joined_into IS NULL AND messages > 0
    AND (last_at >= :since OR solved_at >= :since OR status NOT IN ('solved', 'spam'))
"""


def matters(tx: Connection, since: int) -> list[Matter]:
    """The tickets that figures from `since` (UTC seconds) on are counted from."""
    rows = tx.execute(
        "SELECT id, created_at, category, status, view, snoozed_until IS NOT NULL FROM ticket"
        f" WHERE id IN ({_LIVE})",
        {"since": since},
    )
    return [
        Matter(row[0], row[1], row[2], Status(row[3]), View(row[4]), snoozed=bool(row[5])) for row in rows
    ]


def posts(tx: Connection, since: int, thanking: AbstractSet[str] = frozenset()) -> list[Post]:
    """All mails between a person and us on those tickets, the older ones too.

    `thanking` are the macros that only answer a thank-you.
    """
    rows = tx.execute(
        "SELECT m.ticket_id, m.at, m.direction = 'out', m.macro"
        f" FROM ({_LIVE}) live JOIN message m ON m.ticket_id = live.id"
        " WHERE m.machine = '' AND m.aside = 0 AND m.direction != 'note'",
        {"since": since},
    )
    return [Post(row[0], row[1], ours=bool(row[2]), thanks=row[3] in thanking) for row in rows]


def turns(tx: Connection, since: int) -> list[Turn]:
    """All their changes of status; those of a ticket that was joined count for the one it became."""
    rows = tx.execute(
        f"WITH RECURSIVE part(id, root) AS (SELECT id, id FROM ({_LIVE}) UNION ALL"
        " SELECT t.id, part.root FROM part JOIN ticket t ON t.joined_into = part.id)"
        " SELECT part.root, e.at, e.was, e.now, e.action, e.undoes"
        " FROM part JOIN events e ON e.ticket_id = part.id WHERE e.what = 'status'",
        {"since": since},
    )
    return [
        Turn(row[0], row[1], Status(json.loads(row[2])), Status(json.loads(row[3])), row[4], row[5])
        for row in rows
    ]


def naps(tx: Connection) -> list[Nap]:
    """All snoozes that were set, changed or ended."""
    rows = tx.execute("SELECT ticket_id, at, now, action, undoes FROM events WHERE what = 'snooze'")
    return [Nap(row[0], row[1], json.loads(row[2]), row[3], row[4]) for row in rows]


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


def stopped_sends(tx: Connection) -> list[tuple[int, int]]:
    """(ticket, when) of each send that the review stopped."""
    rows = tx.execute("SELECT ticket_id, at FROM events WHERE what = 'stopped send'")
    return [(row[0], row[1]) for row in rows]
