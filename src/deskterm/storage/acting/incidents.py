"""Incidents, their orders, and the letters to customers about them."""

import json
import re
from collections.abc import Iterable
from sqlite3 import Connection, Row
from typing import NamedTuple

from deskterm.domain.incidents.incident import SHIPPED_MACRO, Incident, IncidentKind, IncidentNews
from deskterm.domain.orders.order import Order
from deskterm.domain.review.replies import Draft
from deskterm.errors import NotFound
from deskterm.storage import orders
from deskterm.storage.schema.columns import to_json

_WENT = "o.state IN ('queued', 'sending', 'sent', 'may have been sent')"


class IncidentLetter(NamedTuple):
    """A letter that is queued or sent: its ticket, round and time (UTC seconds)."""

    ticket_id: int
    round: int
    says: IncidentNews
    at: int


class IncidentMark(NamedTuple):
    """How a letter is marked as part of an incident."""

    incident_id: int
    title: str
    round: int
    says: IncidentNews
    order_id: int

    @property
    def tag(self) -> str:
        """The tag for the tickets of its letters: `late-mugs`."""
        return re.sub(r"\W+", "-", self.title.casefold()).strip("-")[:40] or "incident"


def add(tx: Connection, incident: Incident) -> int:
    """Store a new incident; returns its id."""
    made = tx.execute(
        "INSERT INTO incident(title, kind, query, macro, began_at, due_at) VALUES (?, ?, ?, ?, ?, ?)",
        (incident.title, incident.kind, incident.query, incident.macro, incident.began_at, incident.due_at),
    ).lastrowid
    assert made is not None
    return made


def get(tx: Connection, incident_id: int) -> Incident:
    """One incident. Raises NotFound."""
    row = tx.execute("SELECT * FROM incident WHERE id = ?", (incident_id,)).fetchone()
    if row is None:
        raise NotFound(f"There is no incident {incident_id}.")
    return _incident(row)


def list_all(tx: Connection) -> list[Incident]:
    """All incidents: open ones first, then by time, the newest first."""
    rows = tx.execute("SELECT * FROM incident ORDER BY ended_at IS NOT NULL, began_at DESC, id DESC")
    return [_incident(row) for row in rows]


def begin_round(tx: Connection, incident_id: int, number: int, given: Iterable[tuple[str, str]]) -> None:
    """Begin a round of letters; `given` are the owner's answers to the macro's questions."""
    tx.execute(
        "UPDATE incident SET round = ?, given = ? WHERE id = ?", (number, to_json([*given]), incident_id)
    )


def choose_macro(tx: Connection, incident_id: int, macro: str) -> None:
    """Use another macro for its letters from now on."""
    tx.execute("UPDATE incident SET macro = ? WHERE id = ?", (macro, incident_id))


def end(tx: Connection, incident_id: int, at: int | None) -> None:
    """Set when it ended (UTC seconds); None reopens it."""
    tx.execute("UPDATE incident SET ended_at = ? WHERE id = ?", (at, incident_id))


def add_orders(tx: Connection, incident_id: int, order_ids: Iterable[int]) -> None:
    """Add orders that an incident affects; those already added stay."""
    tx.executemany(
        "INSERT OR IGNORE INTO incident_order(incident_id, order_id) VALUES (?, ?)",
        ((incident_id, one) for one in order_ids),
    )


def orders_of(tx: Connection, incident_id: int) -> list[tuple[Order, int]]:
    """Its orders, oldest first, each with the ticket of its customer's letter (0: none yet)."""
    rows = tx.execute(
        "SELECT order_id, ticket_id FROM incident_order WHERE incident_id = ?", (incident_id,)
    ).fetchall()
    known = {row[0]: row[1] or 0 for row in rows}
    found = sorted(orders.by_ids(tx, known), key=lambda one: (one.placed_at, one.id))
    return [(order, known[order.id]) for order in found]


def orders_beside(tx: Connection, incident_id: int, order: Order) -> list[Order]:
    """Its other orders from the same address that were not cancelled, oldest first."""
    rows = tx.execute(
        "SELECT o.id FROM incident_order io JOIN shop_order o ON o.id = io.order_id WHERE io.incident_id = ?"
        " AND o.id <> ? AND o.email <> '' AND lower(o.email) = lower(?) AND o.cancelled_at IS NULL",
        (incident_id, order.id, order.email),
    )
    found = orders.by_ids(tx, [row[0] for row in rows.fetchall()])
    return sorted(found, key=lambda one: (one.placed_at, one.id))


def placed_since(tx: Connection, since: int) -> list[Order]:
    """The orders placed since a time (UTC seconds), to be filtered."""
    rows = tx.execute(
        "SELECT id FROM shop_order WHERE placed_at >= ? AND gone_at IS NULL AND test = 0 AND forgotten = 0",
        (since,),
    )
    return orders.by_ids(tx, [row[0] for row in rows.fetchall()])


def set_ticket(tx: Connection, incident_id: int, order_id: int, ticket_id: int) -> None:
    """Set the ticket in which an order's customer gets the letter."""
    tx.execute(
        "UPDATE incident_order SET ticket_id = ? WHERE incident_id = ? AND order_id = ?",
        (ticket_id, incident_id, order_id),
    )


