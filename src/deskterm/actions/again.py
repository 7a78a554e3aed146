"""Take the last macro again."""

from deskterm.actions.front import Front


async def run(front: Front, ids: tuple[int, ...]) -> None:
    """Fill the macro that was taken last into the reply, and review it."""
    macro_id = front.work.desk.replies.last_macro()
    if macro_id:
        await front.take_macro(ids[0], macro_id)
    else:
        front.tell("No macro was taken yet: m picks one.", "amber")
