"""Changes in the shops of the tests, some of them while pages are read, and passes until a desk has them all."""

import random
import threading
import time
from collections.abc import Callable, Sequence
from itertools import cycle

CHANGES = 80
_MEANWHILE = 20  # of them, while the first pass reads
_PAUSE = 0.02  # seconds between two of these


def shuffle(name: str, shop) -> None:
    """Change that many orders: addresses, parcels, refunds and deletions; the last of them in the background."""
    rows = sorted(shop.orders)
    changed = random.Random(7).sample(rows, CHANGES)
    doing = [(one, key) for one, key in zip(cycle(_DOING[name.partition(",")[0]]), changed, strict=False)]
    for do, key in doing[_MEANWHILE:]:
        do(shop, key)

    def go_on() -> None:
        for do, key in doing[:_MEANWHILE]:
            time.sleep(_PAUSE)
            do(shop, key)

    threading.Thread(target=go_on, daemon=True).start()


def _touch(change: Callable) -> Callable:
    def change_and_date(shop, key):
        change(shop.orders[key])
        shop.touch(shop.orders[key])

    return change_and_date


def _delete(shop, key):
    shop.orders = {one: row for one, row in shop.orders.items() if one != key}


def _moved(row):
    row["shippingAddress"]["address1" if "address1" in row["shippingAddress"] else "streetLine1"] = "1 Elm St"


def _sent(row):
    from counterparts.shopify_rows import parcel_row

    row["fulfillments"] = [parcel_row(int(row["legacyResourceId"]), 1_764_000_000)]
    row["displayFulfillmentStatus"] = "FULFILLED"


def _refunded(row):
    from counterparts.shopify_rows import refund_row

    row["refunds"] = [*row["refunds"], refund_row(int(row["legacyResourceId"]), 1_764_000_000, 100)]


def _cancelled(row):
    row["state"] = "Cancelled"


_DOING = {
    "shopify": (_touch(_moved), _touch(_sent), _touch(_refunded), _delete),
    "vendure": (
        lambda shop, key: _moved(shop.orders[key]),
        lambda shop, key: _cancelled(shop.orders[key]),
        _delete,
    ),
    "woocommerce": (
        lambda shop, key: shop.move(key, address_1="1 Elm St"),
        lambda shop, key: shop.track(key, f"1Z{key}"),
        lambda shop, key: shop.refund(key, "1.00"),
        lambda shop, key: shop.trash(key),
        _delete,
    ),
}


def settle(read: Callable[[int], object], differing: Callable[[], int]) -> Sequence[tuple[int, int]]:
    """Passes until no row differs: how many differ after the first pass, then after each tenth, with the last."""
    found: list[tuple[int, int]] = []
    for number in range(1, 201):
        read(number)
        if number == 1:
            time.sleep(2 * _MEANWHILE * _PAUSE)  # the last changes are there
        if number == 1 or number % 10 == 0:
            found.append((number, differing()))
            if not found[-1][1]:
                break
    return found
