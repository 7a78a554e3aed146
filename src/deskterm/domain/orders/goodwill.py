"""Goodwill: what is given beyond what an order owes, its worth, and how much of it the owner allows."""

from collections.abc import Iterable, Sequence
from enum import StrEnum

from deskterm.domain.formats import Formats
from deskterm.domain.orders.actions import GIVING, Ability, StoreAction
from deskterm.domain.orders.order import Fulfilment, Money, Order
from deskterm.domain.orders.returns import WITHOUT_MONEY
from deskterm.value_class import dataclass

_WHOLE = 100  # per cent


class GoodwillScope(StrEnum):
    """What a limit is for."""

    TICKET = "on this ticket"
    CUSTOMER = "for this customer in a year"
    MONTH = "this month"


@dataclass(frozen=True, slots=True)
class GoodwillLimit:
    """One limit and what was given of it, both in minor units of the shop's currency."""

    scope: GoodwillScope
    most: int
    given: int

    @property
    def left(self) -> int:
        """What is left of it."""
        return max(0, self.most - self.given)


def worth_of(order: Order, action: StoreAction) -> Money | None:
    """What an action gives as goodwill, in the shop's currency; None for one that gives none.

    A refund counts unless the order owes it: the owner says so, it is cancelled, or goods come back
    and their money did not go back yet. A replacement counts as the price of its pieces.
    """
    owed = action.owed or (action.ability in (Ability.REFUND, Ability.CREDIT) and owes_refund(order))
    if action.ability not in GIVING or owed:
        return None
    if action.ability is Ability.REPLACE:
        return _in_shop_currency(order, price_of_pieces(order, action))
    if action.ability is Ability.CODE and action.amount is None:
        return _in_shop_currency(order, order.total.minor * action.percent // _WHOLE)
    if action.amount is None:
        return None
    if action.amount.currency == order.shop_currency:
        return action.amount
    return _in_shop_currency(order, action.amount.minor)


def owes_refund(order: Order) -> bool:
    """Whether money that goes back for an order is owed: it was cancelled, or a return of it is unpaid.

    What goes back after the money of its returns is given beyond what the order owes.
    """
    cancelled = order.cancelled_at is not None or order.fulfilment is Fulfilment.CANCELLED
    return cancelled or any(one.state not in WITHOUT_MONEY and one.money_at is None for one in order.returns)


def price_of_pieces(order: Order, action: StoreAction) -> int:
    """What the pieces of an action cost, in minor units of the order's currency."""
    prices = {one.external_id: one.price.minor for one in order.lines}
    return sum(prices.get(piece.line, 0) * piece.quantity for piece in action.pieces)


def limits_passed_by(limits: Iterable[GoodwillLimit], worth: Money | None) -> list[GoodwillLimit]:
    """The limits that are passed by giving so much more."""
    return [one for one in limits if worth is not None and worth.minor > one.left]


def say_limits(limits: Sequence[GoodwillLimit], worth: Money | None, formats: Formats) -> Iterable[str]:
    """What counts as goodwill, and what is left of each limit before it."""
    if worth is None:
        return
    yield f"{formats.money(worth)} of it counts as goodwill."
    if limits:
        left = (f"{formats.money(Money(one.left, worth.currency))} {one.scope}" for one in limits)
        yield f"Left of your limits before it: {', '.join(left)}."


def _in_shop_currency(order: Order, minor: int) -> Money:
    """An amount in the order's currency at the rate that the order was paid by."""
    total, shop = order.total.minor, order.shop_total
    if shop is None or not total:
        return Money(minor, order.total.currency)
    return Money(round(minor * shop.minor / total), shop.currency)
