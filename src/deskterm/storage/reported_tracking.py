"""Parcels that second files named, kept by the order's number: the file may come before the order."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from sqlite3 import Connection

from deskterm.domain.orders.order import Order
from deskterm.domain.orders.reported import ReportedParcel, with_reported
from deskterm.storage.schema.columns import to_json


def keep(tx: Connection, store: str, parcels: Iterable[ReportedParcel]) -> int:
    """Keep the parcels of a store's file; returns how many are new or differ. Forgotten orders get none."""
    forgotten = {
        row[0].casefold()
        for row in tx.execute("SELECT number FROM shop_order WHERE store = ? AND forgotten = 1", (store,))
    }
    rows = [
        (store, one.order, one.number, one.carrier, one.url, one.shipped_at)
        for one in parcels
        if one.order.casefold() not in forgotten
    ]
    before = tx.total_changes
    tx.executemany(
        "INSERT INTO reported_tracking(store, order_number, number, carrier, url, shipped_at)"
        " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET carrier = excluded.carrier, url = excluded.url,"
        " shipped_at = excluded.shipped_at WHERE (carrier, url, shipped_at)"
        " IS NOT (excluded.carrier, excluded.url, excluded.shipped_at)",
        rows,
    )
    return tx.total_changes - before


def add_reported(tx: Connection, orders: Sequence[Order]) -> list[Order]:
    """The orders with the parcels that were reported of them."""
    keys = to_json([(order.store, order.number) for order in orders])
    found: dict[tuple[str, str], list[ReportedParcel]] = defaultdict(list)
    rows = tx.execute(
        "SELECT r.* FROM json_each(?) AS given JOIN reported_tracking r"
        " ON r.store = given.value ->> 0 AND r.order_number = given.value ->> 1"
        " ORDER BY r.shipped_at, r.number",
        (keys,),
    )
    for row in rows:
        parcel = ReportedParcel(
            row["order_number"], row["number"], row["carrier"], row["url"], row["shipped_at"]
        )
        found[row["store"], parcel.order.casefold()].append(parcel)
    if not found:
        return list(orders)
    return [with_reported(one, found.get((one.store, one.number.casefold()), ())) for one in orders]
