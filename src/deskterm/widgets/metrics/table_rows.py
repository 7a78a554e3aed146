"""A table of the report as rows: its subject, then each figure with the number of tickets behind it."""

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from deskterm.domain.figures.figure_formats import FigureWords, count_mark, is_small
from deskterm.domain.figures.samples import distinct
from deskterm.domain.figures.values import Figure, SplitRow, Table
from deskterm.widgets.drawing import charts
from deskterm.widgets.drawing.cells import cell_len, fit, fit_right, wrap
from deskterm.widgets.drawing.lines import Bit, DrawnLine, line
from deskterm.widgets.metrics.figure_rows import WIDE
from deskterm.widgets.metrics.keys import BarKey
from deskterm.widgets.rows import Item

_VALUE, _NAME, _BETWEEN = 10, 15, 2  # cells of a value, of a heading, between two columns
_BEFORE = "before"
_LEAST_LABEL, _LABEL, _MOST_LABEL = 16, 20, 44
_LEAST_BAR, _GOOD_BAR, _MOST_BAR, _LONG_BAR = 6, 14, 40, 90
_KEYS = (f"{charts.BAR} now  {charts.TICK} {_BEFORE}", f"{charts.TICK} {_BEFORE}")  # legend of the bars


class Columns(NamedTuple):
    """How many cells the columns of a figure take: its value and its earlier value (0: not shown).

    `counted` of the value's cells say how many tickets it was counted from.
    """

    value: int
    counted: int
    before: int

    @property
    def both(self) -> int:
        """The cells of all columns."""
        return self.value + self.before


