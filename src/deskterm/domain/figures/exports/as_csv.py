"""Writing a report as CSV (RFC 4180): one row per figure, in total or split, with plain numbers."""

import csv
from collections.abc import Iterator
from io import StringIO

from deskterm.domain.figures.exports.as_values import moment
from deskterm.domain.figures.values import Figure, FiguresReport

COLUMNS = (
    "start", "end", "figure", "split", "label", "unit", "currency", "value", "before", "year_ago", "p90", "n",
    "before_n", "left_out", "tickets",
)  # fmt: skip
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_csv(report: FiguresReport) -> str:
    """Every figure of the report, then every table's."""
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    writer.writerows(_rows(report))
    return out.getvalue()


def _rows(report: FiguresReport) -> Iterator[tuple[object, ...]]:
    ends = moment(report.start), moment(report.end)
    for figure in report.figures:
        yield (*ends, *_row(figure, "", ""))
    for section in report.sections:
        for table in section.tables:
            for row in table.rows:
                for figure in row.figures:
                    yield (*ends, *_row(figure, table.title, row.label))


def _row(one: Figure, split: str, label: str) -> tuple[object, ...]:
    left = "; ".join(f"{count} {why}" for why, count in one.left_out)
    tickets = " ".join(f"T{ticket}" for ticket in one.tickets)
    return (
        one.id, split, _defuse(label), one.unit, one.currency if one.unit == "money" else "",
        one.value, one.before, one.year_ago, one.p90, one.n, one.before_n, left, tickets,
    )  # fmt: skip


def _defuse(text: str) -> str:
    """A text that a spreadsheet will not take for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text
