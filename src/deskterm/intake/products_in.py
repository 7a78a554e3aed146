"""Storing products that arrive, and waking the tickets that wait for one of them."""

from collections.abc import Iterable, Sequence

from deskterm.domain.products.product import StoreProduct
from deskterm.domain.tickets import WakesOn
from deskterm.storage.products import products, waits
from deskterm.storage.schema.database import Tx
from deskterm.storage.ticket_work import waking


def products_arrived(tx: Tx, arrived: Sequence[StoreProduct], now: int) -> int:
    """Store products as of `now` (UTC seconds); returns how many are new or changed.

    Customers who wait for one that is back in stock are marked, and tickets snoozed until then wake.
    """
    changed = products.upsert_all(tx, arrived, now)
    for wait in waits.stock_moved(tx, changed, now):
        waking.wake_on(tx, [wait.ticket_id], WakesOn.STOCK, now, f"{wait.title} is back in stock")
    return len(changed)


def products_gone(tx: Tx, store: str, keys: Iterable[str], now: int) -> int:
    """Mark products as no longer in their store; returns how many were not marked before."""
    listed = list(keys)
    gone = products.mark_gone(tx, store, listed, now)
    if gone:
        waits.stock_moved(tx, products.by_keys(tx, [(store, key) for key in listed]), now)
    return gone
