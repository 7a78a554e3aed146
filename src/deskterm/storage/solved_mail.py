"""Tickets solved since the last check, and where their customers' mails are on the server."""

from collections.abc import Iterable
from sqlite3 import Connection
from typing import NamedTuple

from deskterm.domain.events import By, What
from deskterm.domain.tickets import Status
from deskterm.storage.schema.columns import to_json


class SolvedMail(NamedTuple):
    """A customer's mail on the server: a folder's id and the UID there."""

    mailbox_id: int
    uid: int


def newest_event(tx: Connection) -> int:
    """The last event there is, 0 for none."""
    return int(tx.execute("SELECT coalesce(max(id), 0) FROM events").fetchone()[0])


def since(tx: Connection, event: int, until: int) -> tuple[list[int], int]:
    """The tickets solved after that event and up to `until` (UTC seconds), and the event to go on from.

    What a first sync inferred is left out: nobody solved it. A solve after
    `until` and all that follow it are left to the next look.
    """
    rows = tx.execute(
        "SELECT id, ticket_id, at FROM events WHERE id > ? AND what = ? AND now = ? AND by != ? ORDER BY id",
        (event, What.STATUS, to_json(Status.SOLVED), By.INFERRED),
    )
    found: list[int] = []
    for row in rows:
        if row["at"] > until:
            return found, row["id"] - 1
        found.append(row["ticket_id"])
    return found, newest_event(tx)


def mails(tx: Connection, ticket_ids: Iterable[int], account: str) -> list[SolvedMail]:
    """Where the mails of customers whose tickets, of those given, are still solved stand on a server."""
    # CROSS JOIN keeps SQLite to this order: it would rather walk all places of the account.
    rows = tx.execute(
        "SELECT p.mailbox_id, p.uid FROM json_each(?) AS given CROSS JOIN ticket t ON t.id = given.value"
        " CROSS JOIN message m ON m.ticket_id = t.id AND m.direction = 'in'"
        " CROSS JOIN place p ON p.message_id = m.id AND p.gone = 0 AND p.uid != 0"
        " CROSS JOIN mailbox b ON b.id = p.mailbox_id AND b.account = ? AND b.role IN ('inbox', 'all')"
        " WHERE t.status = ? AND t.joined_into IS NULL ORDER BY p.mailbox_id, p.uid",
        (to_json(sorted(set(ticket_ids))), account, Status.SOLVED),
    )
    return [SolvedMail(row[0], row[1]) for row in rows]
