"""Goodwill: what is given to customers beyond what they have a right to, and the owner's limits for it."""

from collections.abc import Iterable, Sequence
from enum import StrEnum

from deskterm.config.store_kinds import Ability
from deskterm.domain.formats import Formats
from deskterm.domain.orders.actions import GIVING, StoreAction
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
    """A limit and how much of it was given, both in minor units of the shop's currency."""

    scope: GoodwillScope
    most: int
    given: int

    @property
    def left(self) -> int:
        """How much may still be given."""
        return max(0, self.most - self.given)


def worth_of(order: Order, action: StoreAction) -> Money | None:
    """What an action gives as goodwill, in the shop's currency; None if it gives none.

    A refund counts unless it is owed: the owner says so, the order is cancelled, or goods come back that have
    not been refunded yet. A replacement counts with the price of its pieces.
    """
    if action.ability not in GIVING or action.owed or is_owed(order, action.ability):
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


def is_owed(order: Order, ability: Ability) -> bool:
    """Whether money that goes back for an order is owed, whatever the owner says."""
    return ability in (Ability.REFUND, Ability.CREDIT) and owes_refund(order)


def owes_refund(order: Order) -> bool:
    """Whether a refund for an order is owed: it was cancelled, or one of its returns is not refunded yet."""
    cancelled = order.cancelled_at is not None or order.fulfilment is Fulfilment.CANCELLED
    return cancelled or any(one.state not in WITHOUT_MONEY and one.money_at is None for one in order.returns)


def price_of_pieces(order: Order, action: StoreAction) -> int:
    """The price of the pieces of an action, in minor units of the order's currency."""
    prices = {one.external_id: one.price.minor for one in order.lines}
    return sum(prices.get(piece.line, 0) * piece.quantity for piece in action.pieces)


def limits_passed_by(limits: Iterable[GoodwillLimit], worth: Money | None) -> list[GoodwillLimit]:
    """The limits that would be exceeded by giving `worth`."""
    return [one for one in limits if worth is not None and worth.minor > one.left]


def say_limits(limits: Sequence[GoodwillLimit], worth: Money | None, formats: Formats) -> Iterable[str]:
    """Sentences on how much of an action is goodwill, and what is left of each limit before it."""
    if worth is None or not worth.minor:
        return
    yield f"{formats.money(worth)} of it counts as goodwill."
    if limits:
        left = (f"{formats.money(Money(one.left, worth.currency))} {one.scope}" for one in limits)
        yield f"Left of your limits before it: {', '.join(left)}."


def _in_shop_currency(order: Order, minor: int) -> Money:
    """An amount of the order's currency in the shop's, at the rate at which the order was paid."""
    total, shop = order.total.minor, order.shop_total
    if shop is None or not total:
        return Money(minor, order.total.currency)
    return Money(round(minor * shop.minor / total), shop.currency)
