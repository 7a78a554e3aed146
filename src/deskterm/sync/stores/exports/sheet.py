"""The rows of an orders file, and reading its cells: how it writes amounts and dates."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import field
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from deskterm.config.settings_file import Store
from deskterm.domain.orders.order import Fulfilment, Money, OrderFact, Payment
from deskterm.sync.stores.exports.amounts import (
    amount_currency,
    common_mark,
    currency_code,
    heading_currency,
    read_amount,
)
from deskterm.sync.stores.exports.dates import DAY_FIRST, common_order, read_moment
from deskterm.sync.stores.reading import BrokenRow, quantity, words
from deskterm.sync.stores.statuses import States, find_states
from deskterm.value_class import dataclass

# Cells that mean "empty".
_NOTHING = frozenset(
    {"-", "--", "–", "—", "n/a", "n.a.", "na", "#n/a", "nan", "null", "none", "nil", "\\n", "0000-00-00",
     "0000-00-00 00:00:00"}
)  # fmt: skip
_AMOUNT = re.compile(r"[€$£]?\s?[0-9][0-9.']{0,12},[0-9]{2}\s?(?:€|[A-Z]{3}|zł)?|[0-9]{1,9}\.[0-9]{2}")
Row = Mapping[str, str]
NumberedRow = tuple[int, Row]  # with the line of the file it begins on
_T = TypeVar("_T")


@dataclass(slots=True)
class OrderSheet:
    """Rows as (line, row) of these `columns`, with what is needed to read their cells.

    `mark` and `order` are what this kind of export always writes ("." and
    `dates.MONTH_FIRST`, say), "" where that is the owner's choice: then the
    cells of the column decide together, and after it those of the whole file. `written_at` is when the file
    was (UTC seconds; 0 where that is not known): no order in it is younger. `beside` are the rows of second
    files in the same folder, by kind and order.
    """

    rows: Sequence[NumberedRow]
    zone: ZoneInfo
    store: Store
    columns: tuple[str, ...] = ()
    mark: str = ""
    order: str = ""
    beside: Mapping[str, Mapping[str, Sequence[Row]]] = field(default_factory=dict)
    written_at: int = 0
    _marks: dict[str, str] = field(default_factory=dict)
    _orders: dict[str, str] = field(default_factory=dict)
    _made: dict[tuple[object, ...], Any] = field(default_factory=dict)  # by the reader and what it was given
    _currencies: dict[tuple[str, ...], str] = field(default_factory=dict)
    _amounts: dict[tuple[str, str, str, bool], Money] = field(default_factory=dict)
    _moments: dict[tuple[str, str], int] = field(default_factory=dict)
    _states: dict[tuple[int, str], States] = field(default_factory=dict)  # by the table and the word

    _unread: list[tuple[str, OrderFact | None]] = field(default_factory=list)  # of the order being read

    def note_unread(self, broken: BrokenRow, fact: OrderFact | None = None) -> None:
        """Note an unreadable cell: the order is kept, the cell is reported, and `fact` is unknown."""
        self._unread.append((str(broken), fact))

    def note_missing(self, fact: OrderFact) -> None:
        """Note an empty cell, so that `fact` is unknown; nothing is wrong with it."""
        self._unread.append(("", fact))

    def take_unread(self) -> Sequence[tuple[str, OrderFact | None]]:
        """The unreadable cells of the order just read: descriptions, and the facts that are unknown."""
        if not self._unread:
            return ()
        found, self._unread = list(dict.fromkeys(self._unread)), []
        return found

    def read_once(
        self,
        read: Callable[..., _T],
        row: Row,
        columns: Sequence[str],
        *besides: object,
    ) -> _T:
        """The result of `read` for these columns of a row, cached for rows with the same cells.

        It is given this sheet, a row of these columns alone and what stands besides, so that what it
        makes rests on nothing else.
        """
        key = (read, besides, *map(row.get, columns))
        made = self._made.get(key)
        if made is None:
            cells = {name: text for name, text in zip(columns, key[2:], strict=True) if text}
            before = len(self._unread)
            made = self._made[key] = read(self, cells, *besides), self._unread[before:]
        elif made[1]:
            self._unread += made[1]
        found: _T = made[0]  # what this reader made of these cells before
        return found

    def currency(self, row: Row, *names: str, amounts: Sequence[str] = ()) -> str:
        """The currency of a row's amounts as `find_currency` gives it. Raises BrokenRow for none."""
        if code := self.find_currency(row, *names, amounts=amounts):
            return code
        raise BrokenRow("its currency is not named")

    def find_currency(self, row: Row, *names: str, amounts: Sequence[str] = ()) -> str:
        """The currency of a row: from its columns, its amounts, their headings, the file, the settings.

        "" if none of them names one.
        """
        cell = words(row, *names)
        if code := currency_code(cell):
            return code
        beside = (amount_currency(row.get(name) or "") for name in amounts)
        code = next(filter(None, beside), "") or self._only_currency(names, tuple(amounts))
        code = code or currency_code(self.store.currency)
        if cell and code:
            self.note_unread(BrokenRow(f'the currency "{cell[:30]}" is not known, {code} is taken'))
        return code

    def _only_currency(self, names: tuple[str, ...], amounts: tuple[str, ...]) -> str:
        """The only currency that the file names in these columns, in headings or with amounts, or ""."""
        key = (*names, "", *amounts)
        if key not in self._currencies:
            cells = {currency_code(words(row, *names)) for _, row in self.rows}
            headings = {heading_currency(one) for one in (*amounts, *self.columns)}
            beside = {amount_currency(row.get(name) or "") for _, row in self.rows for name in amounts}
            each = (found - {""} for found in (cells, headings, beside))
            self._currencies[key] = next((found.pop() for found in each if len(found) == 1), "")
        return self._currencies[key]

    def amount(
        self,
        row: Row,
        coin: str,
        what: str,
        *names: str,
        default: str = "",
        rounded: bool = False,
        fact: OrderFact | None = None,
    ) -> Money:
        """The amount in the first non-empty of these columns; 0 if it cannot be read."""
        name, text = first_cell(row, *names)
        key = (name, text, coin, rounded)
        found = self._amounts.get(key)
        if found is None:
            try:
                found = self._read_amount(name, text or default, coin, what, rounded=rounded)
            except BrokenRow as broken:
                self.note_unread(broken, fact)
                return Money(0, coin)
            self._amounts[key] = found
        return found

    def _read_amount(self, name: str, text: str, coin: str, what: str, *, rounded: bool) -> Money:
        if not text:
            raise BrokenRow(f"it names no {what}")
        return read_amount(text, coin, what, lambda: self._mark(name), rounded=rounded)

    def moment(self, row: Row, what: str, *names: str) -> int:
        """The time (UTC seconds) in the first non-empty of these columns. Raises BrokenRow."""
        return self._moment(what, *first_cell(row, *names))

    def _moment(self, what: str, name: str, text: str) -> int:
        key = name, text
        found = self._moments.get(key)
        if found is None:
            found = self._moments[key] = read_moment(text, self.zone, what, lambda: self._order(name))
        return found

    def moment_or_none(self, row: Row, what: str, *names: str) -> int | None:
        """The time as `moment` gives it; None if it is missing or cannot be read."""
        name, text = first_cell(row, *names)
        if not text:
            return None
        try:
            return self._moment(what, name, text)
        except BrokenRow as broken:
            self.note_unread(broken)
            return None

    def placed_at(self, row: Row, *names: str) -> int:
        """When an order was placed (UTC seconds); when the file was written if that cannot be read."""
        try:
            return self.moment(row, "time it was placed", *names)
        except BrokenRow as broken:
            self.note_unread(broken, OrderFact.PLACED)
            return self.written_at

    def count(self, text: str) -> int:
        """The number of pieces in a cell; one if it cannot be read."""
        try:
            return quantity(text)
        except BrokenRow as broken:
            self.note_unread(broken, OrderFact.LINES)
            return 1

    def payment(self, table: Mapping[str, Payment], text: str) -> States:
        """The payment states that a word in a payment column means."""
        key = (id(table), text)
        if key not in self._states:
            meanings = {word: (state, None) for word, state in table.items()}
            self._states[key] = find_states(text, meanings, self.store.status)
        return self._states[key]

    def fulfilment(self, table: Mapping[str, Fulfilment], text: str) -> States:
        """The fulfilment states that a word in a shipping column means."""
        key = (id(table), text)
        if key not in self._states:
            meanings = {word: (None, state) for word, state in table.items()}
            self._states[key] = find_states(text, meanings, self.store.status)
        return self._states[key]

    def _mark(self, name: str) -> str:
        """The decimal mark of a column, else that of this kind of export."""
        if name not in self._marks:
            self._marks[name] = common_mark(self._column(name))
        return self._marks[name] or self.mark

    def _order(self, name: str) -> str:
        """Day or month first: as in the column, in this kind of export, or in the file's other columns."""
        if name not in self._orders:
            self._orders[name] = common_order(self._column(name), self.written_at)
        return self._orders[name] or self.order or self._common_order()

    def _common_order(self) -> str:
        """The order in the whole file: by its other dates; else day first if it has decimal commas."""
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
    """The first non-empty of these columns and its text, else the last one and ""."""
    for name in names:
        text = row.get(name)
        if text and (text := text.strip()) and text.casefold() not in _NOTHING:
            return name, text
    return names[-1], ""
