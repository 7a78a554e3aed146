"""Answer that the mail has been read and when the real answer will come."""

from deskterm.actions.front import Front

_MACRO = "read-it"


async def run(front: Front, ids: tuple[int, ...]) -> None:
    """Fill the macro for that and open the review."""
    await front.take_macro(ids[0], _MACRO)
