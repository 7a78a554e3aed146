"""Set the priority of tickets."""

from deskterm.actions.front import Front
from deskterm.domain.tickets import Priority
from deskterm.widgets.picker import Option

OPTIONS = (
    Option(str(Priority.HIGH.value), "high", "h", "above everything that is due"),
    Option(str(Priority.NORMAL.value), "normal", "n", "by how long it has waited"),
    Option(str(Priority.LOW.value), "low", "l", "below everything that waits"),
)


async def run(front: Front, ids: tuple[int, ...]) -> None:
    """Ask which priority, and set it."""
    chosen = await front.pick("Priority", OPTIONS)
    if chosen:
        prioritise, priority = front.work.desk.tickets.prioritise, Priority(int(chosen))
        await front.change(ids, lambda ids, now: prioritise(ids, priority, now), gone=False)
