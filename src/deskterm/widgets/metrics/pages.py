"""The pages behind Tab: figures by family, charts, tables, remarks."""

from itertools import groupby

from deskterm.domain.figures.figure_formats import FigureWords
from deskterm.domain.figures.values import Curve, FiguresReport, HourGrid, Section
from deskterm.widgets.drawing import charts
from deskterm.widgets.drawing.cells import fit, fit_right, wrap
from deskterm.widgets.drawing.lines import Bit, DrawnLine, line
from deskterm.widgets.metrics.figure_rows import WIDE, FigureRows
from deskterm.widgets.metrics.keys import CurveKey, DayKey, RemarkKey
from deskterm.widgets.metrics.table_rows import TableRows
from deskterm.widgets.rows import Item

_CHART, _AXIS, _MOST_STEP, _LONG_STEP = 7, 6, 9, 17
_HOUR, _LARGE_HOUR = 2, 4  # cells
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_GAP = Item((DrawnLine(),))


def page_items(
    section: Section, report: FiguresReport, words: FigureWords, width: int, *, definitions: bool = False
) -> list[Item]:
    """All rows of a page at a width in cells."""
    found = figure_items(section, report, words, width, definitions=definitions)
    if section.curves:
        step = "week " if report.kind == "week" else ""
        found += [_GAP, *_chart(section.curves, words, width, step)]
    if section.grid:
        found += [_GAP, *_grid(section.grid, _LARGE_HOUR if width >= WIDE else _HOUR)]
    for table in section.tables:
        found += [_GAP, *TableRows(words, table, width, definitions=definitions).items()]
    notes = dict.fromkeys(table.note for table in section.tables if table.note and table.rows)
    for note in notes:  # once, whatever the number of tables it is true of
        found += [_GAP, Item(tuple(DrawnLine.of(" " + text, "dim") for text in wrap(note, width - 3)))]
    if section.remarks:
        found += [_GAP, Item((DrawnLine.of(" " + section.remarks_title, bold=True),))]
        found += _remarks(section, width)
    return found


def figure_items(
    section: Section, report: FiguresReport, words: FigureWords, width: int, *, definitions: bool
) -> list[Item]:
    """The figures; if there are many, under the names of their families."""
    rows = FigureRows(words, width, definitions=definitions)
    found = [Item((rows.heading(report.hours, report.heading, report.steps),))]
    families = groupby(section.figures, key=lambda one: one.family)
    if section.id != "figures":
        return [*found, *map(rows.row, section.figures)]
    for family, figures in families:
        found += [Item((DrawnLine.of(" " + family, "accent"),)), *map(rows.row, figures)]
    return found


def _chart(curves: tuple[Curve, ...], words: FigureWords, width: int, named: str) -> list[Item]:
    """Columns for the first curve, dots for the second, on one scale."""
    first, second = curves[0].figure, curves[1].figure
    names = curves[0].names
    step = max(2, min(_LONG_STEP if width >= WIDE else _MOST_STEP, (width - _AXIS - 2) // max(1, len(names))))
    most = max((value for value in (*first.series, *second.series) if value is not None), default=0)
    drawn = charts.columns(first.series, second.series, _CHART, step)
    legend = [
        Item((line(Bit(f" █ {first.title}", "accent")),), CurveKey(first.id, curves[0], named)),
        Item((line(Bit(f" ● {second.title}", "soft")),), CurveKey(second.id, curves[1], named)),
    ]
    lines = []
    for place, text in enumerate(drawn):
        label = words.amount(first, most) if place == 0 else "0" if place == _CHART - 1 else ""
        lines.append(line(Bit(fit_right(label, _AXIS - 1) + " ", "dim"), *_colour_dots(text)))
    below = "".join(fit(name, step - 1) + " " for name in names)
    lines.append(line(Bit(" " * _AXIS), Bit(below, "dim")))
    return [*legend, Item(tuple(lines))]


def _colour_dots(text: str) -> list[Bit]:
    parts = text.split("●")
    bits = [Bit(parts[0], "accent")]
    for part in parts[1:]:
        bits += [Bit("●", "text", bold=True), Bit(part, "accent")]
    return bits


def _grid(grid: HourGrid, cells: int) -> list[Item]:
    """The hours of each weekday, that many cells an hour."""
    most = max((len(cell) for day in grid.tickets for cell in day), default=0)
    hours = "".join(f"{hour:<{3 * cells}}" if hour % 3 == 0 else "" for hour in range(24))
    found = [
        Item((line(Bit(" " + grid.title, bold=True), Bit(f"   ░ 1   █ {most}" if most > 1 else "", "dim")),)),
        Item((line(Bit(" " * 6), Bit(hours, "dim")),)),
    ]
    for weekday, day in enumerate(grid.tickets):
        shades = charts.heat([len(cell) for cell in day], most)
        drawn = "".join(shade * cells for shade in shades)
        number = Bit(fit_right(str(sum(map(len, day))), 5), bold=True)
        found.append(
            Item((line(Bit(f" {_DAYS[weekday]}  "), Bit(drawn, "accent"), number),), DayKey(weekday, day))
        )
    return found


def _remarks(section: Section, width: int) -> list[Item]:
    found = []
    for place, remark in enumerate(section.remarks):
        lines = tuple(DrawnLine.of(" " + text) for text in wrap(remark.text, width - 3))
        found.append(Item(lines, RemarkKey(place, remark)))
    return found