class TableRows:
    """Draws a table at a width in cells, with a bar behind the figures if there is room.

    If the columns do not fit, only the first has its earlier value. With `definitions` each row also says
    below what else is known about it.
    """

    def __init__(self, words: FigureWords, table: Table, width: int, *, definitions: bool = False) -> None:
        self._words, self._table, self._width, self._definitions = words, table, width, definitions
        self._columns = self._fit_columns(width - _LEAST_LABEL - 2)
        room = width - sum(one.both for one in self._columns) - 2
        most = _LONG_BAR if width >= WIDE else _MOST_BAR
        self._label = min(_MOST_LABEL, max(_LEAST_LABEL, min(room, max(_LABEL, room - most))))
        self._bar = min(most, room - self._label - 2)
        self._most = 0.0  # the greatest first figure of the rows shown

    def _fit_columns(self, room: int) -> list[Columns]:
        """The widest columns that fit into `room`; a second `before` gives way to the bar."""
        figures = list(zip(*(row.figures for row in self._table.rows), strict=True))
        columns: list[Columns] = []
        for name, pairs, bar in ((_NAME, len(figures), _GOOD_BAR), (_NAME, 1, 0), (_VALUE, 1, 0)):
            columns = [self._widths(one, name, is_pair=place < pairs) for place, one in enumerate(figures)]
            if sum(one.both for one in columns) <= room - bar:
                break
        return columns

    def _widths(self, figures: Sequence[Figure], name: int, *, is_pair: bool) -> Columns:
        """The cells of one figure's columns: as wide as their contents and heading."""
        count = max(len(count_mark(one)) for one in figures)
        count += bool(count)
        values = max(min(cell_len(self._words.value(one)), name) for one in figures)
        titles = max(min(cell_len(part), name) for part in wrap(figures[0].title, name)[:2])
        before = max(len(_BEFORE), *(cell_len(self._words.before(one)) for one in figures))
        value = max(titles, values + count)
        return Columns(value + _BETWEEN, count, (min(before, name) + _BETWEEN) * is_pair)

    def items(self, most: int | None = None) -> list[Item]:
        """The heading and the rows; at most `most` rows, the rest summed up in the last."""
        heading = self.heading()
        rows = self._table.rows if most is None else together(self._table.rows, most + 1 - len(heading.lines))
        if len(rows) < len(self._table.rows):  # a sum may need more room
            shown = replace(self._table, rows=tuple(rows))
            return TableRows(self._words, shown, self._width, definitions=self._definitions).items()
        if not rows:
            return [heading, Item((DrawnLine.of(" " + self._table.nothing, "dim"),))]
        firsts = [row.figures[0] for row in rows]
        self._most = max(max(one.value or 0, one.before or 0) for one in firsts)
        return [heading, *map(self.row, rows)]

    def heading(self) -> Item:
        """The title and headings, in two lines if one is too short for them."""
        names = self._table.rows[0].figures if self._table.rows else ()
        titles = [_two_lines(self._table.title, self._label)]
        for one, room in zip(names, self._columns, strict=False):
            titles.append(_two_lines(one.title, room.value - _BETWEEN))
        upper, lower = zip(*titles, strict=True)
        above = [self._heading_line(upper)] if any(upper) else []
        return Item((*above, self._heading_line(lower, is_last=True)))

    def _heading_line(self, words: Sequence[str], *, is_last: bool = False) -> DrawnLine:
        title, *names = words
        text = ""
        for name, room in zip(names, self._columns, strict=False):
            text += fit_right(name, room.value) + fit_right(_BEFORE * is_last, room.before)
        if names and is_last:
            text += "  " + next((key for key in _KEYS if len(key) <= self._bar), "")
        return line(Bit(" " + fit(title, self._label), bold=True), Bit(text, "dim"))

    def row(self, row: SplitRow) -> Item:
        """One line: each figure, its count, and its earlier value."""
        bits = [Bit(" " + fit(row.label or self._table.unlabelled, self._label), "soft")]
        for figure, room in zip(row.figures, self._columns, strict=True):
            value = fit_right(self._words.value(figure), room.value - room.counted)
            bits.append(Bit(value, bold=figure is row.figures[0]))
            if room.counted:
                shade = "amber" if is_small(figure) else "dim"
                bits.append(Bit(fit_right(count_mark(figure), room.counted), shade))
            if room.before:
                bits.append(Bit(fit_right(self._words.before(figure), room.before), "soft"))
        if self._bar >= _LEAST_BAR:
            first = row.figures[0]
            drawn = charts.bar_with_tick(first.value or 0, first.before or 0, self._most, self._bar)
            bits += [Bit("  " + drawn.bar, "accent"), Bit(drawn.tick), Bit(drawn.beyond, "accent")]
        below = self._explain(row) if self._definitions else []
        return Item((line(*bits), *below), BarKey(self._table.title, row.label, row))

    def _explain(self, row: SplitRow) -> list[DrawnLine]:
        texts = [self._words.in_a_line(one) for one in row.figures if one.n or one.left_out]
        return [DrawnLine.of("   " + part, "dim") for text in texts for part in wrap(text, self._width - 4)]


def _two_lines(text: str, width: int) -> tuple[str, str]:
    """A heading as two lines; the upper one is empty if one line is enough."""
    *upper, lower = wrap(text, width)[:2]
    return "".join(upper), lower


def together(rows: Sequence[SplitRow], room: int) -> list[SplitRow]:
    """At most `room` rows, but at least three; the first figure of the others is summed up."""
    room = max(room, 3)
    if len(rows) <= room:
        return list(rows)
    rest = rows[room - 1 :]
    added = tuple(_sum([row.figures[place] for row in rest]) for place in range(len(rest[0].figures)))
    return [*rows[: room - 1], SplitRow(f"{len(rest)} others", added)]


def _sum(figures: Sequence[Figure]) -> Figure:
    """The sum of counts and times; medians cannot be summed."""
    first = figures[0]
    known = [one.value for one in figures if one.value is not None]
    before = [one.before for one in figures if one.before is not None]
    addable = first.unit in ("tickets", "count", "money") or first.id == "handling"
    return Figure(
        first.id, first.title, first.definition, first.unit,
        sum(known) if known and addable else None, sum(before) if before and addable else None,
        sum(one.n for one in figures), distinct(ticket for one in figures for ticket in one.tickets),
        before_n=sum(one.before_n for one in figures), currency=first.currency, total=first.total,
    )  # fmt: skip
