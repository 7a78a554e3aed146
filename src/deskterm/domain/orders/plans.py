"""What an action on an order will do, said before it is done, and what stands in its way."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from deskterm.domain.formats import Formats
from deskterm.domain.orders.actions import Ability, StoreAction
from deskterm.domain.orders.order import Fulfilment, Money, Order, Payment, PostalAddress
from deskterm.domain.orders.store_kinds import ShopMail, StoreKind

_COUNTRY = 2  # letters of an ISO 3166 code


class Obstacle(StrEnum):
    """Why an action cannot be done, as far as is known now: the store is asked again right before."""

    NOT_ABLE = "not able"
    GONE = "gone"
    SHIPPED = "shipped"
    CANCELLED = "cancelled"
    NOT_PAID = "not paid"
    TOO_MUCH = "too much"
    NOT_WHOLE = "not whole"
    NO_AMOUNT = "no amount"
    WRONG_CURRENCY = "wrong currency"
    NO_TEXT = "no text"
    NOTHING_NEW = "nothing new"
    NO_COUNTRY = "no country"


_OBSTACLES = {
    Obstacle.NOT_ABLE: "{kind} cannot do that from here; do it on the order's own page.",
    Obstacle.GONE: "{kind} has this order no longer.",
    Obstacle.SHIPPED: "Something of it has been shipped already.",
    Obstacle.CANCELLED: "The order is cancelled already.",
    Obstacle.NOT_PAID: "Nothing was paid that could be given back.",
    Obstacle.TOO_MUCH: "Only {left} of it can still be given back.",
    Obstacle.NOT_WHOLE: "Cancelling gives back all that is left: {left}.",
    Obstacle.NO_AMOUNT: "An amount is needed.",
    Obstacle.WRONG_CURRENCY: "The order was paid in {currency}.",
    Obstacle.NO_TEXT: "A text is needed.",
    Obstacle.NOTHING_NEW: "It is so already.",
    Obstacle.NO_COUNTRY: "The country is needed as its two letters: US, DE.",
}


@dataclass(frozen=True, slots=True)
class ActionPlan:
    """An action with what will happen, a whole sentence each. With an `obstacle` it cannot be confirmed.

    `to_type` is the amount that the owner has to type to confirm it; None where no money moves.
    """

    action: StoreAction
    effects: tuple[str, ...]
    obstacle: Obstacle | None = None
    obstacle_words: str = ""
    to_type: Money | None = None


def amount_left(order: Order) -> Money:
    """What can still be given back, as far as is known: the total without the refunds."""
    back = sum(one.amount.minor for one in order.refunds if one.amount.currency == order.total.currency)
    return Money(max(0, order.total.minor - back), order.total.currency)


def plan_action(order: Order, action: StoreAction, kind: StoreKind, formats: Formats) -> ActionPlan:
    """What an action will do to an order as it is known now."""
    obstacle = _obstacle(order, action, kind)
    effects = (*_EFFECTS.get(action.ability, _no_effects)(order, action, kind, formats), *_mail(action, kind))
    moves_money = action.ability in (Ability.REFUND, Ability.CANCEL) and action.amount is not None
    words = ""
    if obstacle:
        words = _OBSTACLES[obstacle].format(
            kind=kind.name, left=formats.money(amount_left(order)), currency=order.total.currency
        )
    return ActionPlan(action, tuple(effects), obstacle, words, action.amount if moves_money else None)


def _obstacle(order: Order, action: StoreAction, kind: StoreKind) -> Obstacle | None:
    if action.ability not in kind.can:
        return Obstacle.NOT_ABLE
    if order.gone_at is not None:
        return Obstacle.GONE
    if action.amount is not None and action.ability in (Ability.REFUND, Ability.CANCEL):
        found = _money_obstacle(order, action.amount)
        if found:
            return found
    return _OBSTACLE_RULES.get(action.ability, _needs_text)(order, action, kind)


def _money_obstacle(order: Order, amount: Money) -> Obstacle | None:
    if order.payment in (Payment.PENDING, Payment.VOIDED):
        return Obstacle.NOT_PAID
    if amount.currency != order.total.currency:
        return Obstacle.WRONG_CURRENCY
    if amount.minor <= 0:
        return Obstacle.NO_AMOUNT
    return Obstacle.TOO_MUCH if amount.minor > amount_left(order).minor else None


def _refund_obstacle(order: Order, action: StoreAction, kind: StoreKind) -> Obstacle | None:  # noqa: ARG001
    return None if action.amount else Obstacle.NO_AMOUNT


def _cancel_obstacle(order: Order, action: StoreAction, kind: StoreKind) -> Obstacle | None:
    if order.cancelled_at or order.fulfilment is Fulfilment.CANCELLED:
        return Obstacle.CANCELLED
    if order.on_its_way:
        return Obstacle.SHIPPED
    if action.amount and not kind.cancel_refunds:
        return Obstacle.NOT_ABLE
    return Obstacle.NOT_WHOLE if action.amount and action.amount != amount_left(order) else None


def _address_obstacle(order: Order, action: StoreAction, kind: StoreKind) -> Obstacle | None:  # noqa: ARG001
    if order.cancelled_at:
        return Obstacle.CANCELLED
    if order.on_its_way:
        return Obstacle.SHIPPED
    wanted = action.ship_to
    if wanted is None or not (wanted.street and wanted.city):
        return Obstacle.NO_TEXT
    if wanted == order.ship_to:
        return Obstacle.NOTHING_NEW
    return None if len(wanted.country) == _COUNTRY and wanted.country.isupper() else Obstacle.NO_COUNTRY


def _fulfil_obstacle(order: Order, action: StoreAction, kind: StoreKind) -> Obstacle | None:  # noqa: ARG001
    if order.cancelled_at:
        return Obstacle.CANCELLED
    return Obstacle.SHIPPED if order.fulfilment in (Fulfilment.SHIPPED, Fulfilment.DELIVERED) else None


def _tags_obstacle(order: Order, action: StoreAction, kind: StoreKind) -> Obstacle | None:  # noqa: ARG001
    if not action.tags:
        return Obstacle.NO_TEXT
    return Obstacle.NOTHING_NEW if set(action.tags) <= set(order.tags) else None


def _code_obstacle(order: Order, action: StoreAction, kind: StoreKind) -> Obstacle | None:  # noqa: ARG001
    if not action.text:
        return Obstacle.NO_TEXT
    return None if action.amount or action.percent else Obstacle.NO_AMOUNT


def _needs_text(order: Order, action: StoreAction, kind: StoreKind) -> Obstacle | None:  # noqa: ARG001
    return None if action.text.strip() else Obstacle.NO_TEXT


_OBSTACLE_RULES: dict[Ability, Callable[[Order, StoreAction, StoreKind], Obstacle | None]] = {
    Ability.REFUND: _refund_obstacle,
    Ability.CANCEL: _cancel_obstacle,
    Ability.ADDRESS: _address_obstacle,
    Ability.FULFIL: _fulfil_obstacle,
    Ability.TAGS: _tags_obstacle,
    Ability.CODE: _code_obstacle,
}


def _refund_effects(order: Order, action: StoreAction, kind: StoreKind, formats: Formats) -> Iterable[str]:  # noqa: ARG001
    if action.amount:
        way = f" ({order.payment_method})" if order.payment_method else ""
        yield f"{formats.money(action.amount)} goes back to the customer, the way it was paid{way}."
    for piece in action.pieces:
        line = next((one for one in order.lines if one.external_id == piece.line), None)
        yield f"{piece.quantity} × {line.title if line else piece.line} count as given back."
    if action.pieces:
        yield "They are put back into stock." if action.restock else "They are not put back into stock."


def _cancel_effects(order: Order, action: StoreAction, kind: StoreKind, formats: Formats) -> Iterable[str]:
    yield f"Order {order.mark} is cancelled. That cannot be taken back."
    if action.amount:
        yield from _refund_effects(order, action, kind, formats)
    elif order.payment in (Payment.PAID, Payment.PARTLY_REFUNDED):
        yield "No money goes back by that: give it back by a refund."
    restocks = action.restock or kind.cancel_restocks
    yield "Its goods are put back into stock." if restocks else "Its goods are not put back into stock."


def _address_effects(order: Order, action: StoreAction, kind: StoreKind, formats: Formats) -> Iterable[str]:  # noqa: ARG001
    for name in ("name", "street", "postcode", "city", "region", "country"):
        was, now = (getattr(one or PostalAddress(), name) for one in (order.ship_to, action.ship_to))
        if was != now:
            yield f"{name.capitalize()}: {was or 'nothing'} becomes {now or 'nothing'}."
    yield "A label that was bought already is not changed by that."


def _note_effects(order: Order, action: StoreAction, kind: StoreKind, formats: Formats) -> Iterable[str]:  # noqa: ARG001
    yield f"The note is added to order {order.mark} in the store."


def _tags_effects(order: Order, action: StoreAction, kind: StoreKind, formats: Formats) -> Iterable[str]:  # noqa: ARG001
    new = [tag for tag in action.tags if tag not in order.tags]
    yield f"Order {order.mark} gets the tags {', '.join(new)}."


def _fulfil_effects(order: Order, action: StoreAction, kind: StoreKind, formats: Formats) -> Iterable[str]:  # noqa: ARG001
    yield f"What is left of order {order.mark} is marked as shipped."
    if action.tracking:
        yield f"Its tracking number is {action.tracking}{f' ({action.carrier})' if action.carrier else ''}."


def _code_effects(order: Order, action: StoreAction, kind: StoreKind, formats: Formats) -> Iterable[str]:  # noqa: ARG001
    off = formats.money(action.amount) if action.amount else f"{action.percent} %"
    yield f"The code {action.text} takes {off} off one order, once."


def _no_effects(order: Order, action: StoreAction, kind: StoreKind, formats: Formats) -> Iterable[str]:  # noqa: ARG001
    return ()


_EFFECTS: dict[Ability, Callable[[Order, StoreAction, StoreKind, Formats], Iterable[str]]] = {
    Ability.REFUND: _refund_effects,
    Ability.CANCEL: _cancel_effects,
    Ability.ADDRESS: _address_effects,
    Ability.NOTE: _note_effects,
    Ability.TAGS: _tags_effects,
    Ability.FULFIL: _fulfil_effects,
    Ability.CODE: _code_effects,
}


def _mail(action: StoreAction, kind: StoreKind) -> Iterable[str]:
    """Whether the customer hears of it from the shop as well."""
    match kind.mail(action.ability):
        case ShopMail.ALWAYS:
            yield f"{kind.name} mails the customer about it."
        case ShopMail.ITS_SETTINGS:
            yield f"Whether {kind.name} mails the customer about it is up to its own settings."
        case ShopMail.AS_ASKED if action.tell_customer:
            yield f"{kind.name} mails the customer about it."
        case _:
            yield f"{kind.name} does not mail the customer about it."
