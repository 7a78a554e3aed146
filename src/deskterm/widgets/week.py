"""A report of a week as rows: the figures beside the week before, then the volume as bars."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from deskterm.domain.figures.values import Bar, Figure, FiguresReport
from deskterm.widgets.drawing import charts
from deskterm.widgets.drawing import figures as words
from deskterm.widgets.drawing.cells import fit, fit_right, wrap
from deskterm.widgets.drawing.lines import Bit, DrawnLine, line
from deskterm.widgets.rows import Item

_VALUE, _CHANGE, _SERIES = 10, 12, 12
_LEAST_TITLE, _MOST_TITLE = 16, 30
_SHADES = {"better": "green", "worse": "red", "": "dim"}
_SIGNS = {"better": "✓", "worse": "!", "": " "}
_LABEL = 16
_COUNTS = 10
_FEWEST_BARS = 3


@dataclass(frozen=True, slots=True)
class FigureKey:
    """A figure under the cursor; the same figure of another count is the same row."""

    id: str
    figure: Figure = field(compare=False)


@dataclass(frozen=True, slots=True)
class BarKey:
    """A category under the cursor, likewise."""

    label: str
    bar: Bar = field(compare=False)


def items(report: FiguresReport, width: int, height: int, *, definitions: bool) -> list[Item]:
    """Give all rows at a width in cells; with `definitions` each figure says below how it is counted.

    All of it stands on one page of `height` lines where that can be done: the smallest
    categories are then told together.
    """
    title = min(_MOST_TITLE, max(_LEAST_TITLE, width - 2 * _VALUE - _CHANGE - _SERIES - 4))
    rows = [Item((_heading(title),))]
    for figure in report.figures:
        below = _explain_figure(figure, width) if definitions else []
        rows.append(Item((_figure(figure, title), *below), FigureKey(figure.id, figure)))
    air = height > len(rows) + 2 + len(report.volume)
    rows.append(Item((DrawnLine(), _volume_heading()) if air else (_volume_heading(),)))
    return rows + _bars(together(report.volume, height - len(rows) - air), width)


def together(volume: Sequence[Bar], room: int) -> list[Bar]:
    """Give at most `room` bars, but three at least: those that do not fit are added up in the last."""
    room = max(room, _FEWEST_BARS)
    if len(volume) <= room:
        return list(volume)
    rest = volume[room - 1 :]
    label = f"{len(rest)} others"
    tickets = tuple(ticket for bar in rest for ticket in bar.tickets)
    return [*volume[: room - 1], Bar(label, sum(b.value for b in rest), sum(b.before for b in rest), tickets)]


def _heading(title: int) -> DrawnLine:
    columns = fit_right("this week", _VALUE), fit_right("before", _VALUE), "  " + fit("change", _CHANGE)
    return line(Bit(" " * (title + 1)), *(Bit(column, "dim") for column in columns), Bit("  weeks", "dim"))


def _figure(figure: Figure, title: int) -> DrawnLine:
    trend = words.trend(figure)
    shade = _SHADES[trend]
    change = f"{_SIGNS[trend]} {words.change(figure)}"
    return line(
        Bit(" " + fit(figure.title, title)),
        Bit(fit_right(words.value(figure), _VALUE), bold=True),
        Bit(fit_right(words.before(figure), _VALUE), "soft"),
        Bit("  " + fit(change, _CHANGE), shade),
        *_series(figure),
    )


def _series(figure: Figure) -> tuple[Bit, Bit]:
    """The weeks as a line; the last one, which the row is about, in the accent."""
    drawn = charts.sparkline(figure.series, _SERIES - 2)
    return Bit("  " + drawn[:-1], "dim"), Bit(drawn[-1:], "accent")


def _explain_figure(figure: Figure, width: int) -> list[DrawnLine]:
    texts = explanation(figure)
    lines = [*wrap(texts[0], width - 3), *wrap(" · ".join(texts[1:]), width - 3)]
    return [DrawnLine.of("   " + text, "dim") for text in lines]


def explanation(figure: Figure) -> list[str]:
    """Give how a figure is counted, over how many tickets, and who is left out: a sentence each."""
    parts = [figure.definition, f"{figure.n} {'ticket' if figure.n == 1 else 'tickets'}"]
    if words.worst(figure):
        parts.append(words.worst(figure))
    return parts + [f"left out: {count} {why}" for why, count in figure.left_out if count]


def _volume_heading() -> DrawnLine:
    return line(
        Bit(" Tickets by category", bold=True),
        Bit("   this week, before", "dim"),
        Bit("   ▀ ", "accent"),
        Bit("more", "dim"),
        Bit("   ▄ fewer than before", "dim"),
    )


def _bars(volume: Sequence[Bar], width: int) -> list[Item]:
    room = max(8, width - _LABEL - _COUNTS - 4)
    most = max((max(bar.value, bar.before) for bar in volume), default=0)
    return [_bar(bar, most, min(room, 48)) for bar in volume] or [
        Item((DrawnLine.of(" No new tickets.", "dim"),))
    ]


def _bar(bar: Bar, most: int, room: int) -> Item:
    both, more, less = charts.pair(bar.value, bar.before, most, room)
    return Item(
        (
            line(
                Bit(" " + fit(bar.label or "no category", _LABEL), "soft"),
                Bit(fit_right(str(bar.value), 4), bold=True),
                Bit(fit_right(str(bar.before), 5) + "  ", "dim"),
                Bit(both, "accent"),
                Bit(more, "accent"),
                Bit(less, "dim"),
            ),
        ),
        BarKey(bar.label, bar),
    )
