"""Customers and their addresses."""

from collections.abc import Iterable
from sqlite3 import Connection

from deskterm.domain.messages import Address, mailbox_key
from deskterm.domain.orders.order import Money
from deskterm.domain.people.customers import Customer, CustomerFacts, Preferred
from deskterm.errors import NotFound
from deskterm.storage.schema.columns import to_json


def find_by_address(tx: Connection, address: str) -> int | None:
    """The customer who writes from `address`, or from the same mailbox; None when nobody known does."""
    found = tx.execute(
        "SELECT customer_id FROM address WHERE mailbox_key = ? ORDER BY key != ?, rowid LIMIT 1",
        (mailbox_key(address), address.casefold()),
    ).fetchone()
    return None if found is None else int(found[0])


def with_name(tx: Connection, name: str) -> list[int]:
    """The customers of that name, whatever its case, the one known longest first."""
    rows = tx.execute(
        "SELECT id FROM customer WHERE name = ? COLLATE NOCASE ORDER BY first_seen_at, id", (name,)
    )
    return [row[0] for row in rows]


def known_addresses(tx: Connection, addresses: Iterable[str]) -> set[str]:
    """Which of these addresses known customers write from, case-folded."""
    keys = to_json([address.casefold() for address in addresses if address])
    rows = tx.execute("SELECT key FROM address WHERE key IN (SELECT value FROM json_each(?))", (keys,))
    return {row[0] for row in rows}


def get(tx: Connection, customer_id: int) -> Customer:
    """A customer with all addresses, the one known longest first. Raises NotFound."""
    row = tx.execute(
        "SELECT name, first_seen_at, prefers FROM customer WHERE id = ?", (customer_id,)
    ).fetchone()
    if row is None:
        raise NotFound("That customer is not in the database.")
    own = tx.execute("SELECT address FROM address WHERE customer_id = ? ORDER BY rowid", (customer_id,))
    addresses = tuple(found[0] for found in own)
    return Customer(customer_id, row["name"], addresses, row["first_seen_at"], Preferred(row["prefers"]))


_FIND_PEOPLE = """
SELECT name, address, min(rank) FROM (
    SELECT c.name, a.address, a.key, 1 AS rank FROM address a JOIN customer c ON c.id = a.customer_id
        WHERE c.name LIKE :like ESCAPE '\\' OR a.address LIKE :like ESCAPE '\\'
    UNION ALL SELECT customer_name, email, email_key, 0 FROM shop_order WHERE number = :number
    UNION ALL SELECT customer_name, email, email_key, 2 FROM shop_order
        WHERE customer_name LIKE :like ESCAPE '\\' OR email LIKE :like ESCAPE '\\'
) WHERE address LIKE '%@%' AND address NOT LIKE '%.invalid'
GROUP BY key ORDER BY min(rank), name, address LIMIT :most
"""


def find_people(tx: Connection, words: str, most: int) -> list[Address]:
    """Customers and buyers whose name or address contains `words`, or whose order has that number."""
    escaped = "".join(f"\\{char}" if char in "%_\\" else char for char in words)
    given = {"like": f"%{escaped}%", "number": words.lstrip("#"), "most": most}
    return [Address(name, address) for name, address, _ in tx.execute(_FIND_PEOPLE, given)]


def upsert(tx: Connection, who: Address, at: int) -> int:
    """The id of the customer behind an address; a new one is made.

    A name is taken over where none was known; `at` (UTC seconds) moves the first sight back.
    """
    return upsert_all(tx, [(who, at)])[who.key]


def upsert_all(tx: Connection, seen: Iterable[tuple[Address, int]]) -> dict[str, int]:
    """`upsert` for many, each address once; returns their ids by the addresses' keys.

    A mailbox is one customer, however its address is written.
    """
    wanted = {who.key: (who, at) for who, at in seen}
    boxes = {key: mailbox_key(key) for key in wanted}
    rows = tx.execute(
        "SELECT key, mailbox_key, customer_id FROM address"
        " WHERE mailbox_key IN (SELECT value FROM json_each(?)) ORDER BY rowid DESC",
        (to_json(list(set(boxes.values()))),),
    ).fetchall()
    exact, by_box = {row[0]: int(row[2]) for row in rows}, {row[1]: int(row[2]) for row in rows}
    first = int(tx.execute("SELECT coalesce(max(id), 0) + 1 FROM customer").fetchone()[0])
    missing = dict.fromkeys(box for box in boxes.values() if box not in by_box)
    made = {box: number for number, box in enumerate(missing, first)}
    found = {key: exact.get(key) or by_box.get(box) or made[box] for key, box in boxes.items()}
    firsts = {found[key]: who for key, who in reversed(wanted.items()) if boxes[key] in made}
    tx.executemany(
        "INSERT INTO customer(id, name, first_seen_at) VALUES (?, ?, ?)",
        ((number, who.name, at) for number, (who, at) in sorted(firsts.items())),
    )
    tx.executemany(
        "INSERT INTO address(key, address, customer_id, mailbox_key) VALUES (?, ?, ?, ?)",
        ((key, who.address, found[key], boxes[key]) for key, (who, _) in wanted.items() if key not in exact),
    )
    met = [(*one, found[key]) for key, one in wanted.items() if firsts.get(found[key]) is not one]
    tx.executemany(
        "UPDATE customer SET name = iif(name = '', ?, name), first_seen_at = min(first_seen_at, ?)"
        " WHERE id = ? AND (first_seen_at > ? OR (name = '' AND ? != ''))",
        ((who.name, at, there, at, who.name) for who, at, there in met),
    )
    return found


