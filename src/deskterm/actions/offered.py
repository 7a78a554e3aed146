"""Taking one of the answers that are offered for the newest mail."""

from deskterm.actions.front import Front


async def take_offered(front: Front, ids: tuple[int, ...], place: int) -> None:
    """Fill the answer at `place` (from 0) and review it; where none is offered, open the SOP."""
    view = front.ticket_view
    if view is None:
        return
    if place < len(view.suggested):
        await front.take_macro(ids[0], view.suggested[place].id)
    elif view.suggested:
        front.tell(f"Only {len(view.suggested)} offered: m shows all macros.", "amber")
    else:
        if view.sop:
            front.enter_sop()
        front.tell(f"{view.offer.why_none} a says that you have read it, m shows all macros.", "amber")
