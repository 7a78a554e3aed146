"""What an order reveals of an action whose answer was lost: in doubt UNKNOWN, not "did not happen"."""

from deskterm.domain.orders.actions import ActionAnswer, ActionState, StoreAction
from deskterm.domain.orders.order import PostalAddress

NOT_THERE = ActionAnswer(ActionState.REFUSED)
CANCELLED = ActionAnswer(
    ActionState.UNKNOWN,
    "The order is cancelled, and nothing says whether by this: see in the store whether money went back.",
)
SENT = ActionAnswer(
    ActionState.UNKNOWN, "The order is on its way, and nothing says whether by this: see in the store."
)


def trace_of_address(current: PostalAddress, action: StoreAction) -> ActionAnswer:
    """By the address now: the new one, the one that was seen, or another, as some stores rewrite them."""
    if current == action.ship_to:
        return ActionAnswer(ActionState.DONE)
    if action.seen is None or current == action.seen:
        return NOT_THERE
    there = ", ".join(current.lines)
    return ActionAnswer(
        ActionState.UNKNOWN, f"The address is neither the old nor the new one, it is now: {there}."
    )
