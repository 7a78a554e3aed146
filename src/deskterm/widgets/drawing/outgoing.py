"""A reply that is not sent yet, as its ticket shows it: its state and its text."""

from collections.abc import Callable, Iterator

from deskterm.commands.keymap import KeyOf
from deskterm.domain.outbox_states import OutboxState
from deskterm.domain.review.replies import OutboxRow
from deskterm.widgets.drawing.cells import wrap
from deskterm.widgets.drawing.lines import Bit, DrawnLine, spread
from deskterm.widgets.drawing.message import TEXT_WIDTH

Ahead = Callable[[int], str]  # formats a future time given in UTC seconds


def goes(row: OutboxRow, ahead: Ahead) -> str:
    """When a planned reply goes: `goes Mon 24 Nov 09:00 unless answered`."""
    return f"goes {ahead(row.send_at)}{' unless answered' if row.unless_answered else ', answered or not'}"


def outgoing_lines(
    row: OutboxRow, ahead: Ahead, width: int, ticket_id: int, key: KeyOf
) -> Iterator[DrawnLine]:
    """The lines of a reply in the outbox, its state first; one of a side thread names its recipient."""
    width = min(width, TEXT_WIDTH)
    words, shade = _standing(row, ahead)
    names = ", ".join(one.name or one.address for one in row.recipients)
    to = f" to {names}" if row.ticket_id != ticket_id else ""
    who = [Bit(f"You{to}", "green", bold=True), Bit("  in the outbox", "soft")]
    yield spread(
        who, [Bit(f"  {key('go-outbox')}", "soft", bold=True), Bit(" what can be done", "dim")], width
    )
    yield from (DrawnLine.of(part, shade, bold=True) for part in wrap(words, width))
    yield DrawnLine()
    for paragraph in row.body.strip().splitlines():
        yield from (DrawnLine.of(part, "soft") for part in wrap(paragraph, width))


def _standing(row: OutboxRow, ahead: Ahead) -> tuple[str, str]:
    if row.is_planned:
        return goes(row, ahead), "green"
    if row.state is OutboxState.REFUSED:
        return f"not sent: {row.answered}", "red"
    if row.state is OutboxState.UNCERTAIN:
        return f"may have been sent: {row.answered}", "red"
    if row.waits_to_try:
        return f"next try {ahead(row.send_at)}: {row.answered}", "amber"
    return "on its way", "green"
