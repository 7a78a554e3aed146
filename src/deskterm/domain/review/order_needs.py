"""What must be true of an order for a macro's text to be true."""

from collections.abc import Callable, Iterable
from enum import StrEnum

from deskterm.domain.orders.order import Fulfilment, Order, Payment


class Need(StrEnum):
    """What a macro may require of its order, as written under `needs:`."""

    SHIPPED = "shipped"
    NOT_SHIPPED = "not shipped"
    DELIVERED = "delivered"
    NOT_DELIVERED = "not delivered"
    TRACKING = "tracking"
    NO_TRACKING = "no tracking"
    REFUNDED = "refunded"
    NOT_REFUNDED = "not refunded"
    CANCELLED = "cancelled"
    NOT_CANCELLED = "not cancelled"
    PAID = "paid"
    NOT_PAID = "not paid"
    OPEN_RETURN = "open return"


def fits(needs: Iterable[Need], order: Order | None) -> bool:
    """Whether an order meets all of a macro's needs. Without an order they count as met."""
    return not unmet(needs, order)


def unmet(needs: Iterable[Need], order: Order | None) -> tuple[Need, ...]:
    """The needs of a macro that an order does not meet."""
    return () if order is None else tuple(need for need in needs if not _HOLDS[need](order))


def unmet_needs(needs: Iterable[Need], order: Order | None) -> tuple[str, ...]:
    """A sentence for each of a macro's needs that an order does not meet."""
    return tuple(_against(need, order) for need in unmet(needs, order) if order)


def _against(need: Need, order: Order) -> str:
    stands, wanted = _AGAINST[need]
    if unknown := _why_unknown(need, order):
        return f"Order {order.mark} {unknown}; this macro is for orders that {_WANTED.get(need, wanted)}."
    return f"Order {order.mark} {stands.format(order=order)}; this macro is for orders that {wanted}."


def _why_unknown(need: Need, order: Order) -> str:
    """Why it is not known whether an order meets a need; "" if it is known."""
    if need in _OF_PAYMENT and order.payment is Payment.UNKNOWN:
        what, word = "whether it is paid or refunded", order.payment_word
    elif need in _OF_SENDING and order.fulfilment is Fulfilment.UNKNOWN:
        what, word = "whether it was shipped", order.fulfilment_word
    else:
        return ""
    return f"does not show {what}" + (f" (your shop calls it “{word}”)" if word else "")


def _is_delivered(order: Order) -> bool:
    return order.fulfilment is Fulfilment.DELIVERED or any(one.delivered_at for one in order.shipments)


def _is_refunded(order: Order) -> bool:
    return order.payment in (Payment.REFUNDED, Payment.PARTLY_REFUNDED)


def _is_cancelled(order: Order) -> bool:
    return order.fulfilment is Fulfilment.CANCELLED or order.cancelled_at is not None


def _has_tracking(order: Order) -> bool:
    return any(one.number for one in order.shipments)


_HOLDS: dict[Need, Callable[[Order], bool]] = {
    Need.SHIPPED: lambda order: order.on_its_way,
    Need.NOT_SHIPPED: lambda order: not order.on_its_way and order.fulfilment is not Fulfilment.UNKNOWN,
    Need.DELIVERED: _is_delivered,
    Need.NOT_DELIVERED: lambda order: not _is_delivered(order),
    Need.TRACKING: _has_tracking,
    Need.NO_TRACKING: lambda order: not _has_tracking(order),
    Need.REFUNDED: _is_refunded,
    Need.NOT_REFUNDED: lambda order: not _is_refunded(order) and order.payment is not Payment.UNKNOWN,
    Need.CANCELLED: _is_cancelled,
    Need.NOT_CANCELLED: lambda order: not _is_cancelled(order),
    Need.PAID: lambda order: order.payment in (Payment.PAID, Payment.PARTLY_REFUNDED),
    Need.NOT_PAID: lambda order: order.payment in (Payment.PENDING, Payment.VOIDED),
    Need.OPEN_RETURN: lambda order: any(one.is_open and one.back_at is None for one in order.returns),
}
_OF_PAYMENT = frozenset({Need.PAID, Need.NOT_PAID, Need.REFUNDED, Need.NOT_REFUNDED})
_OF_SENDING = frozenset({Need.SHIPPED, Need.NOT_SHIPPED})
_WANTED = {Need.SHIPPED: "are shipped", Need.REFUNDED: "are refunded"}
_AGAINST: dict[Need, tuple[str, str]] = {  # what the order is, and what the macro's orders are
    Need.SHIPPED: ("is not shipped", "are"),
    Need.NOT_SHIPPED: ("is {order.fulfilment_text}", "are not shipped"),
    Need.DELIVERED: ("is not delivered", "are"),
    Need.NOT_DELIVERED: ("is delivered", "are not"),
    Need.TRACKING: ("has no tracking number", "have one"),
    Need.NO_TRACKING: ("has a tracking number", "have none"),
    Need.REFUNDED: ("is not refunded", "are"),
    Need.NOT_REFUNDED: ("is {order.payment_text}", "are not refunded"),
    Need.CANCELLED: ("is not cancelled", "are"),
    Need.NOT_CANCELLED: ("is cancelled", "are not"),
    Need.PAID: ("is {order.payment_text}", "are paid"),
    Need.NOT_PAID: ("is {order.payment_text}", "are not paid"),
    Need.OPEN_RETURN: ("has no return that is still to come", "have one"),
}
