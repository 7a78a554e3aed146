"""What a row of the list says of the matter: the subject, and beside it the answer that one key takes."""

from collections.abc import Iterator

from deskterm.domain.tickets import Row, Status
from deskterm.widgets.drawing.cells import cell_len, fit
from deskterm.widgets.drawing.lines import Bit, cells

_LEAST_ANSWER = 12  # cells of an answer that is cut: less of a title says nothing
_BETWEEN = 2


def what(row: Row, width: int, *, bold: bool | None = None) -> Bit:
    """The subject; bold where the ticket is unanswered, unless it is said."""
    bold = row.unanswered_since is not None if bold is None else bold
    return Bit(fit(row.subject or "(no subject)", width), bold=bold)


def what_and_answer(
    row: Row, room: int, subject: int, *, bold: bool = False, cut: bool = False
) -> Iterator[Bit]:
    """The subject, and in a column of their own the answers, so that they stand below one another.

    `subject` is the width of the first column: a longer one is `cut` there, or has all the room.
    """
    answer = answer_bits(row, room - subject - _BETWEEN)
    if not answer or (cell_len(row.subject) > subject and not cut):
        yield what(row, room, bold=bold)
        return
    yield what(row, subject, bold=bold)
    yield Bit(" " * _BETWEEN)
    yield from answer
    yield Bit(" " * (room - subject - _BETWEEN - cells(answer)))


def answer_bits(row: Row, room: int) -> list[Bit]:
    """The answer in so many cells, cut where it must be; nothing where that would say nothing."""
    words, more = _answer_words(row)
    whole = cell_len(words) + len(more)
    if not words or (whole > room and room < _LEAST_ANSWER):
        return []
    if whole > room and room < _LEAST_ANSWER + len(more):
        more = ""
    return [Bit(fit(words, min(cell_len(words), room - len(more))) + more, "dim")]


def _answer_words(row: Row) -> tuple[str, str]:
    """The key that answers and what it takes, the first macro, else the SOP; and how many more there are."""
    if row.draft or row.outbox or row.status is not Status.OPEN:
        return "", ""
    if not row.answer:
        return (f"s {row.sop}" if row.sop else ""), ""
    return f"1 {row.answer}", (f" +{row.answers - 1}" if row.answers > 1 else "")