def mark_of(tx: Connection, draft: Draft) -> IncidentMark | None:
    """The incident of a letter: the one it was written for, else the newest that fits, else None."""
    note = draft.incident
    row = (
        note
        and tx.execute(
            "SELECT i.title FROM incident_order io JOIN incident i ON i.id = io.incident_id"
            " WHERE i.id = ? AND io.order_id = ?",
            (note.incident_id, draft.order_id),
        ).fetchone()
    )
    if note and row and draft.order_id:
        return IncidentMark(note.incident_id, row["title"], note.round, note.says, draft.order_id)
    return _fitting_mark(tx, draft.order_id, draft.macro)


def _fitting_mark(tx: Connection, order_id: int | None, macro: str) -> IncidentMark | None:
    """For a letter written by hand: the newest incident of its order with that macro."""
    row = tx.execute(
        "SELECT i.id, i.title, i.round, i.macro, io.order_id FROM incident_order io"
        " JOIN incident i ON i.id = io.incident_id WHERE io.order_id = ? AND i.ended_at IS NULL"
        " AND ? IN (i.macro, ?) ORDER BY i.began_at DESC LIMIT 1",
        (order_id, macro, SHIPPED_MACRO),
    ).fetchone()
    if row is None:
        return None
    says = IncidentNews.NEWS if row["macro"] == macro else IncidentNews.SHIPPED
    return IncidentMark(row["id"], row["title"], row["round"], says, row["order_id"])


def tags_of(mark: IncidentMark | None) -> tuple[str, ...]:
    """The tags that an incident's letter puts on its ticket; none without an incident."""
    return (mark.tag,) if mark is not None else ()


def mark_letter(tx: Connection, mark: IncidentMark | None, outbox_id: int, ticket_id: int) -> None:
    """Record that a letter belongs to an incident (if any), and in which ticket it is."""
    if mark is None:
        return
    tx.execute(
        "INSERT OR IGNORE INTO incident_letter(outbox_id, incident_id, ticket_id, round, says)"
        " VALUES (?, ?, ?, ?, ?)",
        (outbox_id, mark.incident_id, ticket_id, mark.round, mark.says),
    )
    set_ticket(tx, mark.incident_id, mark.order_id, ticket_id)
    tx.execute(
        "UPDATE ticket SET view = 'customers' WHERE id = ? AND view = 'side thread' AND beside IS NULL",
        (ticket_id,),
    )


def hide_unsent(tx: Connection, ticket_id: int) -> None:
    """Take a ticket made for a letter out of the lists again, now that nothing is in it."""
    tx.execute(
        "UPDATE ticket SET view = 'side thread' WHERE id = ? AND view = 'customers' AND beside IS NULL"
        " AND EXISTS (SELECT 1 FROM incident_letter WHERE ticket_id = ticket.id)"
        " AND NOT EXISTS (SELECT 1 FROM message WHERE ticket_id = ticket.id)"
        " AND NOT EXISTS (SELECT 1 FROM draft WHERE ticket_id = ticket.id)"
        f" AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.ticket_id = ticket.id AND {_WENT})",
        (ticket_id,),
    )


def letters_of(tx: Connection, incident_id: int) -> list[IncidentLetter]:
    """Its letters that are queued or sent; without those that were taken back."""
    rows = tx.execute(
        "SELECT coalesce(t.joined_into, l.ticket_id), l.round, l.says, coalesce(o.sent_at, o.created_at)"
        " FROM incident_letter l JOIN outbox o ON o.id = l.outbox_id JOIN ticket t ON t.id = l.ticket_id"
        f" WHERE l.incident_id = ? AND {_WENT}",
        (incident_id,),
    )
    return [IncidentLetter(row[0], row[1], IncidentNews(row[2]), row[3]) for row in rows]


def written_since(tx: Connection, ticket_ids: Iterable[int]) -> dict[int, int]:
    """When the customer last wrote on each ticket (UTC seconds)."""
    rows = tx.execute(
        "SELECT ticket_id, max(at) FROM message WHERE direction = 'in' AND machine = '' AND aside = 0"
        " AND ticket_id IN (SELECT value FROM json_each(?)) GROUP BY ticket_id",
        (to_json([*ticket_ids]),),
    )
    return {row[0]: row[1] for row in rows}


def macro_for(tx: Connection, order_id: int) -> str:
    """The macro of the newest open incident that affects an order; "" if there is none."""
    row = tx.execute(
        "SELECT i.macro FROM incident_order io JOIN incident i ON i.id = io.incident_id"
        " WHERE io.order_id = ? AND i.ended_at IS NULL ORDER BY i.began_at DESC LIMIT 1",
        (order_id,),
    ).fetchone()
    return str(row[0]) if row else ""


def _incident(row: Row) -> Incident:
    return Incident(
        id=row["id"],
        title=row["title"],
        kind=IncidentKind(row["kind"]),
        query=row["query"],
        macro=row["macro"],
        round=row["round"],
        began_at=row["began_at"],
        ended_at=row["ended_at"],
        due_at=row["due_at"],
        given=tuple((str(name), str(value)) for name, value in json.loads(row["given"])),
    )
