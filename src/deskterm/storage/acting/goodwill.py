"""The ledger of goodwill: what store actions gave customers beyond what they had a right to."""

import json
from collections.abc import Collection
from sqlite3 import Connection

_COUNTS = "a.given_minor IS NOT NULL AND a.state != 'refused' AND a.key != ? AND a.given_currency = ?"


def on_ticket(tx: Connection, ticket_id: int, currency: str, but: str) -> int:
    """What was given on a ticket, in minor units of `currency`, without the action with the key `but`."""
    return _sum(tx, f"{_COUNTS} AND a.ticket_id = ?", (but, currency, ticket_id))


def to_customer(tx: Connection, emails: Collection[str], since: int, currency: str, but: str) -> int:
    """What was given since a time (UTC seconds) on the orders of these addresses (mailbox keys)."""
    where = (
        f"{_COUNTS} AND a.confirmed_at >= ? AND a.order_id IN"
        " (SELECT id FROM shop_order WHERE email_key IN (SELECT value FROM json_each(?)))"
    )
    return _sum(tx, where, (but, currency, since, json.dumps([*emails])))


def since(tx: Connection, at: int, currency: str, but: str) -> int:
    """What was given to anybody since a time (UTC seconds)."""
    return _sum(tx, f"{_COUNTS} AND a.confirmed_at >= ?", (but, currency, at))


def addresses_of_buyer(tx: Connection, order_id: int) -> list[str]:
    """The mailbox keys of all addresses of the customer of an order."""
    rows = tx.execute(
        "SELECT other.mailbox_key FROM shop_order o JOIN address one ON one.mailbox_key = o.email_key"
        " JOIN address other ON other.customer_id = one.customer_id WHERE o.id = ? AND o.email_key != ''"
        " UNION SELECT email_key FROM shop_order WHERE id = ? AND email_key != ''",
        (order_id, order_id),
    )
    return [str(row[0]) for row in rows]


def _sum(tx: Connection, where: str, given: tuple[object, ...]) -> int:
    row = tx.execute(
        f"SELECT coalesce(sum(a.given_minor), 0) FROM store_action a WHERE {where}", given
    ).fetchone()
    return int(row[0])
