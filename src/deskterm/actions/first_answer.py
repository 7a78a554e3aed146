"""Take the first answer that is offered."""

from deskterm.actions.front import Front
from deskterm.actions.offered import take_offered
from deskterm.commands.record import ABOUT_TICKET, DESK, WRITES, command

COMMAND = command(
    "first-answer",
    "1",
    "",
    "Take the first answer offered, filled, to the review.",
    DESK,
    WRITES | ABOUT_TICKET,
)


async def run(front: Front, ids: tuple[int, ...]) -> None:
    """Fill it and review it."""
    await take_offered(front, ids, 0)
