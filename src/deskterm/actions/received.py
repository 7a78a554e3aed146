"""Say that the mail was read, and by when an answer follows."""

from deskterm.actions.front import Front
from deskterm.commands.record import ABOUT_TICKET, DESK, WRITES, command

COMMAND = command(
    "received",
    "a",
    "",
    "Answer that you have read it, and by when they hear from you: the promise is kept in mind.",
    DESK,
    WRITES | ABOUT_TICKET,
)

_MACRO = "read-it"


async def run(front: Front, ids: tuple[int, ...]) -> None:
    """Fill that macro, and review it."""
    await front.take_macro(ids[0], _MACRO)
