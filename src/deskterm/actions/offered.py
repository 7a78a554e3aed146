"""Take one of the answers suggested for the newest mail."""

from deskterm.actions.front import Front


async def take_offered(front: Front, ids: tuple[int, ...], place: int) -> None:
    """Fill the suggested answer at `place` (from 0) and open the review; if there is none, open the SOP."""
    view = front.ticket_view
    if view is None:
        return
    if place < len(view.suggested):
        await front.take_macro(ids[0], view.suggested[place].id)
    elif view.suggested:
        front.tell(
            f"Only {len(view.suggested)} offered: {front.work.key('macro')} shows all macros.", "amber"
        )
    else:
        if view.sop:
            front.enter_sop()
        if view.offer.reaches_nobody:
            front.tell(view.offer.why_none, "amber")
            return
        words = "{received} answers that you have read it, {macro} shows all macros."
        front.tell(f"{view.offer.why_none} {front.work.with_keys(words)}", "amber")
