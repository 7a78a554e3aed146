"""Show everything of the ticket's customer in order."""

from deskterm.actions.front import Front
from deskterm.commands.record import ABOUT_TICKET, DESK, command

COMMAND = command(
    "timeline",
    "g c",
    "",
    "Everything of this customer in order: mails, orders, parcels, money back.",
    DESK,
    ABOUT_TICKET,
)


def run(front: Front, ids: tuple[int, ...]) -> None:
    """Go there."""
    front.go_to("timeline", ids[0])
