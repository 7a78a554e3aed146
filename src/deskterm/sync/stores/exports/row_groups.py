"""The rows of an orders file by order, each read into one."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from deskterm.domain.orders.order import Order
from deskterm.sync.stores.exports.sheet import NumberedRow, OrderSheet, Row
from deskterm.sync.stores.reading import BrokenRow, OrderCollector, Reading, words

ReadOrder = Callable[[OrderSheet, Sequence[Row]], Order]


def read_groups(sheet: OrderSheet, key: tuple[str, ...], read: ReadOrder) -> Reading:
    """Read orders from rows grouped by the first non-empty of the columns `key`."""
    collector = OrderCollector()
    sheet.take_unread()
    for place, rows in _groups(sheet.rows, key):
        try:
            order = read(sheet, rows)
        except BrokenRow as broken:
            collector.leave_out(place, broken)
            sheet.take_unread()
            continue
        unread = sheet.take_unread()
        problems = [problem for problem, _ in unread if problem]
        collector.add(place, order, problems, [fact for _, fact in unread if fact])
    return collector.reading()


def check_one_order(rows: Sequence[Row], *columns: Sequence[str]) -> None:
    """Raise BrokenRow if rows with the same number are of two orders: they differ in one of these columns.

    A column may have several names. Rows in which it is empty say nothing.
    """
    for names in columns if len(rows) > 1 else ():
        if len({text for row in rows if (text := words(row, *names))}) > 1:
            raise BrokenRow(f"two orders have this number: they differ in {names[0]}")


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
        bare = name.lstrip("#")
        if (known := named.get(bare)) is not None:
            known.append(row)
            continue
        found = [row]
        groups.append((_RowPlace(line, name), found))
        if bare:
            named[bare] = found
    return groups
