"""Reading orders from JSON, in the format of `docs/orders-json.md`."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

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
)
from deskterm.domain.orders.returns import OrderReturn, ReturnState
from deskterm.sync.stores.json_rows import load_rows
from deskterm.sync.stores.reading import (
    BrokenRow,
    OrderCollector,
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

_T = TypeVar("_T")
_Kind = TypeVar("_Kind", Payment, Fulfilment, ReturnState)
_State = TypeVar("_State", Payment, Fulfilment)
_Row = Mapping[str, Any]
_LONGEST_WORD = 60  # characters of a store's own word for a state


def read_json(text: str, store: str, zone: ZoneInfo, usual: str = "", *, written_at: int = 0) -> Reading:
    """The orders of a JSON file, or of JSON lines (one order per line).

    An order with an unreadable value is kept without it; one that is no order is left out. Both are reported
    with their place. `usual` is the currency from the settings, `written_at` the file's time (UTC seconds).
    """
    rows, coin = load_rows(text)
    collector = OrderCollector()
    for place, row in enumerate(rows, 1):
        cells = _Cells(zone, coin or usual, written_at)
        named = words(row, "number") if isinstance(row, dict) else ""
        where = f"order {place}{f' (#{number(named)})' if named else ''}"
        try:
            collector.add(where, _order(row, store, cells), dict.fromkeys(cells.problems), cells.facts)
        except BrokenRow as broken:
            collector.leave_out(where, broken)
    return collector.reading()


class _Cells:
    """What the values of one order are read with, and which of them could not be read."""

    def __init__(self, zone: ZoneInfo, usual: str, written_at: int) -> None:
        self.zone, self.usual, self.written_at = zone, usual, written_at
        self.problems: list[str] = []
        self.facts: list[OrderFact] = []

    def value(self, read: Callable[[], _T], otherwise: _T, fact: OrderFact | None = None) -> _T:
        """What `read` gives; if that is unreadable it is noted, and `fact` is unknown."""
        try:
            return read()
        except BrokenRow as broken:
            self._note(broken, fact)
            return otherwise

    def each(
        self, row: _Row, name: str, read: Callable[[Any], _T], fact: OrderFact | None = None
    ) -> tuple[_T, ...]:
        """The values of a list in an order, without those that cannot be read."""
        listed: Iterable[Any] = self.value(lambda: _list(row, name), (), fact)
        found: list[_T] = []
        for one in listed:
            try:
                found.append(read(one))
            except BrokenRow as broken:
                self._note(broken, fact)
        return tuple(found)

    def _note(self, broken: BrokenRow, fact: OrderFact | None) -> None:
        self.problems.append(str(broken))
        self.facts += [fact] if fact else []

    def moment_or_none(self, row: _Row, name: str, what: str) -> int | None:
        """A time of an order (UTC seconds), None if it is missing or unreadable."""
        return self.value(lambda: moment_or_none(row.get(name), self.zone, what), None)

    def currency(self, row: _Row) -> str:
        """An order's currency, else the usual one; "" without either."""
        usual = currency(self.usual) if self.usual else ""
        stated = row.get("currency")
        return self.value(lambda: currency(stated), usual) if stated else usual


def _order(row: Any, store: str, cells: _Cells) -> Order:
    if isinstance(row, BrokenRow):
        raise row
    row = _table(row, "order")
    shown = number(words(row, "number"))
    if not shown:
        raise BrokenRow("it has no number")
    coin = cells.currency(row)
    placed = cells.value(
        lambda: moment(row.get("placed_at", ""), cells.zone, "time it was placed"),
        cells.written_at,
        OrderFact.PLACED,
    )
    payment, payment_word = _state(cells, Payment, row, "payment")
    fulfilment, fulfilment_word = _state(cells, Fulfilment, row, "fulfilment")
    return Order(
        store=store,
        external_id=words(row, "external_id", "id") or shown,
        number=shown,
        email=words(row, "email"),
        customer_name=words(row, "customer_name"),
        placed_at=placed,
        payment=payment,
        payment_word=payment_word,
        fulfilment=fulfilment,
        fulfilment_word=fulfilment_word,
        total=cells.value(
            lambda: amount(row.get("total", ""), coin, "total"), Money(0, coin), OrderFact.TOTAL
        ),
        lines=cells.each(row, "lines", partial(_line, cells, coin), OrderFact.LINES),
        shipments=cells.each(row, "shipments", partial(_shipment, cells)),
        refunds=cells.each(row, "refunds", partial(_refund, cells, coin), OrderFact.PAYMENT),
        returns=cells.each(row, "returns", partial(_return, cells)),
        ship_to=_postal(cells.value(lambda: _table(row.get("ship_to") or {}, "ship_to"), {})),
        phone=words(row, "phone"),
        discount_codes=cells.each(row, "discount_codes", lambda code: words({"": code}, "")),
        cancelled_at=cells.moment_or_none(row, "cancelled_at", "time it was cancelled"),
        note=note(row.get("note")),
        shop_total=cells.value(lambda: _shop_total(row.get("shop_total")), None),
        notes=cells.each(row, "notes", partial(_note, cells)),
        tags=cells.each(row, "tags", lambda tag: words({"": tag}, "")),
        admin_url=cells.value(lambda: _web_address(row), ""),
        customer_id=words(row, "customer_id"),
        payment_method=words(row, "payment_method"),
        shipping_method=words(row, "shipping_method"),
        test=row.get("test") is True,
    )


