"""Pick a macro and review the reply it makes."""

from deskterm.actions.front import Front
from deskterm.commands.record import ABOUT_TICKET, DESK, MANY, WRITES, command

COMMAND = command(
    "macro", "m", "macro", "Pick a macro and review the reply it makes.", DESK, WRITES | ABOUT_TICKET | MANY
)


def run(front: Front, ids: tuple[int, ...]) -> None:
    """Go to the list of macros; with several tickets each gets a letter of its own."""
    front.go_to("macro", ids[0], among=ids)
