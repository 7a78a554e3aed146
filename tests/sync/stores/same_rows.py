"""Whether the stored orders are the store's: compared with a first reading into an empty desk."""

from dataclasses import replace

from counterparts.templates import fresh
from deskterm.storage import orders
from deskterm.storage.schema.migrate import open_database
from deskterm.sync.stores.read_orders import read_orders


def order_rows(db):
    """The stored orders that the store has, by its keys, without what is the desk's own."""
    with db.read() as tx:
        ids = [row[0] for row in tx.execute("SELECT id FROM shop_order WHERE gone_at IS NULL")]
        return {order.external_id: replace(order, id=0, synced_at=0) for order in orders.by_ids(tx, ids)}


def store_rows(access, folder):
    """The same of a desk that has read the store just now, for the first time."""
    db = open_database(fresh(folder / "anew.db"))
    try:
        read_orders(access, db)
        return order_rows(db)
    finally:
        db.close()