def _state(cells: _Cells, kind: type[_State], row: _Row, name: str) -> tuple[_State, str]:
    """A state of an order; a word that is none of ours is kept as the store's own."""
    stated = words(row, name)
    found = cells.value(lambda: _one_of(kind, stated), None)
    return (found, "") if found else (kind.UNKNOWN, stated[:_LONGEST_WORD])


def _shop_total(row: Any) -> Money | None:
    """The total in the shop's currency, if the customer paid in another."""
    if row is None:
        return None
    row = _table(row, "shop_total")
    return amount(row.get("amount", ""), currency(row.get("currency")), "shop_total")


def _note(cells: _Cells, row: Any) -> OrderNote:
    row = _table(row, "note")
    at = moment(row.get("at", ""), cells.zone, "time of a note")
    return OrderNote(at, note(row.get("text")), words(row, "author"), row.get("to_customer") is True)


def _web_address(row: _Row) -> str:
    found = words(row, "admin_url")
    if found and not found.startswith(("https://", "http://")):
        raise BrokenRow("`admin_url` is no web address")
    return found


def _line(cells: _Cells, coin: str, row: Any) -> OrderLine:
    row = _table(row, "line")
    cells.facts += [] if "price" in row else [OrderFact.PRICES]
    return OrderLine(
        sku=words(row, "sku"),
        title=words(row, "title"),
        variant=words(row, "variant"),
        quantity=cells.value(lambda: quantity(row.get("quantity", 1)), 1, OrderFact.LINES),
        price=cells.value(
            lambda: amount(row.get("price", "0"), coin, "price"), Money(0, coin), OrderFact.PRICES
        ),
        sent=cells.value(lambda: quantity(row["sent"]) if row.get("sent") is not None else None, None),
        refunded=cells.value(lambda: quantity(row.get("refunded", 0)), 0, OrderFact.LINES),
    )


def _shipment(cells: _Cells, row: Any) -> Shipment:
    row = _table(row, "shipment")
    return Shipment(
        carrier=words(row, "carrier"),
        number=words(row, "number"),
        url=words(row, "url"),
        shipped_at=cells.moment_or_none(row, "shipped_at", "time it was shipped"),
        delivered_at=cells.moment_or_none(row, "delivered_at", "time it was delivered"),
        last_scan_at=cells.moment_or_none(row, "last_scan_at", "last scan"),
        status=words(row, "status"),
    )


def _refund(cells: _Cells, coin: str, row: Any) -> Refund:
    row = _table(row, "refund")
    return Refund(
        at=moment(row.get("at", ""), cells.zone, "time of a refund"),
        amount=amount(row.get("amount", ""), coin, "refund"),
        reason=words(row, "reason"),
    )


def _return(cells: _Cells, row: Any) -> OrderReturn:
    row = _table(row, "return")

    def time(name: str) -> int | None:
        return cells.moment_or_none(row, name, f"`{name}` of a return")

    return OrderReturn(
        opened_at=moment(row.get("opened_at", ""), cells.zone, "time of a return"),
        name=words(row, "name"),
        state=_one_of(ReturnState, row.get("state", ReturnState.OPEN.value)),
        pieces=cells.value(lambda: quantity(row.get("pieces", 0)), 0),
        label_at=time("label_at"),
        back_at=time("back_at"),
        money_at=time("money_at"),
        closed_at=time("closed_at"),
    )


def _postal(row: _Row) -> PostalAddress:
    return PostalAddress(
        **{part: words(row, part) for part in ("name", "street", "postcode", "city", "region", "country")}
    )


def _one_of(kind: type[_Kind], text: object) -> _Kind:
    try:
        return kind(str(text))
    except ValueError as error:
        known = ", ".join(kind)
        raise BrokenRow(f'"{words({"": text}, "")}" is none of {known}') from error


def _table(row: Any, what: str) -> _Row:
    if not isinstance(row, dict):
        raise BrokenRow(f"the {what} is no table")
    return row


def _list(row: _Row, name: str) -> Iterable[Any]:
    found = row.get(name, [])
    if not isinstance(found, list):
        raise BrokenRow(f"`{name}` is no list")
    return found
