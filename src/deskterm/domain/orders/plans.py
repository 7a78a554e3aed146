"""Planning an action on an order: what it will do, and what prevents it."""

from collections.abc import Callable, Sequence
from enum import StrEnum

from deskterm.config.store_kinds import Ability, StoreKind
from deskterm.domain.formats import Formats
from deskterm.domain.orders.actions import StoreAction
from deskterm.domain.orders.addresses import doubts_about
from deskterm.domain.orders.effects import effects_of
from deskterm.domain.orders.goodwill import GoodwillLimit, is_owed, limits_passed_by, say_limits, worth_of
from deskterm.domain.orders.order import Fulfilment, Money, Order, Payment
from deskterm.value_class import dataclass

_COUNTRY = 2  # letters of an ISO 3166 code
_WHOLE = 100  # per cent
_OF_ORDER = frozenset({Ability.REFUND, Ability.CANCEL, Ability.CREDIT})  # the order's own money
_MONEY = frozenset({Ability.REFUND, Ability.CANCEL, Ability.CODE, Ability.GIFT_CARD, Ability.CREDIT})


class Obstacle(StrEnum):
    """Why an action cannot be done, as far as we know; the store is asked again right before doing it."""

    NOT_ABLE = "not able"
    GONE = "gone"
    SHIPPED = "shipped"
    CANCELLED = "cancelled"
    NOT_PAID = "not paid"
    TOO_MUCH = "too much"
    NOT_WHOLE = "not whole"
    NO_AMOUNT = "no amount"
    WRONG_CURRENCY = "wrong currency"
    SHOP_CURRENCY = "shop currency"
    NO_TEXT = "no text"
    NO_ADDRESS = "no address"
    NOTHING_NEW = "nothing new"
    NO_COUNTRY = "no country"
    BAD_PIECES = "bad pieces"
    NOT_SENT_YET = "not sent yet"
    NO_MAIL = "no mail"
    OVER_LIMIT = "over limit"
    NOT_ON_LIST = "not on list"


_OBSTACLES = {
    Obstacle.NOT_ABLE: "{kind} cannot do that from here; do it on the order's own page.",
    Obstacle.GONE: "{kind} has this order no longer.",
    Obstacle.SHIPPED: "Something of it has been shipped already.",
    Obstacle.CANCELLED: "The order is cancelled already.",
    Obstacle.NOT_PAID: "Nothing was paid that could be given back.",
    Obstacle.TOO_MUCH: "Only {left} of it can still be given back.",
    Obstacle.NOT_WHOLE: "Cancelling gives back all that is left: {left}.",
    Obstacle.NO_AMOUNT: "Write an amount, as in 12.50.",
    Obstacle.WRONG_CURRENCY: "The order was paid in {currency}.",
    Obstacle.SHOP_CURRENCY: "That is made in the shop's own currency, {shop}.",
    Obstacle.NO_TEXT: "A text is needed.",
    Obstacle.NO_ADDRESS: "A street or a city is needed.",
    Obstacle.NOTHING_NEW: "It is so already.",
    Obstacle.BAD_PIECES: "Write the pieces as in 2 x SKU, with no more than the order has left.",
    Obstacle.NOT_SENT_YET: "Nothing of it has been shipped that could come back.",
    Obstacle.NO_MAIL: "The order has no mail address.",
    Obstacle.OVER_LIMIT: "That is more goodwill than your limit {scope}: say why it is given all the same.",
    Obstacle.NOT_ON_LIST: "Take a code that is on your list and was not given yet.",
    Obstacle.NO_COUNTRY: "The country is needed as its two letters: US, DE.",
}


@dataclass(frozen=True, slots=True)
class ActionPlan:
    """An action with its effects, one sentence each. With an `obstacle` it cannot be confirmed.

    `to_type` is the amount that the owner must type to confirm it, None if no money moves. `goodwill` is the
    part that is not owed; `over_limit`: that is more than a limit allows. `doubts` are what looks wrong and
    prevents nothing, a sentence each.
    """

    action: StoreAction
    effects: tuple[str, ...]
    obstacle: Obstacle | None = None
    obstacle_words: str = ""
    to_type: Money | None = None
    goodwill: Money | None = None
    over_limit: bool = False
    doubts: tuple[str, ...] = ()


_OWED = "It is owed, and no goodwill: the order is cancelled, or goods of it come back."


def amount_left(order: Order) -> Money:
    """What can still be refunded as far as we know: the total without earlier refunds."""
    back = sum(one.amount.minor for one in order.refunds if one.amount.currency == order.total.currency)
    return Money(max(0, order.total.minor - back), order.total.currency)


