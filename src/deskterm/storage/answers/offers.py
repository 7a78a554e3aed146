"""The macros suggested for the newest mail of each ticket, kept until something changes."""

import json
from collections.abc import Iterable
from sqlite3 import Connection
from typing import NamedTuple

from deskterm.domain.suggest.offer import Abstention, Offer
from deskterm.storage.inbox_order import IN_INBOX
from deskterm.storage.schema.columns import to_json

_AHEAD = 200  # tickets; those further down get suggestions when they are opened


class KeptOffer(NamedTuple):
    """An offer with the question (a message's row) and the stamp of macros and order it was made for."""

    question: int
    made_for: int
    offer: Offer


def find(tx: Connection, ticket_id: int) -> KeptOffer | None:
    """The stored suggestions for a ticket."""
    row = tx.execute("SELECT * FROM offer WHERE ticket_id = ?", (ticket_id,)).fetchone()
    if row is None:
        return None
    offer = Offer(tuple(json.loads(row["macros"])), bool(row["sure"]), Abstention(row["why"]), row["margin"])
    return KeptOffer(row["question"], row["made_for"], offer)


def put(tx: Connection, ticket_id: int, kept: KeptOffer, title: str, sop: str = "") -> None:
    """Store suggestions for a ticket: `title` of the first macro, `sop` of its procedure; "" for none."""
    offer = kept.offer
    tx.execute(
        "INSERT OR REPLACE INTO offer(ticket_id, question, made_for, macros, title, margin, sure, why, sop)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            ticket_id,
            kept.question,
            kept.made_for,
            json.dumps(offer.macros),
            title,
            offer.margin,
            offer.sure,
            offer.why,
            sop,
        ),
    )


def drop(tx: Connection, ticket_ids: Iterable[int]) -> None:
    """Drop the suggestions for tickets, because something was written or sent."""
    tx.execute(
        "DELETE FROM offer WHERE ticket_id IN (SELECT value FROM json_each(?))", (to_json(list(ticket_ids)),)
    )


def drop_all(tx: Connection) -> None:
    """Drop the suggestions for all tickets, because more was learned."""
    tx.execute("DELETE FROM offer")


def drop_of_order(tx: Connection, order_id: int) -> None:
    """Drop the suggestions for the tickets of an order that has changed."""
    tx.execute("DELETE FROM offer WHERE ticket_id IN (SELECT id FROM ticket WHERE order_id = ?)", (order_id,))


def missing(tx: Connection, most: int) -> list[int]:
    """Tickets at the top of the inbox that have no stored suggestions yet, in order."""
    rows = tx.execute(
        f"SELECT id FROM (SELECT id FROM ticket INDEXED BY ticket_inbox WHERE {IN_INBOX}"
        " ORDER BY lead_rank, lead_since, customer_id, rank, since, id LIMIT ?) AS top"
        " WHERE NOT EXISTS (SELECT 1 FROM offer WHERE ticket_id = top.id) LIMIT ?",
        (_AHEAD, most),
    )
    return [row[0] for row in rows]
