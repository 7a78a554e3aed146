"""Answer that the mail has been read and when the real answer will come."""

from deskterm.actions.front import Front

_MACRO = "read-it"


async def run(front: Front, ids: tuple[int, ...]) -> None:
    """Fill the macro for that and open the review, unless no letter would reach anybody."""
    if front.ticket_view is not None and front.ticket_view.offer.reaches_nobody:
        front.tell(front.ticket_view.offer.why_none, "amber")
        return
    await front.take_macro(ids[0], _MACRO)
