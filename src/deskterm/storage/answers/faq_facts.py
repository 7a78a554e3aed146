"""What the FAQ is held against: who the customers are, and when orders were placed."""

from sqlite3 import Connection

_SHORTEST = 3  # letters of a name, and
_STREET = 6  # of a street, that are looked for


def customer_names(tx: Connection) -> frozenset[str]:
    """The names of customers and of those who ordered: whole, and their first and last words; casefolded."""
    rows = tx.execute("SELECT name FROM customer UNION SELECT customer_name FROM shop_order")
    found: set[str] = set()
    for (name,) in rows:
        words = str(name).casefold().split()
        found.add(" ".join(words))
        found.update(words[:1] + words[-1:])
    return frozenset(one for one in found if len(one) >= _SHORTEST and any(map(str.isalpha, one)))


def streets(tx: Connection) -> frozenset[str]:
    """The streets that orders go to, casefolded."""
    rows = tx.execute("SELECT DISTINCT json_extract(ship_to, '$.street') FROM shop_order WHERE ship_to != ''")
    found = (" ".join(str(row[0] or "").casefold().split()) for row in rows)
    return frozenset(one for one in found if len(one) >= _STREET)


def orders_placed(tx: Connection, since: int) -> list[int]:
    """When orders were placed since then (UTC seconds)."""
    return [row[0] for row in tx.execute("SELECT placed_at FROM shop_order WHERE placed_at >= ?", (since,))]
