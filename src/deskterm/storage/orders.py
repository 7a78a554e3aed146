"""Orders, as a read-only copy of what the stores say."""

import json
from collections import defaultdict
from collections.abc import Iterable
from sqlite3 import Connection, Row

from deskterm.domain.messages import mailbox_key
from deskterm.domain.orders.affixes import NONE as NO_AFFIXES
from deskterm.domain.orders.affixes import Affixes, learn_affixes
from deskterm.domain.orders.order import (
    Fulfilment,
    Money,
    Order,
    OrderFact,
    OrderLine,
    OrderNote,
    Payment,
    PostalAddress,
    Refund,
    Shipment,
    TrackingSource,
    without_person,
)
from deskterm.domain.orders.returns import OrderReturn, ReturnState
from deskterm.errors import NotFound
from deskterm.storage import order_writes
from deskterm.storage.read_once import memory
from deskterm.storage.reported_tracking import add_reported
from deskterm.storage.schema.columns import to_json

_LATEST = 40  # orders of a store that show how it writes its numbers
_LONG_OPEN = 365 * 86_400  # seconds; what was not sent by then is not going to be


def upsert_all(tx: Connection, orders: Iterable[Order], now: int) -> dict[int, Order]:
    """Take over orders as a store says they are; returns those that are new or differ, by their ids.

    An order is known by its store and `external_id`. Of two with the same, the last counts. Of a forgotten
    customer's nothing personal is taken over.
    """
    wanted = {(order.store, order.external_id): order for order in orders}
    wanted |= {key: without_person(wanted[key]) for key in _forgotten(tx) & wanted.keys()}
    known, same = order_writes.find_known(tx, wanted)
    tx.executemany("UPDATE shop_order SET synced_at = ? WHERE id = ?", [(now, id_) for id_ in same.values()])
    return order_writes.write(tx, [order for key, order in wanted.items() if key not in same], known, now)


def get(tx: Connection, order_id: int) -> Order:
    """One order. Raises NotFound."""
    found = by_ids(tx, [order_id])
    if not found:
        raise NotFound("That order is not in the database.")
    return found[0]


def by_ids(tx: Connection, ids: Iterable[int]) -> list[Order]:
    """Orders by id, newest first."""
    return _read_order(tx, "id IN (SELECT value FROM json_each(?))", to_json(list(ids)))


def by_numbers(tx: Connection, numbers: Iterable[str]) -> list[Order]:
    """The orders with one of these numbers ("1042", no mark), in whatever store, newest first.

    What a store writes around all its numbers may be left out: 1042 is its WEB-1042.
    """
    wanted = dict.fromkeys(numbers)
    if wanted:
        for affixes in store_affixes(tx).values():
            wanted |= dict.fromkeys([affixes.write(number) for number in wanted])
    return _read_order(tx, "number COLLATE NOCASE IN (SELECT value FROM json_each(?))", to_json(list(wanted)))


def store_affixes(tx: Connection) -> dict[str, Affixes]:
    """What each store writes around its order numbers, those that write nothing left out."""
    if (known := memory().get(store_affixes)) is not None:
        return dict(known)
    found: dict[str, Affixes] = {}
    store = ""
    while row := tx.execute("SELECT min(store) FROM shop_order WHERE store > ?", (store,)).fetchone():
        store = row[0]
        if store is None:
            break
        latest = tx.execute(
            "SELECT number FROM shop_order WHERE store = ? ORDER BY placed_at DESC LIMIT ?", (store, _LATEST)
        )
        affixes = learn_affixes(number for (number,) in latest)
        if affixes != NO_AFFIXES:
            found[store] = affixes
    memory()[store_affixes] = found
    return found


def shared_numbers(tx: Connection, numbers: Iterable[str]) -> set[str]:
    """Those of these numbers, casefolded, that more than one order has."""
    rows = tx.execute(
        "SELECT number FROM shop_order WHERE number COLLATE NOCASE IN (SELECT value FROM json_each(?))"
        " GROUP BY number COLLATE NOCASE HAVING count(*) > 1",
        (to_json(list(numbers)),),
    )
    return {row[0].casefold() for row in rows}


def for_email(tx: Connection, keys: Iterable[str]) -> list[Order]:
    """The orders placed with one of these addresses (in any case), newest first."""
    wanted = [mailbox_key(key) for key in keys if key]
    return _read_order(tx, "email_key IN (SELECT value FROM json_each(?))", to_json(wanted))


