"""The further tickets of its customer that a reply in the outbox answers."""

from collections.abc import Iterable
from sqlite3 import Connection
from typing import NamedTuple

from deskterm.domain.review.replies import Follows
from deskterm.storage import tickets
from deskterm.storage.replies import what_follows


class AlsoAnswered(NamedTuple):
    """A further ticket, as it is numbered now; `read_to` is the time of its newest mail when we answered.

    `follows` is what a planned reply makes of it, None for one that did so at once.
    """

    ticket_id: int
    read_to: int
    follows: Follows | None


def put(tx: Connection, outbox_id: int, ticket_id: int, read_to: int, follows: Follows | None) -> None:
    """Note that a reply answers a further ticket."""
    text = what_follows.to_text(follows)
    tx.execute("INSERT INTO also_answered VALUES (?, ?, ?, ?)", (outbox_id, ticket_id, read_to, text))


def of_reply(tx: Connection, outbox_id: int) -> tuple[AlsoAnswered, ...]:
    """The further tickets that a reply answers. One merged into the reply's own is none any more."""
    home = tx.execute("SELECT ticket_id FROM outbox WHERE id = ?", (outbox_id,)).fetchone()
    rows = tx.execute(
        "SELECT ticket_id, read_to, follows FROM also_answered WHERE outbox_id = ? ORDER BY ticket_id",
        (outbox_id,),
    ).fetchall()
    found = {tickets.root(tx, row[0]): row for row in rows}
    found.pop(tickets.root(tx, home[0]), None)
    return tuple(AlsoAnswered(one, row[1], what_follows.from_text(row[2])) for one, row in found.items())


def put_follows(tx: Connection, outbox_id: int, ticket_id: int, follows: Follows) -> None:
    """Change what a reply makes of a further ticket once it is out."""
    tx.execute(
        "UPDATE also_answered SET follows = ? WHERE outbox_id = ? AND ticket_id = ?",
        (what_follows.to_text(follows), outbox_id, ticket_id),
    )


def keep_status(tx: Connection, outbox_id: int) -> None:
    """Let a planned reply leave the status of its further tickets as it is."""
    tx.execute(
        "UPDATE also_answered SET follows = json_set(follows, '$.status', NULL)"
        " WHERE outbox_id = ? AND follows != ''",
        (outbox_id,),
    )


def copies_of_returned(tx: Connection, bounce: int) -> Iterable[int]:
    """The further tickets answered by the mail that a bounce reports, and by nothing of ours since."""
    rows = tx.execute(
        "SELECT DISTINCT c.ticket_id FROM thread a"
        " JOIN thread b ON b.mid_key = a.mid_key AND b.own = 1 JOIN message c ON c.copy_of = b.message_id"
        " WHERE a.message_id = ? AND a.own != 1 AND NOT EXISTS (SELECT 1 FROM message o"
        " WHERE o.ticket_id = c.ticket_id AND o.direction = 'out' AND o.machine = '' AND o.aside = 0"
        " AND o.at > c.at)",
        (bounce,),
    )
    return [row[0] for row in rows]
