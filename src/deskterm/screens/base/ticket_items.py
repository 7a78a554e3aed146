"""Tickets as rows of other lists: behind a figure, among search hits."""

from collections.abc import Hashable, Sequence

from deskterm.actions.work import Work
from deskterm.domain.tickets import Row
from deskterm.widgets.drawing.cells import cell_len, fit, fit_right
from deskterm.widgets.drawing.lines import Bit, DrawnLine, line
from deskterm.widgets.rows import Item

_MARK, _DAY, _NAME = 7, 7, 20
_NARROW, _WIDE = (0, 9), (12, 13)  # category and status
_ROOM_FOR_CATEGORY = 90


def ticket_item(
    row: Row, work: Work, width: int, *, key: Hashable, at: int | None = None, below: Sequence[DrawnLine] = ()
) -> Item:
    """A ticket as one row with `key`; its day is that of `at`, by default of its last message."""
    name = min(_NAME, max(8, width // 4))
    category, status = _WIDE if width >= _ROOM_FOR_CATEGORY else _NARROW
    status = max(status, cell_len(row.standing))  # a longer one takes from the subject
    room = max(0, width - _MARK - _DAY - name - status - category - 6)
    bits = [
        Bit(" " + fit(f"T{row.ticket_id}", _MARK), "accent"),
        Bit(fit_right(work.formats.day(row.last_at if at is None else at), _DAY) + "  ", "dim"),
        Bit(fit(row.name, name) + "  ", bold=True),
        Bit(fit(row.subject or "(no subject)", room)),
        Bit(" " + fit_right(row.category, category) if category else "", "dim"),
        Bit(" " + fit_right(row.standing, status), "green" if row.standing == "solved" else "soft"),
    ]
    return Item((line(*bits), *below), key)
