"""Cancelling a Shopify order, once. Shopify does it in a background job, and it cannot be undone."""

from collections.abc import Callable

from deskterm.domain.orders.actions import ActionAnswer, ActionState, StoreAction
from deskterm.errors import WireError
from deskterm.sync.stores.action_keys import with_key
from deskterm.sync.stores.graphql import Answered
from deskterm.sync.stores.lost_answers import NOT_THERE
from deskterm.sync.stores.shopify.changes import DONE, ChangeAnswer, UserErrorRow, change, refuse
from deskterm.sync.stores.shopify.order_now import NowRow, look_at, order_now, trace_of
from deskterm.sync.stores.shopify.refunds import money_after_cancelling, refuse_other_amount
from deskterm.sync.stores.shopify.wire import ShopifyWire

_JOB_WAITS = (0.5, 1.0, 2.0, 3.0, 5.0)  # seconds between polls of a job
_STILL = ActionAnswer(ActionState.UNKNOWN, "Shopify is still at it.")


class JobRow(Answered):
    """A background job of Shopify's."""

    id: str
    done: bool = False


class CancelPayload(Answered):
    """The result of a cancellation; its field for errors has a name of its own."""

    job: JobRow | None = None
    order_cancel_user_errors: tuple[UserErrorRow, ...] = ()


class CancelAnswer(Answered):
    """The answer to a cancellation."""

    order_cancel: CancelPayload


class JobAnswer(Answered):
    """How far a job is."""

    job: JobRow | None = None


def cancel(wire: ShopifyWire, action: StoreAction, sleep: Callable[[float], None]) -> ActionAnswer:
    """Cancel the order, unless it is cancelled already."""
    order = order_now(wire, action)
    if order is None:
        return refuse("The shop does not have this order.")
    return _look_before(wire, order, action) or _send(wire, order, action, sleep)


def _look_before(wire: ShopifyWire, order: NowRow, action: StoreAction) -> ActionAnswer | None:
    """Check whether it was done already, or what prevents it."""
    if trace_of(order, action):
        return _say_cancelled(wire, action)
    return _obstacle(order) or (refuse_other_amount(wire, action) if action.amount else None)


def _send(
    wire: ShopifyWire, order: NowRow, action: StoreAction, sleep: Callable[[float], None]
) -> ActionAnswer:
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
    """Wait for the job; the cancellation is done when the order shows it."""
    for wait in _JOB_WAITS:
        if job is None or job.done:
            break
        sleep(wait)
        job = wire.ask("job", JobAnswer, id=job.id).job
    order = order_now(wire, action)
    return _say_cancelled(wire, action) if order and trace_of(order, action) else _STILL


def find_cancellation(wire: ShopifyWire, action: StoreAction) -> ActionAnswer:
    """Find out whether it happened, and whether the money was refunded."""
    order = order_now(wire, action)
    found = look_at(order, action) if order else NOT_THERE
    return _say_cancelled(wire, action) if found.state is ActionState.DONE else found


def _say_cancelled(wire: ShopifyWire, action: StoreAction) -> ActionAnswer:
    return money_after_cancelling(wire, action) if action.amount else DONE
