"""Act on the ticket's order in its store: refund, cancel, address, note and more."""

from deskterm.actions.front import Front


async def run(front: Front, ids: tuple[int, ...]) -> None:
    """Let the owner pick the action; the next screen says what will happen before anything does."""
    if front.ticket_view is None or not front.ticket_view.orders:
        front.tell("No order of this customer is known.", "amber")
        return
    await front.act_on_order(ids[0])
