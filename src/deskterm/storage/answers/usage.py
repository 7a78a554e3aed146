"""How macros are used: recent orders to try them on, and which were used since when."""

from sqlite3 import Connection


def newest_orders(tx: Connection, most: int) -> list[int]:
    """The orders placed last, at most that many, as row ids."""
    rows = tx.execute(
        "SELECT id FROM shop_order WHERE forgotten = 0 ORDER BY placed_at DESC LIMIT ?", (most,)
    )
    return [row[0] for row in rows]


def open_tickets(tx: Connection, most: int) -> list[int]:
    """Customers' tickets that somebody wrote in last, open or not, at most that many."""
    rows = tx.execute(
        "SELECT id FROM ticket WHERE view = 'customers' AND joined_into IS NULL"
        " ORDER BY last_at DESC LIMIT ?",
        (most,),
    )
    return [row[0] for row in rows]


def macros_used(tx: Connection, since: int) -> frozenset[str]:
    """The macros that went out since then (UTC seconds), from here or told by their text."""
    rows = tx.execute(
        "SELECT DISTINCT macro FROM message WHERE direction = 'out' AND macro != '' AND at >= ?1"
        " UNION SELECT DISTINCT label FROM lesson WHERE label != '' AND at >= ?1",
        (since,),
    )
    return frozenset(row[0] for row in rows)


def first_answer(tx: Connection) -> int | None:
    """When our oldest known answer was sent (UTC seconds), None if there is none."""
    row = tx.execute("SELECT min(at) FROM message WHERE direction = 'out' AND machine = ''").fetchone()
    return None if row[0] is None else int(row[0])
