"""Fetch the rest of a mail that was too large to come with the others."""

from deskterm.actions.front import Front
from deskterm.commands.record import ABOUT_TICKET, DESK, WRITES, command

COMMAND = command(
    "rest",
    "F",
    "",
    "Fetch the rest of a mail too large to come at once; again: stop.",
    DESK,
    WRITES | ABOUT_TICKET,
)


def run(front: Front, ids: tuple[int, ...]) -> None:
    """Fetch it, or stop."""
    front.fetch_rest(ids[0])
