"""What an action on an order will do, as sentences for the owner to read before confirming."""

from collections.abc import Callable, Iterable

from deskterm.config.store_kinds import Ability, ShopMail, StoreKind
from deskterm.domain.formats import Formats
from deskterm.domain.orders.actions import StoreAction
from deskterm.domain.orders.goodwill import price_of_pieces
from deskterm.domain.orders.order import Money, Order, Payment, PostalAddress
from deskterm.domain.orders.pieces import say_pieces


def effects_of(order: Order, action: StoreAction, kind: StoreKind, formats: Formats) -> Iterable[str]:
    """Sentences on what will happen to the order, and whether the shop mails the customer."""
    yield from _EFFECTS.get(action.ability, _no_effects)(order, action, kind, formats)
    yield from _mail(action, kind)


def _refund_effects(order: Order, action: StoreAction, kind: StoreKind, formats: Formats) -> Iterable[str]:  # noqa: ARG001
    for made in order.refunds[-2:]:
        yield f"{formats.money(made.amount)} of it was given back on {formats.day(made.at)} already."
    if action.amount:
        way = f" ({order.payment_method})" if order.payment_method else ""
        yield f"{formats.money(action.amount)} goes back to the customer, the way it was paid{way}."
    if action.pieces:
        cost = formats.money(Money(price_of_pieces(order, action), order.total.currency))
        yield f"{say_pieces(order, action.pieces)} count as given back (they cost {cost})."
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
    if new:
        yield f"Order {order.mark} gets the tags {', '.join(new)}."
    elif action.tags:
        yield f"Order {order.mark} has these tags already."


def _fulfil_effects(order: Order, action: StoreAction, kind: StoreKind, formats: Formats) -> Iterable[str]:  # noqa: ARG001
    yield f"What is left of order {order.mark} is marked as shipped."
    if action.tracking:
        yield f"Its tracking number is {action.tracking}{f' ({action.carrier})' if action.carrier else ''}."


def _code_effects(order: Order, action: StoreAction, kind: StoreKind, formats: Formats) -> Iterable[str]:  # noqa: ARG001
    off = formats.money(action.amount) if action.amount else f"{action.percent} %"
    if action.text:
        yield f"The code {action.text} takes {off} off one order, once."
    if action.from_list:
        yield "It is taken from your list of codes; nothing is sent to the store."


def _replace_effects(order: Order, action: StoreAction, kind: StoreKind, formats: Formats) -> Iterable[str]:  # noqa: ARG001
    yield f"A new order is made in {kind.name} at no cost: {say_pieces(order, action.pieces)}."
    yield f"It goes to {', '.join(order.ship_to.lines) or 'the address of the old order'}."


def _return_effects(order: Order, action: StoreAction, kind: StoreKind, formats: Formats) -> Iterable[str]:  # noqa: ARG001
    yield f"A return is opened in {kind.name}: {say_pieces(order, action.pieces)}."
    yield "No money goes back by that."
    yield "A label is made in the shop or by your label service; attach it to the reply."


def _card_effects(order: Order, action: StoreAction, kind: StoreKind, formats: Formats) -> Iterable[str]:  # noqa: ARG001
    worth = formats.money(action.amount) if action.amount else "the amount"
    yield f"A gift card over {worth} is made in {kind.name}; its code then stands on the ticket."


def _credit_effects(order: Order, action: StoreAction, kind: StoreKind, formats: Formats) -> Iterable[str]:
    for made in order.refunds[-2:]:
        yield f"{formats.money(made.amount)} of it was given back on {formats.day(made.at)} already."
    if action.amount:
        yield f"{formats.money(action.amount)} of the order becomes credit of its customer in {kind.name}."
        yield "None of it goes back the way it was paid; the order shows it as a refund."


def _resend_effects(order: Order, action: StoreAction, kind: StoreKind, formats: Formats) -> Iterable[str]:  # noqa: ARG001
    yield f"{kind.name} mails the details of order {order.mark} to {order.email or 'its customer'} again."


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
    Ability.REPLACE: _replace_effects,
    Ability.RETURN: _return_effects,
    Ability.GIFT_CARD: _card_effects,
    Ability.CREDIT: _credit_effects,
    Ability.RESEND: _resend_effects,
}


def _mail(action: StoreAction, kind: StoreKind) -> Iterable[str]:
    """Whether the shop also mails the customer."""
    if action.ability is Ability.RESEND:
        return
    match kind.mail(action.ability):
        case ShopMail.ALWAYS:
            yield f"{kind.name} mails the customer about it."
        case ShopMail.ITS_SETTINGS:
            yield f"Whether {kind.name} mails the customer about it is up to its own settings."
        case ShopMail.AS_ASKED if action.tell_customer:
            yield f"{kind.name} mails the customer about it."
        case _:
            yield f"{kind.name} does not mail the customer about it."
