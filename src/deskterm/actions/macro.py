"""Pick a macro and review the reply it makes."""

from deskterm.actions.front import Front
from deskterm.commands.record import ABOUT_TICKET, DESK, WRITES, command

COMMAND = command(
    "macro", "m", "macro", "Pick a macro and review the reply it makes.", DESK, WRITES | ABOUT_TICKET
)


def run(front: Front, ids: tuple[int, ...]) -> None:
    """Go to the list of macros."""
    front.go_to("macro", ids[0])
