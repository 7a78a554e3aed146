"""The rows of an orders file, and the habits they share: how amounts and dates are written in it."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import field
from typing import Any, NamedTuple, TypeVar
from zoneinfo import ZoneInfo

from deskterm.config.settings_file import Store
from deskterm.domain.orders.order import Fulfilment, Money, Order, Payment
from deskterm.sync.stores.exports.amounts import common_mark, named_currency, read_amount
from deskterm.sync.stores.exports.dates import DAY_FIRST, common_order, read_moment
from deskterm.sync.stores.reading import BrokenRow, Reading, currency, words
from deskterm.sync.stores.statuses import States, find_states
from deskterm.value_class import dataclass

# What stands in a cell that says nothing.
_NOTHING = frozenset(
    {"-", "--", "–", "—", "n/a", "n.a.", "na", "#n/a", "nan", "null", "none", "nil", "\\n", "0000-00-00",
     "0000-00-00 00:00:00"}
)  # fmt: skip
_AMOUNT = re.compile(r"[€$£]?\s?[0-9][0-9.']{0,12},[0-9]{2}\s?(?:€|[A-Z]{3}|zł)?|[0-9]{1,9}\.[0-9]{2}")
Row = Mapping[str, str]
NumberedRow = tuple[int, Row]  # with the line of the file it begins on
ReadOrder = Callable[["OrderSheet", Sequence[Row]], Order]
_T = TypeVar("_T")


@dataclass(slots=True)
class OrderSheet:
    """Rows as (line, row), with what is needed to read their cells.

    `mark` and `order` are what this kind of export always writes ("." and
    `dates.MONTH_FIRST`, say), "" where that is the owner's choice: then the
    cells of the column decide together, and after it those of the whole file. `written_at` is when the file
    was (UTC seconds; 0 where that is not known): no order in it is younger. `beside` are the rows of second
    files in the same folder, by kind and order.
    """

    rows: Sequence[NumberedRow]
    zone: ZoneInfo
    store: Store
    mark: str = ""
    order: str = ""
    beside: Mapping[str, Mapping[str, Sequence[Row]]] = field(default_factory=dict)
    written_at: int = 0
    _marks: dict[str, str] = field(default_factory=dict)
    _orders: dict[str, str] = field(default_factory=dict)
    _made: dict[tuple[object, ...], Any] = field(default_factory=dict)  # by the reader and what it was given
    _amounts: dict[tuple[str, str, str, bool], Money] = field(default_factory=dict)
    _moments: dict[tuple[str, str], int] = field(default_factory=dict)
    _states: dict[tuple[int, str], States] = field(default_factory=dict)  # by the table and the word

    def read_once(
        self,
        read: Callable[..., _T],
        row: Row,
        columns: Sequence[str],
        *besides: object,
    ) -> _T:
        """What `read` makes of these columns of a row, made once for all rows in which they say the same.

        It is given this sheet, a row of these columns alone and what stands besides, so that what it
        makes rests on nothing else.
        """
        key = (read, *besides, *map(row.get, columns))
        found: _T | None = self._made.get(key)
        if found is None:
            cells = {name: text for name in columns if (text := row.get(name)) is not None}
            found = self._made[key] = read(self, cells, *besides)
        return found

    def currency(self, row: Row, *names: str, amounts: Sequence[str] = ()) -> str:
        """The currency of an order: of its columns, of the sign in an amount, of the settings."""
        signed = (named_currency(row.get(name) or "") for name in amounts)
        return currency(words(row, *names) or next(filter(None, signed), "") or self.store.currency)

    def amount(
        self, row: Row, coin: str, what: str, *names: str, default: str = "", rounded: bool = False
    ) -> Money:
        """The amount in the first of these columns that says something. BrokenRow where it is none."""
        name, text = first_cell(row, *names)
        key = (name, text, coin, rounded)
        found = self._amounts.get(key)
        if found is None:
            found = read_amount(text or default, coin, what, lambda: self._mark(name), rounded=rounded)
            self._amounts[key] = found
        return found

    def moment(self, row: Row, what: str, *names: str) -> int:
        """The time (UTC seconds) in the first of these columns that says something, else BrokenRow."""
        key = name, text = first_cell(row, *names)
        found = self._moments.get(key)
        if found is None:
            found = self._moments[key] = read_moment(text, self.zone, what, lambda: self._order(name))
        return found

    def moment_or_none(self, row: Row, what: str, *names: str) -> int | None:
        """The same, None where nothing is written."""
        return self.moment(row, what, *names) if first_cell(row, *names)[1] else None

    def payment(self, table: Mapping[str, Payment], text: str) -> States:
        """What a word of a column for payments means."""
        key = (id(table), text)
        if key not in self._states:
            meanings = {word: (state, None) for word, state in table.items()}
            self._states[key] = find_states(text, meanings, self.store.status)
        return self._states[key]

    def fulfilment(self, table: Mapping[str, Fulfilment], text: str) -> States:
        """What a word of a column for parcels means."""
        key = (id(table), text)
        if key not in self._states:
            meanings = {word: (None, state) for word, state in table.items()}
            self._states[key] = find_states(text, meanings, self.store.status)
        return self._states[key]

    def _mark(self, name: str) -> str:
        """The decimal mark: as the column has it, else as this kind of export does."""
        if name not in self._marks:
            self._marks[name] = common_mark(self._column(name))
        return self._marks[name] or self.mark

    def _order(self, name: str) -> str:
        """Whether the day comes first: as the column, such exports, the file's other columns have it."""
        if name not in self._orders:
            self._orders[name] = common_order(self._column(name), self.written_at)
        return self._orders[name] or self.order or self._common_order()

    def _common_order(self) -> str:
        """The habit of the whole file: its other dates, else a decimal comma, with which the day is first."""
        if "" not in self._orders:
            cells = [text for _, row in self.rows for text in row.values()]
            found = common_order(cells, self.written_at)
            self._orders[""] = found or (
                DAY_FIRST if common_mark(filter(_looks_like_amount, cells)) == "," else ""
            )
        return self._orders[""]

    def _column(self, name: str) -> Iterator[str]:
        return (row.get(name) or "" for _, row in self.rows)


