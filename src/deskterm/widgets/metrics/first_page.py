"""The first page: Friday's questions on one small screen."""

from deskterm.domain.figures.figure_formats import FigureWords
from deskterm.domain.figures.values import FiguresReport, Section
from deskterm.widgets.drawing.cells import fit, wrap
from deskterm.widgets.drawing.lines import Bit, DrawnLine, line
from deskterm.widgets.metrics.figure_rows import FigureRows
from deskterm.widgets.metrics.keys import AdviceKey, RemarkKey
from deskterm.widgets.metrics.table_rows import TableRows
from deskterm.widgets.rows import Item

_LEAST_TABLE = 4  # lines: its heading, two rows, all others
_GOOD_TABLE = 8  # rows; a blank line above is worth more than a longer one
_SHORT = 2  # lines of a sentence where there is no room for all of it


def items(
    report: FiguresReport, words: FigureWords, width: int, height: int, *, definitions: bool = False
) -> list[Item]:
    """All rows at a width in cells: the figures, the advice, then the categories.

    If possible everything fits into `height` lines: the smallest categories are then summed up in one row.
    """
    section = report.sections[0]
    rows = FigureRows(words, width, definitions=definitions)
    head = [Item((rows.heading(report.hours, report.heading, report.steps),))]
    head += [rows.row(figure) for figure in section.figures]
    advice = advice_items(report, words, width)
    if height and _height(head) + _height(advice) + _LEAST_TABLE > height:
        advice = advice_items(report, words, width, most=_SHORT)
    used = _height(head) + _height(advice)
    table = TableRows(words, section.tables[0], width, definitions=definitions)
    air = height > used + 3 + min(_GOOD_TABLE, len(section.tables[0].rows))
    split = table.items(max(3, height - used - 1 - 2 * air))
    return [*head, *_apart(advice, air=air), *_apart(split, air=air), *_remark_items(section, width)]


def _remark_items(section: Section, width: int) -> list[Item]:
    """Remarks in words, such as the self-review's, below everything else."""
    found = []
    for place, remark in enumerate(section.remarks):
        lines = wrap(f"{section.remarks_title}: {remark.text}", width - 3)
        found.append(Item(tuple(DrawnLine.of(" " + text) for text in lines), RemarkKey(place, remark)))
    return found


def advice_items(
    report: FiguresReport, words: FigureWords, width: int, *, most: int | None = None
) -> list[Item]:
    """The sentences of advice, in at most that many lines, each with a number and its tickets on Enter."""
    if not report.advice:
        return [Item((line(Bit(" What to change  ", bold=True), Bit(_why_none(report, words), "dim")),))]
    found = []
    for place, one in enumerate(report.advice):
        first, *rest = wrap(one.text, width - 4)
        if most is not None and len(rest) >= most:
            rest = [*rest[: most - 2], fit(" ".join(rest[most - 2 :]), width - 4)]
        lines = [line(Bit(f" {place + 1} ", "accent", bold=True), Bit(first))]
        lines += [DrawnLine.of("   " + text) for text in rest]
        found.append(Item(tuple(lines), AdviceKey(place, one)))
    return found


def _why_none(report: FiguresReport, words: FigureWords) -> str:
    """Why there is no advice. What was said the week before is not repeated, so it may still be true."""
    if report.end <= report.mail_begins:
        return f"No mail is that old: yours begins on {words.date(report.mail_begins)}."
    if not report.advised:
        return "Too long a time for advice: look at a quarter or less."
    return "Nothing new stands out; a cause needs five tickets."


def _height(items: list[Item]) -> int:
    return sum(len(item.lines) for item in items)


def _apart(items: list[Item], *, air: bool) -> list[Item]:
    """The rows with an empty line above, if there is room."""
    return [Item((DrawnLine(),)), *items] if air and items else items