def plan_action(
    order: Order,
    action: StoreAction,
    kind: StoreKind,
    formats: Formats,
    limits: Sequence[GoodwillLimit] = (),
) -> ActionPlan:
    """Plan an action on an order in its known state. `limits` are those for goodwill."""
    worth = worth_of(order, action)
    over = limits_passed_by(limits, worth)
    obstacle = _obstacle(order, action, kind)
    if obstacle is None and over and not action.over_limit.strip():
        obstacle = Obstacle.OVER_LIMIT
    sentences = () if obstacle is Obstacle.BAD_PIECES else effects_of(order, action, kind, formats)
    owed = (_OWED,) if is_owed(order, action.ability) else ()
    effects = (*sentences, *owed, *say_limits(limits, worth, formats))
    moves_money = action.ability in _MONEY and action.amount is not None and not action.from_list
    words = ""
    if obstacle:
        words = _OBSTACLES[obstacle].format(
            kind=kind.name,
            left=formats.money(amount_left(order)),
            currency=order.total.currency,
            shop=order.shop_currency,
            scope=" and ".join(one.scope for one in over),
        )
    to_type = action.amount if moves_money else None
    doubts = tuple(doubts_about(action.ship_to, formats)) if action.ship_to and obstacle is None else ()
    return ActionPlan(action, tuple(effects), obstacle, words, to_type, worth, bool(over), doubts)


def _obstacle(order: Order, action: StoreAction, kind: StoreKind) -> Obstacle | None:
    if action.ability not in kind.can and not action.from_list:
        return Obstacle.NOT_ABLE
    if order.gone_at is not None:
        return Obstacle.GONE
    if action.amount is not None and action.ability in _OF_ORDER:
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
    if not _are_pieces(order, action):
        return Obstacle.BAD_PIECES
    return None if action.amount else Obstacle.NO_AMOUNT


def _are_pieces(order: Order, action: StoreAction) -> bool:
    """Whether the pieces are in the order, and not more than it has left."""
    left = {one.external_id: one.quantity - one.refunded for one in order.lines}
    return all(0 < one.quantity <= left.get(one.line, 0) for one in action.pieces)


def _replace_obstacle(order: Order, action: StoreAction, kind: StoreKind) -> Obstacle | None:  # noqa: ARG001
    return None if action.pieces and _are_pieces(order, action) else Obstacle.BAD_PIECES


def _return_obstacle(order: Order, action: StoreAction, kind: StoreKind) -> Obstacle | None:
    if not order.on_its_way:
        return Obstacle.NOT_SENT_YET
    return _replace_obstacle(order, action, kind)


def _card_obstacle(order: Order, action: StoreAction, kind: StoreKind) -> Obstacle | None:  # noqa: ARG001
    return _shop_money_obstacle(order, action.amount) if action.amount else Obstacle.NO_AMOUNT


def _resend_obstacle(order: Order, action: StoreAction, kind: StoreKind) -> Obstacle | None:  # noqa: ARG001
    return None if order.email else Obstacle.NO_MAIL


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
    if wanted is None or not (wanted.street or wanted.city):
        return Obstacle.NO_ADDRESS
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
        return Obstacle.NOT_ON_LIST if action.from_list else Obstacle.NO_TEXT
    if action.amount is None:
        return None if 0 < action.percent <= _WHOLE else Obstacle.NO_AMOUNT
    return _shop_money_obstacle(order, action.amount)


def _shop_money_obstacle(order: Order, amount: Money) -> Obstacle | None:
    """A code or gift card must be in the shop's own currency."""
    if amount.currency != order.shop_currency:
        return Obstacle.SHOP_CURRENCY
    return None if amount.minor > 0 else Obstacle.NO_AMOUNT


def _needs_text(order: Order, action: StoreAction, kind: StoreKind) -> Obstacle | None:  # noqa: ARG001
    return None if action.text.strip() else Obstacle.NO_TEXT


_OBSTACLE_RULES: dict[Ability, Callable[[Order, StoreAction, StoreKind], Obstacle | None]] = {
    Ability.REFUND: _refund_obstacle,
    Ability.CANCEL: _cancel_obstacle,
    Ability.ADDRESS: _address_obstacle,
    Ability.FULFIL: _fulfil_obstacle,
    Ability.TAGS: _tags_obstacle,
    Ability.CODE: _code_obstacle,
    Ability.REPLACE: _replace_obstacle,
    Ability.RETURN: _return_obstacle,
    Ability.GIFT_CARD: _card_obstacle,
    Ability.CREDIT: _refund_obstacle,
    Ability.RESEND: _resend_obstacle,
}
