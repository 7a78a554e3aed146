"""Reading everything the desk has, row by row, in one snapshot: for `deskterm export`."""

import json
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from sqlite3 import Connection, Row
from typing import Any

from deskterm.storage.schema.columns import people_of
from deskterm.storage.schema.database import Database

Values = dict[str, Any]


@contextmanager
def one_moment(db: Database) -> Iterator[Connection]:
    """A connection with a snapshot of the database, unaffected by later writes."""
    with db.read() as tx:
        tx.execute("BEGIN")
        try:
            yield tx
        finally:
            tx.execute("ROLLBACK")


def customers(tx: Connection) -> Iterator[Values]:
    """Customers with their addresses."""
    for row in tx.execute("SELECT id, name, first_seen_at FROM customer ORDER BY id"):
        own = tx.execute("SELECT address FROM address WHERE customer_id = ? ORDER BY rowid", (row["id"],))
        yield {**dict(row), "addresses": [one[0] for one in own]}


def tickets(tx: Connection) -> Iterator[Values]:
    """Tickets in the order of their numbers; `joined_into` is the ticket one became part of."""
    rows = tx.execute(
        "SELECT t.id, t.subject, t.status, t.view, t.category, t.tags, t.channel, t.created_at, t.last_at,"
        " t.unanswered_since, t.snoozed_until, t.solved_at, t.due, t.joined_into, t.customer_id,"
        " c.name AS customer,"
        " (SELECT address FROM address WHERE customer_id = c.id ORDER BY rowid LIMIT 1) AS address,"
        " o.store AS order_store, o.number AS order_number"
        " FROM ticket t JOIN customer c ON c.id = t.customer_id LEFT JOIN shop_order o ON o.id = t.order_id"
        " ORDER BY t.id"
    )
    return ({**dict(row), "tags": json.loads(row["tags"])} for row in rows)


def messages(tx: Connection) -> Iterator[Values]:
    """Mails and notes, by ticket and time, with the names of their attachments."""
    rows = tx.execute(
        "SELECT id, ticket_id, direction, machine, at, sent_at, sender_name, sender_address, recipients,"
        " subject, message_id, channel, macro, outside, size, text FROM message ORDER BY ticket_id, at, id"
    )
    return (_message(tx, row) for row in rows)


_KEYS = ("email_key", "phone_key")  # derived from other columns


def orders(tx: Connection) -> Iterator[Values]:
    """Orders with lines, shipments, refunds and notes."""
    for row in tx.execute("SELECT * FROM shop_order ORDER BY id"):
        yield {
            **{name: row[name] for name in row.keys() if name not in _KEYS},  # noqa: SIM118 - a Row has no `in`
            "ship_to": json.loads(row["ship_to"]),
            "discount_codes": json.loads(row["discount_codes"]),
            "tags": json.loads(row["tags"]),
            **{
                name: [
                    dict(one)
                    for one in tx.execute(
                        f"SELECT * FROM {table} WHERE order_id = ? ORDER BY position", (row["id"],)
                    )
                ]
                for name, table in (
                    ("lines", "order_line"),
                    ("shipments", "shipment"),
                    ("refunds", "refund"),
                    ("notes", "order_note"),
                )
            },
        }


def events(tx: Connection) -> Iterator[Values]:
    """Every change of a ticket, oldest first."""
    for row in tx.execute("SELECT * FROM events ORDER BY id"):
        yield {**dict(row), "was": json.loads(row["was"]), "now": json.loads(row["now"])}


def originals(tx: Connection, *, ours: bool) -> Iterator[tuple[str, int, bytes]]:
    """The mails as they came, or our own replies, oldest first: (sender's address, when it counts, bytes)."""
    rows = tx.execute(
        "SELECT m.sender_address, m.at, o.raw FROM message m JOIN original o ON o.message_id = m.id"
        " WHERE (m.direction = 'out') = ? ORDER BY m.at, m.id",
        (ours,),
    )
    return ((row[0], row[1], zlib.decompress(row[2])) for row in rows)


def _message(tx: Connection, row: Row) -> Values:
    files = tx.execute(
        "SELECT name, type, size FROM attachment WHERE message_id = ? ORDER BY part", (row["id"],)
    )
    people = people_of(row["recipients"])
    named = {
        which: [{"name": one.name, "address": one.address} for one in people.get(which, ())]
        for which in ("to", "cc", "reply_to")
    }
    values = {name: value for name, value in dict(row).items() if name != "recipients"}
    return {**values, **named, "outside": bool(row["outside"]), "attachments": [dict(one) for one in files]}
