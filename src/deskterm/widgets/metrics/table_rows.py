"""A table of the report as rows: what it is about, then a pair of columns for each of its figures."""

from collections.abc import Sequence

from deskterm.domain.figures.samples import distinct
from deskterm.domain.figures.values import Figure, SplitRow, Table
from deskterm.domain.figures.words import FigureWords
from deskterm.widgets.drawing import charts
from deskterm.widgets.drawing.cells import fit, fit_right
from deskterm.widgets.drawing.lines import Bit, DrawnLine, line
from deskterm.widgets.metrics.keys import BarKey
from deskterm.widgets.rows import Item

_VALUE, _BEFORE = 9, 10
_LEAST_LABEL, _LABEL, _MOST_LABEL = 16, 20, 34
_LEAST_BAR, _MOST_BAR = 6, 40


class TableRows:
    """Draws a table at a width in cells; a bar stands behind the figures where there is room.

    Where the columns do not fit, only the first says what it was before.
    """

    def __init__(self, words: FigureWords, table: Table, width: int) -> None:
        self._words, self._table = words, table
        columns = len(table.rows[0].figures) if table.rows else 1
        self._pairs = columns if width - columns * (_VALUE + _BEFORE) > _LEAST_LABEL + 1 else 1
        room = width - columns * _VALUE - self._pairs * _BEFORE - 2
        self._label = min(_MOST_LABEL, max(_LEAST_LABEL, min(room, max(_LABEL, room - _MOST_BAR))))
        self._bar = min(_MOST_BAR, room - self._label - 2)
        values = [value for row in table.rows for value in (row.figures[0].value, row.figures[0].before)]
        self._most = max((value for value in values if value is not None), default=0)

    def items(self, most: int | None = None) -> list[Item]:
        """The heading, and the rows: at most so many, those that do not fit added up in the last."""
        rows = self._table.rows if most is None else together(self._table.rows, most)
        if not rows:
            return [self.heading(), Item((DrawnLine.of(" " + self._table.nothing, "dim"),))]
        return [self.heading(), *map(self.row, rows)]

    def heading(self) -> Item:
        """Its title, and what the columns are."""
        names = self._table.rows[0].figures if self._table.rows else ()
        bits = []
        for place, one in enumerate(names):
            room = self._room(place)
            bits.append(Bit(fit_right(fit_words(one.title, room - 1), room), "dim"))
        return Item((line(Bit(" " + fit(self._table.title, self._label), bold=True), *bits),))

    def _room(self, place: int) -> int:
        return _VALUE + (_BEFORE if place < self._pairs else 0)

    def row(self, row: SplitRow) -> Item:
        """One line: each figure, and in brackets what it was before."""
        bits = [Bit(" " + fit(row.label or self._table.unlabelled, self._label), "soft")]
        for place, figure in enumerate(row.figures):
            bits += self._pair(figure, place)
        if self._bar >= _LEAST_BAR:
            first = row.figures[0]
            both, more, less = charts.pair(first.value or 0, first.before or 0, self._most, self._bar)
            bits += [Bit("  " + both, "accent"), Bit(more, "accent"), Bit(less, "dim")]
        return Item((line(*bits),), BarKey(self._table.title, row.label, row))

    def _pair(self, figure: Figure, place: int) -> list[Bit]:
        bits = [Bit(fit_right(self._words.value(figure), _VALUE), bold=place == 0)]
        if place < self._pairs:
            bits.append(Bit(fit_right(f"({self._words.before(figure)})", _BEFORE), "dim"))
        return bits


def fit_words(text: str, width: int) -> str:
    """A column's name in as many whole words as fit."""
    words = text.split()
    while len(words) > 1 and len(" ".join(words)) > width:
        words.pop()
    return " ".join(words)


def together(rows: Sequence[SplitRow], room: int) -> list[SplitRow]:
    """At most `room` rows, but three at least: of those that do not fit the first figure is added up."""
    room = max(room, 3)
    if len(rows) <= room:
        return list(rows)
    rest = rows[room - 1 :]
    added = tuple(_sum([row.figures[place] for row in rest]) for place in range(len(rest[0].figures)))
    return [*rows[: room - 1], SplitRow(f"{len(rest)} others", added)]


def _sum(figures: Sequence[Figure]) -> Figure:
    """Numbers and times that can be added; a median cannot."""
    first = figures[0]
    known = [one.value for one in figures if one.value is not None]
    before = [one.before for one in figures if one.before is not None]
    addable = first.unit in ("tickets", "count", "money") or first.id == "handling"
    return Figure(
        first.id, first.title, first.definition, first.unit,
        sum(known) if known and addable else None, sum(before) if before and addable else None,
        sum(one.n for one in figures), distinct(ticket for one in figures for ticket in one.tickets),
        before_n=sum(one.before_n for one in figures), currency=first.currency,
    )  # fmt: skip
