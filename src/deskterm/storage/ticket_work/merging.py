"""Tickets that become one, and one that becomes two. The events are written by `changes`.

Each message knows its home, the ticket it came to, so that what was joined can be taken apart again.
"""

from collections.abc import Iterable, Mapping
from sqlite3 import Connection

from deskterm.storage import tickets
from deskterm.storage.mail import strangers, summaries
from deskterm.storage.schema.columns import to_json

_PARTS = (
    "WITH RECURSIVE part(id) AS (SELECT ? UNION"
    " SELECT t.id FROM part JOIN ticket t ON t.joined_into = part.id)"
)
_NOTED = ("promise", "stock_wait")  # what stands on a ticket and goes along with its messages
_GIVEN = "IN (SELECT value FROM json_each(?))"


def parts(tx: Connection, ticket_id: int) -> tuple[int, ...]:
    """The ticket and all that were joined into it."""
    return tuple(row[0] for row in tx.execute(f"{_PARTS} SELECT id FROM part ORDER BY id", (ticket_id,)))


def joined_directly(tx: Connection, ticket_id: int) -> frozenset[int]:
    """The tickets that went into this one, without what had gone into them before."""
    rows = tx.execute("SELECT id FROM ticket WHERE joined_into = ?", (ticket_id,))
    return frozenset(row[0] for row in rows)


def join(tx: Connection, into: int, other: int) -> None:
    """Make `other` part of `into`: its messages move, its number leads there from now on.

    Its draft goes along where `into` has none. What the messages say of `into` is worked out again.
    """
    tx.execute("UPDATE message SET ticket_id = ? WHERE ticket_id = ?", (into, other))
    for table in _NOTED:
        tx.execute(f"UPDATE {table} SET ticket_id = ? WHERE ticket_id = ?", (into, other))
    tx.execute("UPDATE OR IGNORE draft SET ticket_id = ? WHERE ticket_id = ?", (into, other))
    tx.execute("UPDATE ticket SET joined_into = ? WHERE id = ?", (into, other))
    _derive_again(tx, into)
    tickets.refresh(tx, [other])


def unjoin(tx: Connection, other: int) -> None:
    """Undo `join`: the ticket is its own again, with the messages that came with it and the draft on them."""
    into = tickets.root(tx, other)
    tx.execute("UPDATE ticket SET joined_into = NULL WHERE id = ?", (other,))
    own = to_json(parts(tx, other))
    for table in ("message", *_NOTED):
        tx.execute(f"UPDATE {table} SET ticket_id = ? WHERE home_id {_GIVEN}", (other, own))
    _move_draft(tx, into, other)
    _derive_again(tx, into, other)


def absorb(tx: Connection, into: int, other: int) -> None:
    """Join for good two tickets that a first sync made of one matter, before anybody has seen them."""
    customers = _customers(tx, into, other)
    tx.execute("UPDATE message SET ticket_id = ?, home_id = ? WHERE ticket_id = ?", (into, into, other))
    tx.execute("UPDATE message SET home_id = ? WHERE home_id = ?", (into, other))
    for table in _NOTED:
        tx.execute(f"UPDATE {table} SET ticket_id = ?, home_id = ? WHERE ticket_id = ?", (into, into, other))
    tx.execute("DELETE FROM ticket WHERE id = ?", (other,))
    tickets.refresh(tx, [into], also=customers)


def put_home(tx: Connection, message: int, ticket_id: int) -> None:
    """Say that a message belongs to a ticket, also where that was joined into another one meanwhile."""
    tx.execute("UPDATE message SET home_id = ? WHERE id = ?", (ticket_id, message))


def homes(tx: Connection, ticket_id: int, messages: Iterable[int]) -> dict[int, int]:
    """Those of the messages that are in a ticket, each with its home."""
    rows = tx.execute(
        f"SELECT id, home_id FROM message WHERE ticket_id = ? AND id {_GIVEN}",
        (ticket_id, to_json(list(messages))),
    )
    return {row[0]: row[1] for row in rows}


