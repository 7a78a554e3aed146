"""Sort the list by what is due, or as it was."""

from deskterm.actions.front import Front
from deskterm.domain.tickets import Listing


async def run(front: Front, ids: tuple[int, ...]) -> None:  # noqa: ARG001 - the list, not a ticket
    """Sort it so, and back."""
    if front.listing is Listing.FOUND:
        front.tell("What was found stays in the order in which it was found.", "amber")
    elif front.is_by_due:
        front.show_only("")
    else:
        front.work.desk.inbox.read_targets(front.work.now())
        front.sort_by_due()
