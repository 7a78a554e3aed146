"""Take the second suggested answer."""

from deskterm.actions.front import Front
from deskterm.actions.offered import take_offered


async def run(front: Front, ids: tuple[int, ...]) -> None:
    """Fill it and open the review."""
    await take_offered(front, ids, 1)