def order_of(tx: Connection, ticket_id: int) -> tuple[int | None, str]:
    """The order that a ticket is about, and who says so."""
    row = tx.execute("SELECT order_id, order_by FROM ticket WHERE id = ?", (ticket_id,)).fetchone()
    return row[0], row[1]


def split(tx: Connection, source: int, made: int, messages: Iterable[int]) -> None:
    """Move messages, and the draft that answers one of them, into a ticket of their own, kept apart.

    An order that none of the messages left names goes along.
    """
    tx.execute(
        f"UPDATE message SET ticket_id = ?, home_id = ? WHERE id {_GIVEN}",
        (made, made, to_json(list(messages))),
    )
    tx.execute("UPDATE ticket SET joined_into = NULL WHERE id = ?", (made,))
    tx.execute(f"UPDATE message SET ticket_id = ? WHERE home_id {_GIVEN}", (made, to_json(parts(tx, made))))
    _move_draft(tx, source, made)
    keep_apart(tx, source, made)
    tx.execute(
        "UPDATE ticket SET order_id = NULL, order_by = '' WHERE id = ? AND order_by = 'named' AND NOT EXISTS"
        " (SELECT 1 FROM message WHERE ticket_id = ticket.id AND order_id = ticket.order_id)",
        (source,),
    )
    _derive_again(tx, source, made)


def put_order(tx: Connection, ticket_id: int, order_id: int | None, order_by: str) -> None:
    """Say which order a ticket is about, and who says so."""
    tx.execute("UPDATE ticket SET order_id = ?, order_by = ? WHERE id = ?", (order_id, order_by, ticket_id))


def rejoin(tx: Connection, source: int, made: int, homes: Mapping[int, int]) -> None:
    """Undo `split`: its messages go back to where they were, with what has come since."""
    join(tx, source, made)
    tx.executemany(
        "UPDATE message SET home_id = ? WHERE id = ?", [(home, one) for one, home in homes.items()]
    )
    tx.execute("DELETE FROM apart WHERE (ticket_id, other_id) IN ((?, ?), (?, ?))", _both(source, made))


def keep_apart(tx: Connection, one: int, other: int) -> None:
    """Make sure that no mail joins these two again."""
    tx.execute("INSERT OR IGNORE INTO apart VALUES (?, ?), (?, ?)", _both(one, other))


def kept_apart(tx: Connection, ticket_id: int) -> frozenset[int]:
    """The tickets, as they are now, that no mail may join with this one."""
    rows = tx.execute(
        f"{_PARTS} SELECT DISTINCT a.other_id FROM part JOIN apart a ON a.ticket_id = part.id", (ticket_id,)
    ).fetchall()
    return frozenset(tickets.root(tx, row[0]) for row in rows) - {ticket_id}


def _both(one: int, other: int) -> tuple[int, int, int, int]:
    return one, other, other, one


def _move_draft(tx: Connection, source: int, to: int) -> None:
    """Move a draft together with the message that it answers."""
    tx.execute(
        "UPDATE OR IGNORE draft SET ticket_id = ? WHERE ticket_id = ?"
        " AND answers IN (SELECT id FROM message WHERE ticket_id = ?)",
        (to, source, to),
    )


def _derive_again(tx: Connection, *ids: int) -> None:
    """Derive tickets' data from their messages again; what the owner chose stays."""
    customers = _customers(tx, *ids)
    strangers.mark(tx, ids)
    summaries.derive_from_mails(tx, ids)
    summaries.mark_aside(tx, ids)
    tickets.refresh(tx, ids, also=customers)


def _customers(tx: Connection, *ids: int) -> set[int]:
    rows = tx.execute(f"SELECT DISTINCT customer_id FROM ticket WHERE id {_GIVEN}", (to_json(ids),))
    return {row[0] for row in rows}
