"""Figures as rows of columns: value, earlier value, count, change."""

from typing import NamedTuple

from deskterm.domain.figures.figure_formats import NOTHING, FigureWords, is_small, never_noted
from deskterm.domain.figures.values import Figure
from deskterm.widgets.drawing import charts
from deskterm.widgets.drawing.cells import fit, fit_right, wrap
from deskterm.widgets.drawing.lines import Bit, DrawnLine, line
from deskterm.widgets.metrics.keys import FigureKey
from deskterm.widgets.rows import Item

_LEAST_TITLE, _MOST_TITLE = 16, 44
_WITH_YEAR = 90  # cells from which the year before has its own column
WIDE = 140  # cells from which columns are further apart and bars longer
_SERIES, _FEWER = 10, 6  # periods of a sparkline, and in a narrow list
_SHADES = {"better": "green", "worse": "red", "": "dim"}
_SIGNS = {"better": "✓", "worse": "!", "": " "}


class Widths(NamedTuple):
    """The cells of the columns: values, how many, the change, and each period of the sparkline."""

    value: int = 10
    number: int = 6
    change: int = 11
    period: int = 1

    @classmethod
    def of(cls, width: int) -> "Widths":
        """Those for rows of a width."""
        return cls(14, 10, 15, 3) if width >= WIDE else cls()


class FigureRows:
    """Draws figures as rows at a width in cells. With `definitions`, each says below how it is counted."""

    def __init__(self, words: FigureWords, width: int, *, definitions: bool = False) -> None:
        self._words, self._width, self._definitions = words, width, definitions
        self._year = width >= _WITH_YEAR
        self._widths = cells = Widths.of(width)
        self._series = _SERIES if self._year else _FEWER
        taken = (2 + self._year) * cells.value + cells.number + cells.change + self._series * cells.period + 5
        self._title = min(_MOST_TITLE, max(_LEAST_TITLE, width - taken))
        self._asked = ""  # why the figure above has no value

    def heading(self, hours: str, first: str, steps: str) -> DrawnLine:
        """The headings of the columns; above the titles, which `hours` are counted."""
        cells = self._widths
        more = max(0, len(first) - cells.value)  # taken from the titles' column: "this quarter"
        names = [fit_right(first, cells.value + more), fit_right("before", cells.value)]
        if self._year:
            names.append(fit_right("year ago", cells.value))
        names += [fit_right("n", cells.number), fit_right("change", cells.change) + "    " + steps]
        title = Bit(" " + fit(hours, self._title - more), "accent")
        return line(title, *(Bit(name, "dim") for name in names))

    def row(self, figure: Figure) -> Item:
        """A figure; one that was never recorded says why instead of its columns, several in a row once."""
        title = Bit(" " + fit(figure.title, self._title))
        if never_noted(figure):
            asks = NOTHING if figure.asks == self._asked else figure.asks
            self._asked = figure.asks
            words = Bit(fit("  " + asks, self._width - self._title - 2), "dim")
            return Item((line(title, words),), FigureKey(figure.id, figure))
        self._asked = ""
        below = self._explain(figure) if self._definitions else []
        if figure.note and not self._definitions:
            below = [DrawnLine.of(f"   {figure.note}", "dim")]
        return Item((line(title, *self._columns(figure)), *below), FigureKey(figure.id, figure))

    def _columns(self, figure: Figure) -> list[Bit]:
        words, cells = self._words, self._widths
        trend = words.trend(figure)
        bits = [
            Bit(fit_right(words.value(figure), cells.value), bold=True),
            Bit(fit_right(words.before(figure), cells.value), "soft"),
        ]
        if self._year:
            bits.append(Bit(fit_right(words.year_ago(figure), cells.value), "soft"))
        few = "few " if is_small(figure) else ""
        drawn = charts.sparkline(figure.series, self._series)
        *earlier, last = (charts.widen(sign, cells.period) for sign in drawn or " ")
        return [
            *bits,
            Bit(fit_right(f"{few}{figure.n or ''}", cells.number), "amber" if few else "dim"),
            Bit(fit_right(words.change(figure), cells.change) + f" {_SIGNS[trend]}", _SHADES[trend]),
            Bit("  " + "".join(earlier), "dim"),
            Bit(last, "accent"),
        ]

    def _explain(self, figure: Figure) -> list[DrawnLine]:
        texts = self._words.explanation(figure)
        lines = [*wrap(texts[0], self._width - 3), *wrap(" · ".join(texts[1:]), self._width - 3)]
        return [DrawnLine.of("   " + text, "dim") for text in lines]
