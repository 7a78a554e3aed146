"""Customers and their addresses."""

from collections.abc import Iterable
from sqlite3 import Connection

from deskterm.domain.messages import Address, mailbox_key
from deskterm.domain.orders.order import Money
from deskterm.domain.people.customers import Customer, CustomerFacts
from deskterm.errors import NotFound
from deskterm.storage.schema.columns import to_json


def find_by_address(tx: Connection, address: str) -> int | None:
    """The customer who writes from `address`, whatever its case; None when nobody known does."""
    found = tx.execute("SELECT customer_id FROM address WHERE key = ?", (address.casefold(),)).fetchone()
    return None if found is None else int(found[0])


def known_addresses(tx: Connection, addresses: Iterable[str]) -> set[str]:
    """Those of these addresses, casefolded, that somebody known writes from."""
    keys = to_json([address.casefold() for address in addresses if address])
    rows = tx.execute("SELECT key FROM address WHERE key IN (SELECT value FROM json_each(?))", (keys,))
    return {row[0] for row in rows}


def get(tx: Connection, customer_id: int) -> Customer:
    """A customer with all addresses, the first known one first. Raises NotFound."""
    row = tx.execute("SELECT name, first_seen_at FROM customer WHERE id = ?", (customer_id,)).fetchone()
    if row is None:
        raise NotFound("That customer is not in the database.")
    own = tx.execute("SELECT address FROM address WHERE customer_id = ? ORDER BY rowid", (customer_id,))
    return Customer(customer_id, row["name"], tuple(found[0] for found in own), row["first_seen_at"])


def upsert(tx: Connection, who: Address, at: int) -> int:
    """The id of the customer behind an address; a new one is made.

    A name is taken over where none was known; `at` (UTC seconds) moves the first sight back.
    """
    return upsert_all(tx, [(who, at)])[who.key]


def upsert_all(tx: Connection, seen: Iterable[tuple[Address, int]]) -> dict[str, int]:
    """`upsert` for many, each address once; gives their ids by the addresses' keys."""
    wanted = {who.key: (who, at) for who, at in seen}
    known = {
        row[0]: int(row[1])
        for row in tx.execute(
            "SELECT key, customer_id FROM address WHERE key IN (SELECT value FROM json_each(?))",
            (to_json(list(wanted)),),
        )
    }
    first = int(tx.execute("SELECT coalesce(max(id), 0) + 1 FROM customer").fetchone()[0])
    new = {key: made for made, key in enumerate((key for key in wanted if key not in known), first)}
    tx.executemany(
        "INSERT INTO customer(id, name, first_seen_at) VALUES (?, ?, ?)",
        ((made, wanted[key][0].name, wanted[key][1]) for key, made in new.items()),
    )
    tx.executemany(
        "INSERT INTO address(key, address, customer_id, mailbox_key) VALUES (?, ?, ?, ?)",
        ((key, wanted[key][0].address, made, mailbox_key(key)) for key, made in new.items()),
    )
    met = [(*wanted[key], there) for key, there in known.items()]
    tx.executemany(
        "UPDATE customer SET name = iif(name = '', ?, name), first_seen_at = min(first_seen_at, ?)"
        " WHERE id = ? AND (first_seen_at > ? OR (name = '' AND ? != ''))",
        ((who.name, at, there, at, who.name) for who, at, there in met),
    )
    return known | new


def facts(tx: Connection, customer_id: int, except_ticket: int) -> CustomerFacts:
    """What the customer card shows beside the ticket `except_ticket`."""
    others = tx.execute(
        "SELECT id, status FROM ticket WHERE customer_id = ? AND id != ? AND joined_into IS NULL"
        " AND view = 'customers' AND status != 'spam' ORDER BY last_at DESC",
        (customer_id, except_ticket),
    ).fetchall()
    open_ones = tuple(row["id"] for row in others if row["status"] != "solved")
    orders, spent = _total_spent(tx, customer_id)
    return CustomerFacts(get(tx, customer_id), orders, spent, len(others), open_ones)


def _total_spent(tx: Connection, customer_id: int) -> tuple[int, tuple[Money, ...]]:
    """How many orders, and what was paid less what was given back, an amount a currency."""
    rows = tx.execute(
        "SELECT o.currency, count(*) AS orders,"
        " sum(CASE WHEN o.payment IN ('paid', 'partly refunded', 'refunded')"
        "   THEN o.total_minor - (SELECT coalesce(sum(amount_minor), 0) FROM refund WHERE order_id = o.id)"
        "   ELSE 0 END) AS minor"
        " FROM address a JOIN shop_order o ON o.email_key = a.mailbox_key WHERE a.customer_id = ?"
        " GROUP BY o.currency ORDER BY o.currency",
        (customer_id,),
    ).fetchall()
    return sum(row["orders"] for row in rows), tuple(Money(row["minor"], row["currency"]) for row in rows)
