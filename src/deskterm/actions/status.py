"""Set the status by hand."""

from deskterm.actions.front import Front
from deskterm.domain.tickets import Status
from deskterm.widgets.picker import Option

OPTIONS = (
    Option("waiting", "waiting", "w", "the customer is to answer"),
    Option("on hold", "on hold", "h", "a carrier or a supplier is"),
    Option("open", "open", "o", "we are"),
    Option("solved", "solved", "s"),
)


async def run(front: Front, ids: tuple[int, ...]) -> None:
    """Ask which status, and set it."""
    chosen = await front.pick("Status", OPTIONS)
    if chosen:
        set_status, status = front.work.desk.tickets.set_status, Status(chosen)
        await front.change(ids, lambda ids, now: set_status(ids, status, now), gone=status is not Status.OPEN)