def related_to(tx: Connection, own: Iterable[Order]) -> list[Order]:
    """Orders placed from other addresses by the same account or telephone number as these, newest first.

    A number that more than a few addresses gave is a shop's or a workshop's, and says nothing.
    """
    ids = [order.id for order in own]
    return _read_order(tx, _RELATED, to_json({"own": ids, "addresses": _FEW_ADDRESSES}))


_FEW_ADDRESSES = 3
_RELATED = """id IN (
    WITH given(json) AS (SELECT ?),
    own AS (SELECT * FROM shop_order
        WHERE id IN (SELECT value FROM json_each((SELECT json FROM given), '$.own'))),
    few(phone_key) AS (
        SELECT o.phone_key FROM shop_order o WHERE o.phone_key IN (SELECT phone_key FROM own)
        AND o.phone_key != '' GROUP BY o.phone_key
        HAVING count(DISTINCT o.email_key) <= (SELECT json ->> '$.addresses' FROM given))
    SELECT o.id FROM shop_order o WHERE o.forgotten = 0 AND o.id NOT IN (SELECT id FROM own)
    AND (o.phone_key IN (SELECT phone_key FROM few)
        OR (o.store, o.customer_id) IN (SELECT store, customer_id FROM own WHERE customer_id != '')))"""


def by_keys(tx: Connection, store: str, keys: Iterable[str]) -> dict[str, Order]:
    """A store's orders by its own keys, as it last sent them."""
    where = "store = ? AND external_id IN (SELECT value FROM json_each(?))"
    return {
        order.external_id: order
        for order in _read_order(tx, where, store, to_json(list(keys)), reported=False)
    }


