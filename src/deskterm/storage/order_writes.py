"""Writing many orders at once, with one `executemany` per table."""

from _json import encode_basestring
from collections.abc import Iterable, Mapping, Sequence
from itertools import count
from sqlite3 import Connection, Cursor

from deskterm.domain.messages import mailbox_key
from deskterm.domain.orders.order import Order, PostalAddress
from deskterm.domain.people.phones import phone_key
from deskterm.storage.schema.columns import marks, to_json

OrderKey = tuple[str, str]  # the store, and its own key
_COLUMNS = (
    "store", "external_id", "number", "email", "email_key", "customer_name", "placed_at",
    "payment", "fulfilment", "total_minor", "currency", "ship_to",
    "phone", "discount_codes", "cancelled_at", "note", "synced_at",
    "payment_word", "fulfilment_word", "phone_key", "shop_total_minor", "shop_currency",
    "tags", "admin_url", "customer_id", "changed_at", "payment_method", "shipping_method",
    "test", "gone_at", "unread",
)  # fmt: skip
_LINE = (
    "order_id", "position", "sku", "title", "variant",
    "quantity", "price_minor", "currency", "sent", "external_id", "refunded",
)  # fmt: skip
_SHIPMENT = (
    "order_id", "position", "carrier", "number", "url",
    "shipped_at", "delivered_at", "last_scan_at", "status", "external_id", "source",
)  # fmt: skip
_REFUND = ("order_id", "position", "at", "amount_minor", "currency", "reason", "external_id")
_NOTE = ("order_id", "position", "at", "text", "author", "to_customer", "external_id")
_RETURN = (
    "order_id", "position", "external_id", "name", "state", "pieces",
    "opened_at", "label_at", "back_at", "money_at", "closed_at",
)  # fmt: skip
_OF_ORDERS = "order_id IN (SELECT value FROM json_each(?))"
_KEYS = "(store, external_id) IN (SELECT value ->> 0, value ->> 1 FROM json_each(?))"


def write(
    tx: Connection, orders: Sequence[Order], known: Mapping[OrderKey, int], now: int
) -> dict[int, Order]:
    """Write orders that are new or differ, as of `now` (UTC seconds); returns them by their ids.

    `known` are the ids of those that stand in the database already, and may be of others too.
    """
    free = int(tx.execute("SELECT coalesce(max(id), 0) + 1 FROM shop_order").fetchone()[0])
    numbers = count(free)
    ids = [known.get((order.store, order.external_id)) or next(numbers) for order in orders]
    kept = ", ".join(f"{name} = excluded.{name}" for name in _COLUMNS)
    tx.executemany(
        f"{_insert_into('shop_order', ('id', *_COLUMNS))} ON CONFLICT (id) DO UPDATE SET {kept}",
        [(id_, *_order_row(order, now)) for id_, order in zip(ids, orders, strict=True)],
    )
    written = dict(zip(ids, orders, strict=True))
    _write_parts(tx, list(written.items()), [id_ for id_ in ids if id_ < free])
    return written


def find_known(
    tx: Connection, given: Mapping[OrderKey, Order]
) -> tuple[dict[OrderKey, int], dict[OrderKey, int]]:
    """Which of these orders stand in the database, and which of them just so: their ids, by their keys.

    Rows are compared, not orders: an export that is read again is mostly as it was.
    """
    look = tx.cursor()
    look.row_factory = None
    columns = ", ".join("0" if name == "synced_at" else name for name in _COLUMNS)
    found = f"SELECT id, {columns} FROM shop_order WHERE {_KEYS}"
    rows = look.execute(found, (to_json(list(given)),)).fetchall()
    known = {(row[1], row[2]): row[0] for row in rows}
    alike = {(row[1], row[2]): row[0] for row in rows if row[1:] == _order_row(given[row[1], row[2]], 0)}
    return known, _with_same_parts(look, given, alike) if alike else {}


def _with_same_parts(
    look: Cursor, given: Mapping[OrderKey, Order], alike: Mapping[OrderKey, int]
) -> dict[OrderKey, int]:
    """Those of these orders whose lines, parcels, refunds, notes and returns are as given."""
    ids = to_json(list(alike.values()))
    differ: set[object] = set()
    for table, names, rows in _parts([(id_, given[key]) for key, id_ in alike.items()]):
        parts = look.execute(f"SELECT {', '.join(names)} FROM {table} WHERE {_OF_ORDERS}", (ids,))
        differ.update(row[0] for row in set(parts).symmetric_difference(rows))
    return {key: id_ for key, id_ in alike.items() if id_ not in differ}


