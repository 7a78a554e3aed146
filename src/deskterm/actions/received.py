"""Say that the mail was read, and by when an answer follows."""

from deskterm.actions.front import Front

_MACRO = "read-it"


async def run(front: Front, ids: tuple[int, ...]) -> None:
    """Fill that macro, and review it."""
    await front.take_macro(ids[0], _MACRO)
