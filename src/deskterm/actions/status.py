"""Set the status."""

from deskterm.actions.front import Front
from deskterm.domain.tickets import Status
from deskterm.widgets.picker import Option

OPTIONS = (
    Option("waiting", "waiting", "w", "for the customer's answer"),
    Option("on hold", "on hold", "h", "for a carrier or supplier"),
    Option("open", "open", "o", "for our answer"),
    Option("solved", "solved", "s"),
)


async def run(front: Front, ids: tuple[int, ...]) -> None:
    """Ask which status, and set it."""
    chosen = await front.pick("Status", OPTIONS)
    if chosen:
        set_status, status = front.work.desk.tickets.set_status, Status(chosen)
        await front.change(ids, lambda ids, now: set_status(ids, status, now), gone=status is not Status.OPEN)
