"""Sort the list by what is due, or in its usual order."""

from deskterm.actions.front import Front
from deskterm.domain.tickets import Listing


async def run(front: Front, ids: tuple[int, ...]) -> None:  # noqa: ARG001 - the list, not a ticket
    """Switch between the two."""
    if front.listing is Listing.FOUND:
        front.tell("Search results keep their order.", "amber")
    elif front.is_by_due:
        front.show_only("")
    else:
        front.work.desk.inbox.read_targets(front.work.now())
        front.sort_by_due()
