"""The actions on a ticket's orders in their stores, one line each."""

from collections.abc import Iterable, Iterator

from deskterm.commands.keymap import KeyOf
from deskterm.config.store_kinds import Ability
from deskterm.domain.orders.action_names import name_action
from deskterm.domain.orders.actions import ActionRecord, ActionState
from deskterm.widgets.drawing.cells import wrap
from deskterm.widgets.drawing.lines import Bit, DrawnLine, line

_MARKS = {
    ActionState.CONFIRMED: ("◷ ", "amber", "goes to the store"),
    ActionState.SENDING: ("→ ", "amber", "is with the store"),
    ActionState.DONE: ("✓ ", "green", "done"),
    ActionState.REFUSED: ("■ ", "red", "refused"),
    ActionState.UNKNOWN: ("? ", "red", "may have happened: {key} settles it"),
}
_LOOK = ("▲ ", "amber")  # done, and the store added a remark


def action_lines(records: Iterable[ActionRecord], width: int, key: KeyOf) -> Iterator[DrawnLine]:
    """Each action with its state and what the store said: a refund may be booked and not yet paid.

    `key` gives the owner's key for a command.
    """
    settle = key("order-actions")
    for record in records:
        mark, shade, words = _MARKS[record.state]
        remark = record.words and record.action.ability is not Ability.REPLACE  # that names the new order
        if record.state is ActionState.DONE and remark:
            mark, shade = _LOOK
        answer = f": {record.words}" if record.words else ""
        said = f"{name_action(record)}  {words.format(key=settle)}{answer}"
        first, *rest = wrap(said, max(8, width - len(mark)))
        yield line(Bit(mark, shade, bold=True), Bit(first, "soft"))
        yield from (line(Bit(" " * len(mark)), Bit(part, "soft")) for part in rest)
