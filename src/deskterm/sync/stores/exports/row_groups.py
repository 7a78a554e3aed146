"""The rows of an orders file by order, each read into one."""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import NamedTuple

from deskterm.domain.orders.order import Order
from deskterm.sync.stores.exports.sheet import NumberedRow, OrderSheet, Row
from deskterm.sync.stores.reading import (
    KEPT_WITHOUT,
    BrokenRow,
    Reading,
    describe_lack_of_currency,
    without_amounts,
    without_unread,
    words,
)

ReadOrder = Callable[[OrderSheet, Sequence[Row]], Order]


def read_groups(sheet: OrderSheet, key: tuple[str, ...], read: ReadOrder) -> Reading:
    """Read orders from rows grouped by the first non-empty of the columns `key`."""
    orders: list[tuple[_RowPlace, Order]] = []
    problems: list[str] = []
    without_currency: list[str] = []
    sheet.take_unread()
    for place, rows in _groups(sheet.rows, key):
        try:
            order = read(sheet, rows)
        except BrokenRow as broken:
            problems.append(f"{place}: {broken}")
            sheet.take_unread()
            continue
        if unread := sheet.take_unread():
            order = without_unread(order, [fact for _, fact in unread if fact])
            problems += [f"{place}: {problem}; {KEPT_WITHOUT}" for problem, _ in unread if problem]
        if not order.total.currency:
            order = without_amounts(order)
            without_currency.append(str(place))
        orders.append((place, order))
    kept, doubled = _without_doubles(orders)
    return Reading(kept, (*describe_lack_of_currency(without_currency), *problems, *doubled))


class _RowPlace(NamedTuple):
    """An order's place in its file: the line it begins on, and its number there."""

    line: int
    name: str

    def __str__(self) -> str:
        return f"line {self.line} ({self.name})" if self.name else f"line {self.line}"


def _groups(rows: Sequence[NumberedRow], key: tuple[str, ...]) -> list[tuple[_RowPlace, list[Row]]]:
    """The rows grouped by order, even if they are apart because the file was sorted by a column."""
    groups: list[tuple[_RowPlace, list[Row]]] = []
    named: dict[str, list[Row]] = {}
    for line, row in rows:
        name = words(row, *key)
        if (known := named.get(name)) is not None:
            known.append(row)
            continue
        found = [row]
        groups.append((_RowPlace(line, name), found))
        if name:
            named[name] = found
    return groups


def _without_doubles(orders: Sequence[tuple[_RowPlace, Order]]) -> tuple[tuple[Order, ...], list[str]]:
    """The orders with unique keys; doubles are reported, as one would overwrite the other."""
    times = Counter(order.external_id for _, order in orders)
    kept = tuple(order for _, order in orders if times[order.external_id] == 1)
    doubled = [
        f"{place}: its key {order.external_id} stands in {found} orders; none of them is believed"
        for place, order in orders
        if (found := times[order.external_id]) > 1
    ]
    return kept, doubled
