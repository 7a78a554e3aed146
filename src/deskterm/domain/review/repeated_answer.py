"""Whether a letter only repeats an earlier answer to the customer, who is asking again."""

from collections.abc import Callable, Mapping, Sequence

from deskterm.domain.messages import Direction, Message
from deskterm.domain.orders.order import Order
from deskterm.domain.playbook import Macro, StockEffect

_LATELY = 60 * 86_400  # what was said before that is another matter
_ANSWER_NOTHING = frozenset({"thanks", "review", "crisis"})


def find_repeated_answer(
    messages: Sequence[Message], macro: Macro, macros: Mapping[str, Macro], matter: Callable[[Message], str]
) -> Message | None:
    """The newest answer that a letter of `macro` would repeat to the newest mail of `messages`, or None.

    That is an answer with the same macro, or one in the same category if the macro makes no claims. `matter`
    returns the category of a customer's mail, which is also that of an answer without a macro.
    """
    asked = [one for one in messages if one.direction is Direction.IN and one.human]
    if not asked or not macro.category or macro.category in _ANSWER_NOTHING:
        return None
    if macro.effects.back_in_stock is StockEffect.TELL:
        return None
    newest = asked[-1]
    for one in reversed(messages):
        ours = one.direction is Direction.OUT and one.human and not one.aside and not one.beside
        if not ours or not newest.at - _LATELY <= one.at < newest.at:
            continue
        if one.macro == macro.id:
            return one
        if not macro.claims and _category_of(one, asked, macros, matter) == macro.category:
            return one
    return None


def _category_of(
    answer: Message, asked: Sequence[Message], macros: Mapping[str, Macro], matter: Callable[[Message], str]
) -> str:
    if answer.macro:
        return macros[answer.macro].category if answer.macro in macros else ""
    before = [one for one in asked if one.at <= answer.at]
    return matter(before[-1]) if before else ""


def last_news(order: Order | None) -> int:
    """When something last happened to an order that a letter may be about (UTC seconds); 0 for never."""
    if order is None:
        return 0
    times = [one.at for one in order.refunds]
    times += [at for one in order.shipments for at in (one.shipped_at, one.delivered_at) if at is not None]
    times += [at for one in order.returns for at in (one.label_at, one.back_at) if at is not None]
    return max([*times, order.cancelled_at or 0])
