"""Cancelling an order of Shopify's, once: Shopify does it by and by, and it cannot be taken back."""

from collections.abc import Callable

from deskterm.domain.orders.actions import ActionAnswer, ActionState, StoreAction
from deskterm.errors import WireError
from deskterm.sync.stores.action_keys import with_key
from deskterm.sync.stores.graphql import Answered
from deskterm.sync.stores.shopify.changes import ChangeAnswer, UserErrorRow, change, refuse
from deskterm.sync.stores.shopify.order_now import NowRow, order_now, trace_of
from deskterm.sync.stores.shopify.wire import ShopifyWire

_JOB_WAITS = (0.5, 1.0, 2.0, 3.0, 5.0)  # seconds between two looks at a job
_STILL = ActionAnswer(ActionState.UNKNOWN, "Shopify is still at it.")


class JobRow(Answered):
    """Something that Shopify does by and by."""

    id: str
    done: bool = False


class CancelPayload(Answered):
    """What became of a cancellation; its errors bear a name of their own."""

    job: JobRow | None = None
    order_cancel_user_errors: tuple[UserErrorRow, ...] = ()


class CancelAnswer(Answered):
    """The answer to a cancellation."""

    order_cancel: CancelPayload


class JobAnswer(Answered):
    """How far a job is."""

    job: JobRow | None = None


def cancel(wire: ShopifyWire, action: StoreAction, sleep: Callable[[float], None]) -> ActionAnswer:
    """Cancel the order, unless it is."""
    order = order_now(wire, action)
    if order is None:
        return refuse("The shop does not have this order.")
    if found := trace_of(order, action) or _obstacle(order):
        return found
    answer = change(
        wire,
        "cancel",
        CancelAnswer,
        id=order.id,
        reason="CUSTOMER",
        restock=action.restock,
        refund=action.amount is not None,
        notify=action.tell_customer,
        note=with_key(action.text, action.key),
    )
    if isinstance(answer, ActionAnswer):
        return answer
    errors = answer.order_cancel.order_cancel_user_errors
    if errors:
        return ChangeAnswer(user_errors=errors).refusal()
    try:
        return _await(wire, answer.order_cancel.job, action, sleep)
    except WireError as error:
        return ActionAnswer(ActionState.UNKNOWN, error.what)


def _obstacle(order: NowRow) -> ActionAnswer | None:
    if order.cancelled_at:
        return refuse("It is cancelled already, but not from here: see whether the money went back.")
    return refuse("Something of it is on its way already.") if order.is_sent else None


def _await(
    wire: ShopifyWire, job: JobRow | None, action: StoreAction, sleep: Callable[[float], None]
) -> ActionAnswer:
    """It is done when the order says so."""
    for wait in _JOB_WAITS:
        if job is None or job.done:
            break
        sleep(wait)
        job = wire.ask("job", JobAnswer, id=job.id).job
    order = order_now(wire, action)
    return (order and trace_of(order, action)) or _STILL
