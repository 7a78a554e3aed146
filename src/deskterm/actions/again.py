"""Fill the last macro again."""

from deskterm.actions.front import Front


async def run(front: Front, ids: tuple[int, ...]) -> None:
    """Fill the macro taken last into the reply and open the review."""
    macro_id = front.work.desk.replies.last_macro()
    if macro_id:
        await front.take_macro(ids[0], macro_id)
    else:
        front.tell(f"No macro has been used yet: {front.work.key('macro')} picks one.", "amber")
