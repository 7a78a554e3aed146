"""What was done to a ticket's orders in their stores, a line each."""

from collections.abc import Iterable, Iterator

from deskterm.domain.orders.action_names import name_action
from deskterm.domain.orders.actions import ActionRecord, ActionState
from deskterm.widgets.drawing.cells import wrap
from deskterm.widgets.drawing.lines import Bit, DrawnLine, line

_MARKS = {
    ActionState.CONFIRMED: ("◷ ", "amber", "goes to the store"),
    ActionState.SENDING: ("→ ", "amber", "is with the store"),
    ActionState.DONE: ("✓ ", "green", "done"),
    ActionState.REFUSED: ("■ ", "red", "refused"),
    ActionState.UNKNOWN: ("? ", "red", "may have happened: O settles it"),
}


def action_lines(records: Iterable[ActionRecord], width: int) -> Iterator[DrawnLine]:
    """Each action with how far it has come; one that was refused with the store's words."""
    for record in records:
        mark, shade, words = _MARKS[record.state]
        said = f": {record.words}" if record.state is ActionState.REFUSED and record.words else ""
        first, *rest = wrap(f"{name_action(record)}  {words}{said}", max(8, width - len(mark)))
        yield line(Bit(mark, shade, bold=True), Bit(first, "soft"))
        yield from (line(Bit(" " * len(mark)), Bit(part, "soft")) for part in rest)