def _looks_like_amount(text: str) -> bool:
    return _AMOUNT.fullmatch(text.strip()) is not None


def first_cell(row: Row, *names: str) -> tuple[str, str]:
    """The first of these columns that says something, and its text; the last of them and "" for none."""
    for name in names:
        text = row.get(name)
        if text and (text := text.strip()) and text.casefold() not in _NOTHING:
            return name, text
    return names[-1], ""


def read_groups(sheet: OrderSheet, key: tuple[str, ...], read: ReadOrder) -> Reading:
    """The orders of rows that belong together by the first of the columns `key` that says something."""
    orders: list[tuple[_RowPlace, Order]] = []
    problems: list[str] = []
    for place, rows in _groups(sheet.rows, key).items():
        try:
            orders.append((place, read(sheet, rows)))
        except BrokenRow as broken:
            problems.append(f"{place}: {broken}")
    kept, doubled = _without_doubles(orders)
    return Reading(kept, (*problems, *doubled))


class _RowPlace(NamedTuple):
    """Where an order stands in its file: the line it begins on, and what it is called there."""

    line: int
    name: str

    def __str__(self) -> str:
        return f"line {self.line} ({self.name})" if self.name else f"line {self.line}"


def _groups(rows: Sequence[NumberedRow], key: tuple[str, ...]) -> dict[_RowPlace, list[Row]]:
    """Rows of one order together, wherever they stand: sorting a file by a column parts them."""
    groups: dict[_RowPlace, list[Row]] = {}
    named: dict[str, list[Row]] = {}
    for line, row in rows:
        name = words(row, *key)
        if name in named:
            named[name].append(row)
            continue
        found = groups[_RowPlace(line, name)] = [row]
        if name:
            named[name] = found
    return groups


def _without_doubles(orders: Sequence[tuple[_RowPlace, Order]]) -> tuple[tuple[Order, ...], list[str]]:
    """Orders with a key of their own; those that share one are named: one would overwrite the other."""
    times = Counter(order.external_id for _, order in orders)
    kept = tuple(order for _, order in orders if times[order.external_id] == 1)
    doubled = [
        f"{place}: its key {order.external_id} stands in {found} orders; none of them is believed"
        for place, order in orders
        if (found := times[order.external_id]) > 1
    ]
    return kept, doubled
