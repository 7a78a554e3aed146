"""Show or fold quoted text and signatures."""

from deskterm.actions.front import Front
from deskterm.commands.record import ABOUT_TICKET, DESK, command

COMMAND = command("quotes", "Q", "", "Show or fold quoted text and signatures.", DESK, ABOUT_TICKET)


def run(front: Front, ids: tuple[int, ...]) -> None:  # noqa: ARG001 - of the mail in front
    """Show them, or fold them again."""
    front.conversation.toggle_quotes()
