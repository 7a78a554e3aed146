"""What all written reports share: a report as headings and tables of text."""

from collections.abc import Iterator
from dataclasses import replace

from deskterm.domain.figures.figure_formats import (
    FigureWords,
    balance_of_few,
    count_mark,
    counted_from,
    is_small,
    never_noted,
)
from deskterm.domain.figures.values import Figure, FiguresReport, HourGrid, Section, Table
from deskterm.value_class import dataclass

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
REMARKS = "remarks"
HEADINGS = ("", "this", "before", "year ago", "change", "from", REMARKS)
_YEAR_AGO = HEADINGS.index("year ago")


@dataclass(frozen=True, slots=True)
class WordTable:
    """A table of words; the columns in `right` are set right. `figures` stand behind its rows.

    `note` says below what its columns are counted from.
    """

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    right: tuple[int, ...] = ()
    figures: tuple[Figure, ...] = ()
    nothing: str = ""
    note: str = ""


def word_tables(section: Section, words: FigureWords) -> Iterator[WordTable]:
    """The tables of a section, its figures first."""
    if section.figures:
        yield _figures(section.figures, words)
    if section.grid:
        yield _grid(section.grid)
    notes = {table.note: place for place, table in enumerate(section.tables) if table.rows}
    for place, table in enumerate(section.tables):
        shown = _split(table, words)
        yield shown if notes.get(table.note) == place else replace(shown, note="")  # once, below the last
    if section.remarks:
        yield WordTable(section.remarks_title, ("",), tuple((one.text,) for one in section.remarks))


def _figures(figures: tuple[Figure, ...], words: FigureWords) -> WordTable:
    """A row a figure. Why several have no value is said once; a year ago only where anything is known."""
    rows = [list(figure_words(one, words)) for one in figures]
    for before, one, row in zip(figures, figures[1:], rows[1:], strict=False):
        if never_noted(one) and never_noted(before) and one.asks == before.asks:
            row[-1] = ""
    headings = list(HEADINGS)
    if all(one.year_ago is None for one in figures):
        for row in (headings, *rows):
            del row[_YEAR_AGO]
    right = (1, 2, 3) if "year ago" in headings else (1, 2)
    return WordTable("", tuple(headings), tuple(map(tuple, rows)), right, figures)


def figure_words(one: Figure, words: FigureWords) -> tuple[str, ...]:
    """A figure in the columns of `HEADINGS`."""
    notes = ["few" if is_small(one) else "", balance_of_few(one), words.worst(one), one.note]
    notes += [f"left out: {count} {why}" for why, count in one.left_out]
    if never_noted(one):
        notes.append(one.asks)
    counted = counted_from(one) if one.n and one.unit != "tickets" else ""
    return (
        one.title, words.value(one), words.before(one), words.year_ago(one), words.change(one), counted,
        "; ".join(filter(None, notes)),
    )  # fmt: skip


def _split(table: Table, words: FigureWords) -> WordTable:
    """Each value with how many it was counted from; what else is known is in the last column."""
    names = [one.title for one in table.rows[0].figures] if table.rows else []
    columns = ["", *(name for title in names for name in (title, "before"))]
    right = tuple(range(1, len(columns)))
    rows = [
        [
            row.label or table.unlabelled,
            *(text for one in row.figures for text in (_cell(one, words), words.before(one))),
        ]
        for row in table.rows
    ]
    remarks = ["; ".join(_cell_remarks(row.figures, words)) for row in table.rows]
    if any(remarks):
        columns.append(REMARKS)
        rows = [[*row, remark] for row, remark in zip(rows, remarks, strict=True)]
    note = table.note if table.rows else ""
    return WordTable(
        table.title, tuple(columns), tuple(map(tuple, rows)), right, nothing=table.nothing, note=note
    )


def _cell(one: Figure, words: FigureWords) -> str:
    mark = count_mark(one)
    return f"{words.value(one)} ({mark})" if mark else words.value(one)


def _cell_remarks(figures: tuple[Figure, ...], words: FigureWords) -> Iterator[str]:
    """Nine in ten, and who was left out, of each figure of a row."""
    for one in figures:
        notes = [balance_of_few(one), words.worst(one)]
        notes += [f"left out: {count} {why}" for why, count in one.left_out]
        remarks = ", ".join(filter(None, notes))
        if remarks:
            yield f"{one.title}: {remarks}"


def _grid(grid: HourGrid) -> WordTable:
    columns = ("", *(str(hour) for hour in range(24)))
    rows = tuple(
        (_DAYS[day], *(str(len(cell) or "·") for cell in hours)) for day, hours in enumerate(grid.tickets)
    )
    return WordTable(grid.title, columns, rows, tuple(range(1, 25)))


def headline(report: FiguresReport) -> str:
    """What a report is about, in one line."""
    return f"{report.title}. {comparison(report)}"


def comparison(report: FiguresReport) -> str:
    """What it is compared with, and by which hours."""
    hours = "business hours" if report.business_hours else "calendar hours"
    return f"Compared with {report.compared}; {hours}"
