"""Threads beside tickets, and the suppliers and carriers they are with. A thread is a ticket of a view."""

from collections.abc import Iterable
from sqlite3 import Connection, Row

from deskterm.domain.messages import Address
from deskterm.domain.ticket_work.side_threads import SideThread
from deskterm.domain.tickets import Status, View
from deskterm.storage import tickets
from deskterm.storage.schema.columns import to_json
from deskterm.storage.ticket_work import merging

_THREAD = (
    "SELECT s.id, s.subject, s.status, s.last_at, s.messages, s.snoozed_until, c.name,"
    " (SELECT address FROM address WHERE customer_id = s.customer_id ORDER BY rowid LIMIT 1) AS address"
    " FROM ticket s JOIN customer c ON c.id = s.customer_id"
)


def create(tx: Connection, ticket_id: int, contact_id: int, subject: str, at: int) -> int:
    """Create a side thread of a ticket with a contact (stored as a customer); returns its number."""
    made = tickets.create(
        tx, customer_id=contact_id, subject=subject, at=at, status=Status.WAITING, view=View.SIDE
    )
    tx.execute("UPDATE ticket SET beside = ? WHERE id = ?", (ticket_id, made))
    return made


def for_ticket(tx: Connection, ticket_id: int) -> tuple[SideThread, ...]:
    """The threads beside a ticket and what was joined into it, the oldest first."""
    rows = tx.execute(
        f"{_THREAD} WHERE s.beside IN (SELECT value FROM json_each(?)) ORDER BY s.id",
        (to_json(merging.parts(tx, ticket_id)),),
    )
    return tuple(_thread(row) for row in rows)


def get(tx: Connection, side: int) -> SideThread:
    """A thread by its own number."""
    return _thread(tx.execute(f"{_THREAD} WHERE s.id = ?", (side,)).fetchone())


def all_parents(tx: Connection) -> dict[int, int]:
    """The ticket, as it is now, that each thread belongs to."""
    rows = tx.execute("SELECT id, beside FROM ticket WHERE beside IS NOT NULL").fetchall()
    return {row[0]: tickets.root(tx, row[1]) for row in rows}


def parents(tx: Connection, ids: Iterable[int]) -> dict[int, int]:
    """The same for those of these tickets that are threads."""
    rows = tx.execute(
        "SELECT id, beside FROM ticket WHERE beside IS NOT NULL AND id IN (SELECT value FROM json_each(?))",
        (to_json(list(ids)),),
    ).fetchall()
    return {row[0]: tickets.root(tx, row[1]) for row in rows}


def contacts(tx: Connection) -> tuple[Address, ...]:
    """The contacts, the one written to last first."""
    rows = tx.execute("SELECT name, address FROM contact ORDER BY used_at DESC, key")
    return tuple(Address(row[0], row[1]) for row in rows)


def remember_contact(tx: Connection, who: Address, at: int) -> None:
    """Keep a contact for the next time; a name that was known stays where none is given."""
    tx.execute(
        "INSERT INTO contact VALUES (?, ?, ?, ?) ON CONFLICT(key) DO UPDATE SET used_at = excluded.used_at,"
        " name = iif(excluded.name = '', name, excluded.name)",
        (who.key, who.name, who.address, at),
    )


def forget_contact(tx: Connection, address: str) -> None:
    """Take a contact off the list."""
    tx.execute("DELETE FROM contact WHERE key = ?", (address.casefold(),))


def _thread(row: Row) -> SideThread:
    return SideThread(
        ticket_id=row["id"],
        contact=Address(row["name"], row["address"] or ""),
        subject=row["subject"],
        status=Status(row["status"]),
        last_at=row["last_at"],
        messages=row["messages"],
        until=row["snoozed_until"],
    )
