"""Orders that are on their way, and the tickets about them."""

from collections.abc import Iterable
from sqlite3 import Connection

from deskterm.domain.orders.order import Order
from deskterm.storage import orders
from deskterm.storage.schema.columns import to_json

_SQL = """
SELECT id FROM shop_order WHERE placed_at >= ? AND cancelled_at IS NULL AND gone_at IS NULL AND test = 0
    AND forgotten = 0 AND email != '' AND fulfilment NOT IN ('delivered', 'cancelled') ORDER BY placed_at
"""


def under_way(tx: Connection, since: int) -> list[Order]:
    """The orders placed since a time (UTC seconds) that have not arrived as far as we know, oldest first."""
    ids = [row[0] for row in tx.execute(_SQL, (since,))]
    return orders.by_ids(tx, ids)[::-1]


def tickets_about(tx: Connection, order_ids: Iterable[int]) -> dict[int, int]:
    """For each order the newest ticket about it, else its customer's newest one since it was placed."""
    ids = to_json(list(order_ids))
    theirs = tx.execute(
        "SELECT o.id, max(t.id) FROM shop_order o JOIN address a ON a.key = o.email_key"
        " JOIN ticket t ON t.customer_id = a.customer_id AND t.last_at >= o.placed_at"
        " WHERE o.id IN (SELECT value FROM json_each(?)) AND t.joined_into IS NULL AND t.view = 'customers'"
        " GROUP BY o.id",
        (ids,),
    )
    about = tx.execute(
        "SELECT order_id, max(id) FROM ticket WHERE order_id IN (SELECT value FROM json_each(?))"
        " AND joined_into IS NULL GROUP BY order_id",
        (ids,),
    )
    return {order: ticket for rows in (theirs.fetchall(), about.fetchall()) for order, ticket in rows}
