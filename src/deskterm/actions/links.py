"""Show the links in full, and copy one."""

from deskterm.actions.front import Front
from deskterm.commands.record import ABOUT_TICKET, DESK, command
from deskterm.widgets.picker import Option

COMMAND = command("links", "l", "", "Show the links in full, and copy one.", DESK, ABOUT_TICKET)


async def run(front: Front, ids: tuple[int, ...]) -> None:  # noqa: ARG001 - of the mail in front
    """Copy the chosen link; nothing is ever opened."""
    messages = front.ticket_view.messages if front.ticket_view else ()
    links = dict.fromkeys(link for message in reversed(messages) for link in message.links)
    if not links:
        front.tell("No links here.", "amber")
        return
    chosen = await front.pick("Copy which link?", [Option(link, link) for link in links])
    if chosen:
        front.copy(chosen, chosen)
