"""Reading orders from JSON, in the format of `docs/orders-json.md`."""

import json
from collections.abc import Iterable, Mapping
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from deskterm.domain.orders.order import (
    Fulfilment,
    Money,
    Order,
    OrderLine,
    OrderNote,
    Payment,
    PostalAddress,
    Refund,
    Shipment,
)
from deskterm.domain.orders.returns import OrderReturn, ReturnState
from deskterm.errors import OrdersFileError
from deskterm.sync.stores.reading import (
    BrokenRow,
    Reading,
    amount,
    currency,
    moment,
    moment_or_none,
    note,
    number,
    quantity,
    words,
)

_Kind = TypeVar("_Kind", Payment, Fulfilment, ReturnState)


def read_json(text: str, store: str, zone: ZoneInfo, usual: str = "") -> Reading:
    """The orders of a JSON file, or of JSON lines (one order per line).

    A broken order is reported with its place and left out. `usual` is the currency from the settings.
    """
    try:
        content = _table(json.loads(text), "file")
        rows: list[Any] = list(_list(content, "orders", needed=True))
        usual = str(content.get("currency") or usual)
    except (BrokenRow, ValueError, RecursionError) as error:
        rows = _read_lines(text)
        if not any(isinstance(row, dict) for row in rows):
            raise OrdersFileError(
                "The orders file is no JSON of the form deskterm reads.",
                safe="The orders read before are kept.",
                todo="docs/orders-json.md shows the form.",
            ) from error
    orders, problems = [], []
    for place, row in enumerate(rows, 1):
        try:
            orders.append(_order(row, store, usual, zone))
        except BrokenRow as broken:
            named = words(row, "number") if isinstance(row, dict) else ""
            problems.append(f"order {place}{f' (#{number(named)})' if named else ''}: {broken}")
    return Reading(tuple(orders), tuple(problems))


def _read_lines(text: str) -> list[Any]:
    """The values of JSON lines; invalid lines stay text, to be reported. Nothing for other text."""
    rows: list[Any] = []
    for line in text.splitlines():
        if line.strip():
            try:
                rows.append(json.loads(line))
            except (ValueError, RecursionError):
                rows.append(line)
    good = sum(isinstance(row, dict) and "number" in row for row in rows)
    return rows if good * 2 > len(rows) else []


def _order(row: Any, store: str, usual: str, zone: ZoneInfo) -> Order:
    row = _table(row, "order")
    coin = currency(row.get("currency") or usual)
    shown = number(words(row, "number"))
    if not shown:
        raise BrokenRow("it has no number")
    return Order(
        store=store,
        external_id=words(row, "external_id", "id") or shown,
        number=shown,
        email=words(row, "email"),
        customer_name=words(row, "customer_name"),
        placed_at=moment(row.get("placed_at", ""), zone, "time it was placed"),
        payment=_one_of(Payment, row.get("payment", "")),
        fulfilment=_one_of(Fulfilment, row.get("fulfilment", "")),
        total=amount(row.get("total", ""), coin, "total"),
        lines=tuple(_line(one, coin) for one in _list(row, "lines")),
        shipments=tuple(_shipment(one, zone) for one in _list(row, "shipments")),
        refunds=tuple(_refund(one, coin, zone) for one in _list(row, "refunds")),
        returns=tuple(_return(one, zone) for one in _list(row, "returns")),
        ship_to=_postal(_table(row.get("ship_to") or {}, "ship_to")),
        phone=words(row, "phone"),
        discount_codes=tuple(words({"": code}, "") for code in _list(row, "discount_codes")),
        cancelled_at=moment_or_none(row.get("cancelled_at"), zone, "time it was cancelled"),
        note=note(row.get("note")),
        shop_total=_shop_total(row.get("shop_total")),
        notes=tuple(_note(one, zone) for one in _list(row, "notes")),
        tags=tuple(words({"": tag}, "") for tag in _list(row, "tags")),
        admin_url=_web_address(row),
        customer_id=words(row, "customer_id"),
        payment_method=words(row, "payment_method"),
        shipping_method=words(row, "shipping_method"),
        test=row.get("test") is True,
    )


def _shop_total(row: Any) -> Money | None:
    """The total in the shop's currency, if the customer paid in another."""
    if row is None:
        return None
    row = _table(row, "shop_total")
    return amount(row.get("amount", ""), currency(row.get("currency")), "shop_total")


def _note(row: Any, zone: ZoneInfo) -> OrderNote:
    row = _table(row, "note")
    at = moment(row.get("at", ""), zone, "time of a note")
    return OrderNote(at, note(row.get("text")), words(row, "author"), row.get("to_customer") is True)


def _web_address(row: Mapping[str, Any]) -> str:
    found = words(row, "admin_url")
    if found and not found.startswith(("https://", "http://")):
        raise BrokenRow("`admin_url` is no web address")
    return found


def _line(row: Any, coin: str) -> OrderLine:
    row = _table(row, "line")
    return OrderLine(
        sku=words(row, "sku"),
        title=words(row, "title"),
        variant=words(row, "variant"),
        quantity=quantity(row.get("quantity", 1)),
        price=amount(row.get("price", "0"), coin, "price"),
        sent=quantity(row["sent"]) if row.get("sent") is not None else None,
        refunded=quantity(row.get("refunded", 0)),
    )


def _shipment(row: Any, zone: ZoneInfo) -> Shipment:
    row = _table(row, "shipment")
    return Shipment(
        carrier=words(row, "carrier"),
        number=words(row, "number"),
        url=words(row, "url"),
        shipped_at=moment_or_none(row.get("shipped_at"), zone, "time it was shipped"),
        delivered_at=moment_or_none(row.get("delivered_at"), zone, "time it was delivered"),
        last_scan_at=moment_or_none(row.get("last_scan_at"), zone, "last scan"),
        status=words(row, "status"),
    )


def _refund(row: Any, coin: str, zone: ZoneInfo) -> Refund:
    row = _table(row, "refund")
    return Refund(
        at=moment(row.get("at", ""), zone, "time of a refund"),
        amount=amount(row.get("amount", ""), coin, "refund"),
        reason=words(row, "reason"),
    )


def _return(row: Any, zone: ZoneInfo) -> OrderReturn:
    row = _table(row, "return")

    def time(name: str) -> int | None:
        return moment_or_none(row.get(name), zone, f"`{name}` of a return")

    return OrderReturn(
        opened_at=moment(row.get("opened_at", ""), zone, "time of a return"),
        name=words(row, "name"),
        state=_one_of(ReturnState, row.get("state", ReturnState.OPEN.value)),
        pieces=quantity(row.get("pieces", 0)),
        label_at=time("label_at"),
        back_at=time("back_at"),
        money_at=time("money_at"),
        closed_at=time("closed_at"),
    )


def _postal(row: Mapping[str, Any]) -> PostalAddress:
    return PostalAddress(
        **{part: words(row, part) for part in ("name", "street", "postcode", "city", "region", "country")}
    )


def _one_of(kind: type[_Kind], text: object) -> _Kind:
    try:
        return kind(str(text))
    except ValueError as error:
        known = ", ".join(kind)
        raise BrokenRow(f'"{words({"": text}, "")}" is none of {known}') from error


def _table(row: Any, what: str) -> Mapping[str, Any]:
    if not isinstance(row, dict):
        raise BrokenRow(f"the {what} is no table")
    return row


def _list(row: Mapping[str, Any], name: str, *, needed: bool = False) -> Iterable[Any]:
    found = row.get(name, None if needed else [])
    if not isinstance(found, list):
        raise BrokenRow(f"`{name}` is no list")
    return found