def keys_to_read_again(tx: Connection, store: str, since: int, most: int) -> list[str]:
    """The store's keys of at most that many orders that may change unseen, those read longest ago first.

    Orders of open tickets come before all others, then those placed after `since` (UTC seconds) and those
    within a year before it that are still to be sent. A fifth is kept for all others, which thus have their
    turn as well. What is gone is not asked for.
    """
    others = _keys_to_read_again(tx, "NOT (asked OR recent)", store, since, most // 5)
    return _keys_to_read_again(tx, "(asked OR recent)", store, since, most - len(others)) + others


def _keys_to_read_again(tx: Connection, which: str, store: str, since: int, most: int) -> list[str]:
    rows = tx.execute(
        "SELECT external_id,"
        " id IN (SELECT order_id FROM ticket WHERE status IN ('open', 'on hold')) AS asked,"
        " placed_at >= ? OR (fulfilment IN ('unfulfilled', 'partly shipped') AND placed_at >= ?) AS recent"
        f" FROM shop_order WHERE store = ? AND gone_at IS NULL AND forgotten = 0 AND {which}"
        " ORDER BY asked DESC, synced_at, id LIMIT ?",
        (since, since - _LONG_OPEN, store, most),
    )
    return [str(row[0]) for row in rows]


def mark_gone(tx: Connection, store: str, keys: Iterable[str], now: int) -> int:
    """Mark orders as no longer in their store; returns how many were not marked before."""
    return tx.execute(
        "UPDATE shop_order SET gone_at = ? WHERE store = ? AND gone_at IS NULL"
        " AND external_id IN (SELECT value FROM json_each(?))",
        (now, store, to_json(list(keys))),
    ).rowcount


def unknown_words(tx: Connection, store: str) -> dict[str, int]:
    """The store's own words for states that deskterm does not know, with how many orders bear them."""
    of_store = "FROM shop_order WHERE store = :store AND gone_at IS NULL AND"
    words = f"SELECT id, payment_word AS word {of_store} payment = 'unknown'"
    words += f" UNION SELECT id, fulfilment_word {of_store} fulfilment = 'unknown'"
    sql = f"SELECT word, count(*) FROM ({words}) WHERE word != '' GROUP BY word"
    return {row[0]: row[1] for row in tx.execute(sql, {"store": store})}


def count(tx: Connection) -> int:
    """How many orders are known."""
    return int(tx.execute("SELECT count(*) FROM shop_order").fetchone()[0])


def _forgotten(tx: Connection) -> set[tuple[str, str]]:
    return {
        (row[0], row[1])
        for row in tx.execute("SELECT store, external_id FROM shop_order WHERE forgotten = 1")
    }


def _read_order(tx: Connection, where: str, *values: str, reported: bool = True) -> list[Order]:
    """The orders, with the parcels of second files unless only the store's own word counts."""
    sql = f"SELECT * FROM shop_order WHERE {where} ORDER BY placed_at DESC, id DESC"
    rows = tx.execute(sql, values).fetchall()
    known, missing = memory(), [row for row in rows if (row["id"], reported) not in memory()]
    if missing:
        ids = to_json([row["id"] for row in missing])
        parts = [_parts(tx, table, ids) for table in _PARTS]
        found = [_order(row, *(part.get(row["id"], []) for part in parts)) for row in missing]
        read = add_reported(tx, found) if reported else found
        known |= {(one.id, reported): one for one in read}
    return [known[row["id"], reported] for row in rows]


def _parts(tx: Connection, table: str, ids: str) -> dict[int, list[Row]]:
    found: dict[int, list[Row]] = defaultdict(list)
    given = "SELECT value FROM json_each(?)"
    sql = f"SELECT * FROM {table} WHERE order_id IN ({given}) ORDER BY order_id, position"
    for row in tx.execute(sql, (ids,)):
        found[row["order_id"]].append(row)
    return found


_PARTS = ("order_line", "shipment", "refund", "order_note", "order_return")


def _order(row: Row, *parts: list[Row]) -> Order:
    lines, shipments, refunds, notes, returns = parts
    return Order(
        id=row["id"],
        store=row["store"],
        external_id=row["external_id"],
        number=row["number"],
        email=row["email"],
        customer_name=row["customer_name"],
        placed_at=row["placed_at"],
        payment=Payment(row["payment"]),
        fulfilment=Fulfilment(row["fulfilment"]),
        total=Money(row["total_minor"], row["currency"]),
        lines=tuple(_line(line) for line in lines),
        shipments=tuple(_shipment(one) for one in shipments),
        refunds=tuple(_refund(one) for one in refunds),
        notes=tuple(_note(one) for one in notes),
        returns=tuple(_return(one) for one in returns),
        ship_to=PostalAddress(**json.loads(row["ship_to"])),
        phone=row["phone"],
        discount_codes=tuple(json.loads(row["discount_codes"])),
        cancelled_at=row["cancelled_at"],
        note=row["note"],
        synced_at=row["synced_at"],
        payment_word=row["payment_word"],
        fulfilment_word=row["fulfilment_word"],
        shop_total=_shop_total(row),
        tags=tuple(json.loads(row["tags"])) if row["tags"] != "[]" else (),
        admin_url=row["admin_url"],
        customer_id=row["customer_id"],
        changed_at=row["changed_at"],
        payment_method=row["payment_method"],
        shipping_method=row["shipping_method"],
        test=bool(row["test"]),
        gone_at=row["gone_at"],
        unread=tuple(map(OrderFact, row["unread"].split())),
    )


def _shop_total(row: Row) -> Money | None:
    minor = row["shop_total_minor"]
    return None if minor is None else Money(minor, row["shop_currency"])


def _refund(row: Row) -> Refund:
    return Refund(row["at"], Money(row["amount_minor"], row["currency"]), row["reason"], row["external_id"])


def _note(row: Row) -> OrderNote:
    return OrderNote(row["at"], row["text"], row["author"], bool(row["to_customer"]), row["external_id"])


def _return(row: Row) -> OrderReturn:
    return OrderReturn(
        row["opened_at"], row["name"], ReturnState(row["state"]), row["pieces"], row["label_at"],
        row["back_at"], row["money_at"], row["closed_at"], row["external_id"],
    )  # fmt: skip


def _line(row: Row) -> OrderLine:
    price = Money(row["price_minor"], row["currency"])
    return OrderLine(
        row["sku"], row["title"], row["variant"], row["quantity"], price, row["sent"],
        row["external_id"], row["refunded"],
    )  # fmt: skip


def _shipment(row: Row) -> Shipment:
    return Shipment(
        carrier=row["carrier"],
        number=row["number"],
        url=row["url"],
        shipped_at=row["shipped_at"],
        delivered_at=row["delivered_at"],
        last_scan_at=row["last_scan_at"],
        status=row["status"],
        external_id=row["external_id"],
        source=TrackingSource(row["source"]),
    )
