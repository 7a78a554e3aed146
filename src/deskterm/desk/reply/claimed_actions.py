"""Whether what a macro claims was done in the order's store: then the claim is confirmed by itself."""

from collections.abc import Iterator

from deskterm.desk.reply.scene import TicketContext
from deskterm.domain.orders.actions import Ability, ActionRecord, ActionState
from deskterm.domain.orders.order import Order
from deskterm.domain.playbook import Macro
from deskterm.domain.review.replies import Claim, Draft
from deskterm.storage import orders
from deskterm.storage.acting import store_actions
from deskterm.storage.schema.database import Tx


def claims_of(tx: Tx, at: TicketContext, draft: Draft, macro: Macro) -> tuple[Claim, ...]:
    """The claims of a draft's macro, each with what became of its action in the store."""
    does = dict(macro.claim_actions)
    order = orders.get(tx, draft.order_id) if does and draft.order_id is not None else None
    return tuple(_claim(tx, at, draft, words, does.get(words), order) for words in macro.claims)


def _claim(  # noqa: PLR0917 - what a claim is judged by
    tx: Tx, at: TicketContext, draft: Draft, words: str, ability: Ability | None, order: Order | None
) -> Claim:
    ticked = words in draft.claims_ticked
    if ability is None or order is None:
        return Claim(words, ticked)
    known = [one for one in _actions(tx, at, order) if _does(one, ability)]
    newest = known[-1].state if known else None
    done = newest is ActionState.DONE or (newest is None and _shows(order, ability, at.ticket.created_at))
    return Claim(words, ticked or done, ability, ActionState.DONE if done else newest)


def _actions(tx: Tx, at: TicketContext, order: Order) -> Iterator[ActionRecord]:
    """What was done to the order since its ticket began."""
    since = at.ticket.created_at
    return (one for one in store_actions.of_order(tx, order.id) if one.confirmed_at >= since)


def _does(record: ActionRecord, ability: Ability) -> bool:
    with_money = record.action.ability is Ability.CANCEL and record.action.amount is not None
    return record.action.ability is ability or (ability is Ability.REFUND and with_money)


def _shows(order: Order, ability: Ability, since: int) -> bool:
    """Whether the order says so: it was done in the store itself."""
    if ability is Ability.CANCEL:
        return order.cancelled_at is not None
    return ability is Ability.REFUND and any(one.at >= since for one in order.refunds)
