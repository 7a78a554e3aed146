"""Whether a letter repeats what its ticket's customer was told before, and asks about again."""

from collections.abc import Callable, Mapping, Sequence

from deskterm.domain.messages import Direction, Message
from deskterm.domain.orders.order import Order
from deskterm.domain.playbook import Macro, StockEffect

_LATELY = 60 * 86_400  # what was said longer ago is a new matter
_ANSWER_NOTHING = frozenset({"thanks", "review", "crisis"})


def find_told_before(
    said: Sequence[Message], macro: Macro, macros: Mapping[str, Macro], matter: Callable[[Message], str]
) -> Message | None:
    """The newest answer that a letter of `macro` would repeat to the newest mail of `said`; None for none.

    It is one of the same macro, or one on the same category where the macro says of nothing that it was done.
    `matter` gives the category of a customer's mail: an answer without a macro is on what it answered.
    """
    asked = [one for one in said if one.direction is Direction.IN and one.human]
    if not asked or not macro.category or macro.category in _ANSWER_NOTHING:
        return None
    if macro.effects.back_in_stock is StockEffect.TELL:
        return None
    newest = asked[-1]
    for one in reversed(said):
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
    """When something last happened to an order that a letter may tell (UTC seconds); 0 for never."""
    if order is None:
        return 0
    times = [one.at for one in order.refunds]
    times += [at for one in order.shipments for at in (one.shipped_at, one.delivered_at) if at is not None]
    times += [at for one in order.returns for at in (one.label_at, one.back_at) if at is not None]
    return max([*times, order.cancelled_at or 0])
