"""Data that the FAQ is checked against: customers' names, and when orders were placed."""

from sqlite3 import Connection

from deskterm.domain.people.greeting import first_name

_SHORTEST = 3  # letters of a name, and
_STREET = 6  # of a street, that are looked for


def customer_names(tx: Connection) -> frozenset[str]:
    """The names of customers and buyers, case-folded: whole, and first and last names of persons."""
    rows = tx.execute(
        "SELECT name FROM customer WHERE id IN (SELECT customer_id FROM ticket WHERE view = 'customers')"
        " UNION SELECT customer_name FROM shop_order"
    )
    found: set[str] = set()
    for (name,) in rows:
        words = str(name).casefold().split()
        found.add(" ".join(words))
        if first := first_name(str(name)):
            found.update((first.casefold(), words[-1]))
    return frozenset(one for one in found if len(one) >= _SHORTEST and any(map(str.isalpha, one)))


def streets(tx: Connection) -> frozenset[str]:
    """The streets of shipping addresses, case-folded."""
    rows = tx.execute("SELECT DISTINCT json_extract(ship_to, '$.street') FROM shop_order WHERE ship_to != ''")
    found = (" ".join(str(row[0] or "").casefold().split()) for row in rows)
    return frozenset(one for one in found if len(one) >= _STREET)


def orders_placed(tx: Connection, since: int) -> list[int]:
    """When the orders since a time were placed (UTC seconds)."""
    return [row[0] for row in tx.execute("SELECT placed_at FROM shop_order WHERE placed_at >= ?", (since,))]