def move(
    tx: Connection, to: int, *, addresses: Iterable[str], messages: Iterable[int], tickets: Iterable[int]
) -> None:
    """Move addresses, messages and tickets to a customer, with what came from these addresses since."""
    keys = to_json(list(addresses))
    given = "IN (SELECT value FROM json_each(?))"
    tx.execute(f"UPDATE address SET customer_id = ? WHERE key {given}", (to, keys))
    tx.execute(f"UPDATE message SET customer_id = ? WHERE id {given}", (to, to_json(list(messages))))
    tx.execute(
        "UPDATE message SET customer_id = ? WHERE direction = 'in' AND customer_id IS NOT NULL"
        f" AND lower(sender_address) {given}",
        (to, keys),
    )
    tx.execute(f"UPDATE ticket SET customer_id = ? WHERE id {given}", (to, to_json(list(tickets))))


def belongings(tx: Connection, customer_id: int) -> dict[str, list[object]]:
    """Everything that `move` would move: address keys, messages, tickets."""
    places = (("addresses", "key", "address"), ("messages", "id", "message"), ("tickets", "id", "ticket"))
    found: dict[str, list[object]] = {}
    for name, column, table in places:
        rows = tx.execute(f"SELECT {column} FROM {table} WHERE customer_id = ?", (customer_id,))
        found[name] = [row[0] for row in rows]
    return found


def rename(tx: Connection, customer_id: int, name: str) -> None:
    """Set a customer's name."""
    tx.execute("UPDATE customer SET name = ? WHERE id = ?", (name, customer_id))


def prefer(tx: Connection, customer_id: int, how: Preferred) -> None:
    """Set how a customer wants to be reached."""
    tx.execute("UPDATE customer SET prefers = ? WHERE id = ?", (how, customer_id))


def facts(tx: Connection, customer_id: int, except_ticket: int) -> CustomerFacts:
    """What the customer card shows beside the ticket `except_ticket`."""
    others = tx.execute(
        "SELECT id, status FROM ticket WHERE customer_id = ? AND id != ? AND joined_into IS NULL"
        " AND view = 'customers' AND status != 'spam' ORDER BY last_at DESC",
        (customer_id, except_ticket),
    ).fetchall()
    open_ones = tuple(row["id"] for row in others if row["status"] == "open")
    customer = get(tx, customer_id)
    rows = tx.execute(_SPENT, (customer_id,)).fetchall()
    return CustomerFacts(
        customer,
        orders=sum(row["orders"] for row in rows),
        spent=tuple(Money(row["minor"], row["coin"]) for row in rows if row["coin"]),
        earlier_tickets=len(others),
        open_tickets=open_ones,
        since=min([customer.first_seen_at, *(row["since"] for row in rows)]),
        last_order_at=max((row["last"] for row in rows), default=None),
        refunds=sum(row["refunds"] for row in rows),
    )


# What was paid less what was given back, in the shop's currency. Test orders count nowhere; a refund in
# another currency counts by its share.
_SPENT = """
SELECT iif(shop_total_minor IS NULL, currency, shop_currency) AS coin, count(*) AS orders,
    min(placed_at) AS since, max(placed_at) AS last, sum(given > 0) AS refunds, sum(CASE
        WHEN payment NOT IN ('paid', 'partly refunded', 'refunded') THEN 0
        WHEN shop_total_minor IS NULL OR total_minor = 0 THEN total_minor - given
        ELSE shop_total_minor * (total_minor - given) / total_minor END) AS minor
FROM (SELECT *, (SELECT coalesce(sum(amount_minor), 0) FROM refund WHERE order_id = shop_order.id) AS given
    FROM shop_order WHERE test = 0
    AND email_key IN (SELECT mailbox_key FROM address WHERE customer_id = ?))
GROUP BY coin ORDER BY coin
"""
