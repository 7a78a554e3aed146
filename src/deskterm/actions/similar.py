"""Show past tickets in which much the same was asked."""

from deskterm.actions.front import Front
from deskterm.commands.record import ABOUT_TICKET, DESK, command

COMMAND = command(
    "similar",
    "g l",
    "",
    "Past tickets like this one, and what was answered.",
    DESK,
    ABOUT_TICKET,
)


def run(front: Front, ids: tuple[int, ...]) -> None:
    """Go there."""
    front.go_to("similar", ids[0])
