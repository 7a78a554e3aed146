"""What all written reports share: a report as headings and tables of words."""

from collections.abc import Iterator

from deskterm.domain.figures.values import Figure, FiguresReport, HourGrid, Section, Table
from deskterm.domain.figures.words import FigureWords, balance_of_few, counted_from, is_small, never_noted
from deskterm.value_class import dataclass

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
HEADINGS = ("", "this", "before", "year ago", "change", "from", "remarks")


@dataclass(frozen=True, slots=True)
class WordTable:
    """A table of words; the columns in `right` are set right. `figures` stand behind its rows."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    right: tuple[int, ...] = ()
    figures: tuple[Figure, ...] = ()
    nothing: str = ""


def word_tables(section: Section, words: FigureWords) -> Iterator[WordTable]:
    """The tables of a section, its figures first."""
    if section.figures:
        rows = tuple(figure_words(one, words) for one in section.figures)
        yield WordTable("", HEADINGS, rows, (1, 2, 3), section.figures)
    if section.grid:
        yield _grid(section.grid)
    for table in section.tables:
        yield _split(table, words)
    if section.remarks:
        yield WordTable(section.remarks_title, ("",), tuple((one.text,) for one in section.remarks))


def figure_words(one: Figure, words: FigureWords) -> tuple[str, ...]:
    """A figure in the columns of `HEADINGS`."""
    notes = ["few" if is_small(one) else "", balance_of_few(one), words.worst(one)]
    notes += [f"left out: {count} {why}" for why, count in one.left_out]
    if never_noted(one):
        notes.append(one.asks)
    counted = counted_from(one) if one.n and one.unit != "tickets" else ""
    return (
        one.title, words.value(one), words.before(one), words.year_ago(one), words.change(one), counted,
        "; ".join(filter(None, notes)),
    )  # fmt: skip


def _split(table: Table, words: FigureWords) -> WordTable:
    names = [one.title for one in table.rows[0].figures] if table.rows else []
    columns = ("", *(name for title in names for name in (title, "before")))
    rows = tuple(
        (
            row.label or table.unlabelled,
            *(text for one in row.figures for text in (words.value(one), words.before(one))),
        )
        for row in table.rows
    )
    return WordTable(table.title, columns, rows, tuple(range(1, len(columns))), nothing=table.nothing)


def _grid(grid: HourGrid) -> WordTable:
    columns = ("", *(str(hour) for hour in range(24)))
    rows = tuple(
        (_DAYS[day], *(str(len(cell) or "·") for cell in hours)) for day, hours in enumerate(grid.tickets)
    )
    return WordTable(grid.title, columns, rows, tuple(range(1, 25)))


def headline(report: FiguresReport) -> str:
    """What a report is about, in one line."""
    hours = "business hours" if report.business_hours else "calendar hours"
    return f"{report.title}, compared with {report.compared}; {hours}"