def _write_parts(tx: Connection, orders: Sequence[tuple[int, Order]], before: Sequence[int]) -> None:
    """Write the lines, parcels, refunds, notes and returns of these orders, over those from `before`."""
    given = to_json(before)
    for table, columns, rows in _parts(orders):
        if before:
            tx.execute(f"DELETE FROM {table} WHERE {_OF_ORDERS}", (given,))
        tx.executemany(_insert_into(table, columns), rows)


def _parts(
    orders: Sequence[tuple[int, Order]],
) -> tuple[tuple[str, tuple[str, ...], Iterable[tuple[object, ...]]], ...]:
    """The lines, parcels, refunds, notes and returns of these orders: each table, its columns and rows."""
    return (
        ("order_line", _LINE, _line_rows(orders)),
        ("shipment", _SHIPMENT, _shipment_rows(orders)),
        ("refund", _REFUND, _refund_rows(orders)),
        ("order_note", _NOTE, _note_rows(orders)),
        ("order_return", _RETURN, _return_rows(orders)),
    )


def _insert_into(table: str, columns: Sequence[str]) -> str:
    return f"INSERT INTO {table}({', '.join(columns)}) VALUES ({marks(len(columns))})"


def _order_row(order: Order, now: int) -> tuple[object, ...]:
    return (
        order.store, order.external_id, order.number, order.email, mailbox_key(order.email),
        order.customer_name, order.placed_at, order.payment.value, order.fulfilment.value,
        order.total.minor, order.total.currency, _address_json(order.ship_to), order.phone,
        to_json(order.discount_codes) if order.discount_codes else "[]", order.cancelled_at, order.note,
        now, order.payment_word, order.fulfilment_word,
        phone_key(order.phone, order.ship_to.country) if order.phone else "",
        order.shop_total and order.shop_total.minor, order.shop_total.currency if order.shop_total else "",
        to_json(order.tags) if order.tags else "[]", order.admin_url, order.customer_id, order.changed_at,
        order.payment_method, order.shipping_method, int(order.test), order.gone_at,
        " ".join(order.unread) if order.unread else "",
    )  # fmt: skip


def _address_json(one: PostalAddress) -> str:
    """As `to_json` writes its fields, in a fifth of the time."""
    return (
        f'{{"name":{encode_basestring(one.name)},"street":{encode_basestring(one.street)}'
        f',"postcode":{encode_basestring(one.postcode)},"city":{encode_basestring(one.city)}'
        f',"region":{encode_basestring(one.region)},"country":{encode_basestring(one.country)}}}'
    )


def _line_rows(orders: Iterable[tuple[int, Order]]) -> Iterable[tuple[object, ...]]:
    for id_, order in orders:
        for at, one in enumerate(order.lines):
            price = one.price
            yield (
                id_, at, one.sku, one.title, one.variant, one.quantity, price.minor, price.currency, one.sent,
                one.external_id, one.refunded,
            )  # fmt: skip


def _shipment_rows(orders: Iterable[tuple[int, Order]]) -> Iterable[tuple[object, ...]]:
    for id_, order in orders:
        for at, one in enumerate(order.shipments):
            yield (
                id_, at, one.carrier, one.number, one.url, one.shipped_at, one.delivered_at, one.last_scan_at,
                one.status, one.external_id, one.source.value,
            )  # fmt: skip


def _refund_rows(orders: Iterable[tuple[int, Order]]) -> Iterable[tuple[object, ...]]:
    for id_, order in orders:
        for at, one in enumerate(order.refunds):
            yield id_, at, one.at, one.amount.minor, one.amount.currency, one.reason, one.external_id


def _note_rows(orders: Iterable[tuple[int, Order]]) -> Iterable[tuple[object, ...]]:
    for id_, order in orders:
        for at, one in enumerate(order.notes):
            yield id_, at, one.at, one.text, one.author, int(one.to_customer), one.external_id


def _return_rows(orders: Iterable[tuple[int, Order]]) -> Iterable[tuple[object, ...]]:
    for id_, order in orders:
        for at, one in enumerate(order.returns):
            yield (
                id_, at, one.external_id, one.name, one.state.value, one.pieces,
                one.opened_at, one.label_at, one.back_at, one.money_at, one.closed_at,
            )  # fmt: skip
