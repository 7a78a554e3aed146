"""Returns: what the store reports, and the steps the owner records."""

from collections.abc import Iterable
from dataclasses import replace

from deskterm.desk.reply.order_options import options
from deskterm.desk.reply.ticket_context import load_context
from deskterm.desk.shop import DeskContext
from deskterm.domain.events import By, What
from deskterm.domain.orders.order import Order
from deskterm.domain.orders.plans import amount_left
from deskterm.domain.orders.returns import (
    OrderReturn,
    ReturnLimits,
    ReturnStep,
    settle_returns,
)
from deskterm.domain.views import Done
from deskterm.errors import NotNow
from deskterm.storage import events, orders, tickets
from deskterm.storage.products import returns
from deskterm.storage.schema.database import Tx


class Returns:
    """The returns of orders. Every change can be undone."""

    def __init__(self, shop: DeskContext) -> None:
        self._shop = shop

    def order_of(self, ticket_id: int) -> tuple[Order, OrderReturn | None] | None:
        """The ticket's order with its newest recorded return, refunds included; None without an order."""
        with self._shop.db.read() as tx:
            found = options(tx, load_context(tx, ticket_id))
            if not found:
                return None
            return found[0].order, _newest(tx, found[0].order.id)

    def note(self, ticket_id: int, order_id: int, step: ReturnStep, now: int) -> Done:
        """Record that a step happened now; a return starts with its first step, once the one before is paid.

        NotNow if the step is recorded already.
        """
        with self._shop.db.write() as tx:
            was = _newest(tx, order_id)
            if was is not None and was.money_at is not None and step is not ReturnStep.MONEY:
                was = None  # another one
            one = was or OrderReturn(now, by_hand=True)
            if one.at_step(step) is not None:
                raise NotNow(f"Already recorded: {step}.")
            return self._put(tx, ticket_id, order_id, was, one.with_step(step, now), str(step), now)

    def drop(self, ticket_id: int, order_id: int, now: int) -> Done:
        """Nothing comes back after all: remove the newest record."""
        with self._shop.db.write() as tx:
            was = _newest(tx, order_id)
            if was is None:
                raise NotNow("No return is recorded for that order.")
            return self._put(tx, ticket_id, order_id, was, None, "no return", now)

    def _put(  # noqa: PLR0917 - what a note is
        self,
        tx: Tx,
        ticket_id: int,
        order_id: int,
        was: OrderReturn | None,
        one: OrderReturn | None,
        words: str,
        now: int,
    ) -> Done:
        returns.put(tx, order_id, was, one)
        root = tickets.root(tx, ticket_id)
        action = events.new_action(tx)
        before, after = ({"order": order_id, "return": returns.as_values(each)} for each in (was, one))
        events.add(tx, action, root, now, By.OWNER, What.RETURN, before, after)
        order = orders.get(tx, order_id)
        return Done(f"Recorded on {order.mark}: {words}", action, (root,))


def with_returns(tx: Tx, found: Iterable[Order]) -> tuple[Order, ...]:
    """The orders with the owner's record among their returns, and the money refunded since."""
    listed = list(found)
    noted = returns.noted_of(tx, [one.id for one in listed])
    return tuple(_whole(order, noted.get(order.id, ())) for order in listed)


def limits_of(shop: DeskContext) -> ReturnLimits:
    """Within how many days parcels and money should be back."""
    return ReturnLimits(shop.settings.policy.return_parcel_days, shop.settings.policy.refund_days)


def _newest(tx: Tx, order_id: int) -> OrderReturn | None:
    """The newest return that the owner noted of an order, with the money that the store gave back for it."""
    (order,) = with_returns(tx, [orders.get(tx, order_id)])
    return next((one for one in reversed(order.returns) if one.by_hand), None)


def _whole(order: Order, noted: tuple[OrderReturn, ...]) -> Order:
    known = (*order.returns, *noted)
    if not known:
        return order
    given = [one.at for one in order.refunds]
    whole_at = max(given, default=None) if order.total.minor and not amount_left(order).minor else None
    return replace(order, returns=settle_returns(known, given, whole_at))
