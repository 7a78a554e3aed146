"""Figures as rows of columns: value, earlier value, count, change."""

from deskterm.domain.figures.values import Figure
from deskterm.domain.figures.words import FigureWords, is_small, never_noted
from deskterm.widgets.drawing import charts
from deskterm.widgets.drawing.cells import fit, fit_right, wrap
from deskterm.widgets.drawing.lines import Bit, DrawnLine, line
from deskterm.widgets.metrics.keys import FigureKey
from deskterm.widgets.rows import Item

_VALUE, _COUNT, _CHANGE, _SERIES = 10, 7, 11, 10
_LEAST_TITLE, _MOST_TITLE = 16, 32
_WITH_YEAR = 90  # cells from which the year before has its own column
_SHADES = {"better": "green", "worse": "red", "": "dim"}
_SIGNS = {"better": "✓", "worse": "!", "": " "}


class FigureRows:
    """Draws figures as rows at a width in cells. With `definitions`, each says below how it is counted."""

    def __init__(self, words: FigureWords, width: int, *, definitions: bool = False) -> None:
        self._words, self._width, self._definitions = words, width, definitions
        self._year = width >= _WITH_YEAR
        taken = (3 if self._year else 2) * _VALUE + _COUNT + _CHANGE + _SERIES + 6
        self._title = min(_MOST_TITLE, max(_LEAST_TITLE, width - taken))

    def heading(self, first: str, steps: str) -> DrawnLine:
        """The headings of the columns."""
        names = [fit_right(first, _VALUE), fit_right("before", _VALUE)]
        if self._year:
            names.append(fit_right("year ago", _VALUE))
        names += [fit_right("n", _COUNT), fit_right("change", _CHANGE) + "    " + steps]
        return line(Bit(" " * (self._title + 1)), *(Bit(name, "dim") for name in names))

    def row(self, figure: Figure) -> Item:
        """A figure; one that was never recorded says why instead of its columns."""
        title = Bit(" " + fit(figure.title, self._title))
        if never_noted(figure):
            room = self._width - self._title - 4
            return Item(
                (line(title, Bit(fit("  " + figure.asks, room), "dim")),), FigureKey(figure.id, figure)
            )
        below = self._explain(figure) if self._definitions else []
        if figure.note and not self._definitions:
            below = [DrawnLine.of(f"   {figure.note}", "dim")]
        return Item((line(title, *self._columns(figure)), *below), FigureKey(figure.id, figure))

    def _columns(self, figure: Figure) -> list[Bit]:
        words = self._words
        trend = words.trend(figure)
        bits = [
            Bit(fit_right(words.value(figure), _VALUE), bold=True),
            Bit(fit_right(words.before(figure), _VALUE), "soft"),
        ]
        if self._year:
            bits.append(Bit(fit_right(words.year_ago(figure), _VALUE), "soft"))
        few = "few " if is_small(figure) else ""
        drawn = charts.sparkline(figure.series, _SERIES)
        return [
            *bits,
            Bit(fit_right(f"{few}{figure.n or ''}", _COUNT), "amber" if few else "dim"),
            Bit(fit_right(words.change(figure), _CHANGE) + f" {_SIGNS[trend]}", _SHADES[trend]),
            Bit("  " + drawn[:-1], "dim"),
            Bit(drawn[-1:], "accent"),
        ]

    def _explain(self, figure: Figure) -> list[DrawnLine]:
        texts = self._words.explanation(figure)
        lines = [*wrap(texts[0], self._width - 3), *wrap(" · ".join(texts[1:]), self._width - 3)]
        return [DrawnLine.of("   " + text, "dim") for text in lines]
