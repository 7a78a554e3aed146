"""Confirms a macro's claim by itself if the order's store shows that it was done."""

from dataclasses import replace

from deskterm.config.store_kinds import Ability
from deskterm.desk.orders.store_actions import kind_of
from deskterm.desk.reply.ticket_context import TicketContext
from deskterm.desk.shop import DeskContext
from deskterm.domain.orders.actions import ActionRecord, ActionState
from deskterm.domain.orders.numbers import numbers
from deskterm.domain.orders.order import Money, Order, Refund
from deskterm.domain.playbook import Macro
from deskterm.domain.review.named_amounts import matches_refunds
from deskterm.domain.review.replies import Claim, Draft
from deskterm.storage import orders
from deskterm.storage.acting import store_actions
from deskterm.storage.schema.database import Tx
from deskterm.value_class import dataclass

_LATELY = 30 * 86400  # older actions belong to something else


@dataclass(frozen=True, slots=True)
class _OrderActions:
    """What was done to an order recently, since its ticket was created."""

    order: Order
    actions: tuple[ActionRecord, ...]
    since: int

    @property
    def reported_refunds(self) -> list[Refund]:
        """The refunds that the store reports, without those that became store credit."""
        as_credit = {one.remote_id for one in self.of(Ability.CREDIT) if one.state is ActionState.DONE}
        return [
            one
            for one in self.order.refunds
            if one.at >= self.since and not (one.external_id and one.external_id in as_credit)
        ]

    def of(self, ability: Ability) -> list[ActionRecord]:
        return [one for one in self.actions if _is_of(one, ability)]

    @property
    def refunds(self) -> list[Money]:
        """The refunds: each amount and their sum, by the store and by our own record."""
        reported = [one.amount for one in self.reported_refunds]
        ours = [one.action.amount for one in self.of(Ability.REFUND) if one.state is ActionState.DONE]
        known = [[one for one in many if one is not None] for many in (reported, ours)]
        currency = self.order.total.currency
        sums = [Money(sum(one.minor for one in many), currency) for many in known if len(many) > 1]
        return [*known[0], *known[1], *sums]


def claims_of(
    tx: Tx, shop: DeskContext, at: TicketContext, draft: Draft, macro: Macro, *, now: int
) -> tuple[Claim, ...]:
    """The claims of a draft's macro, each with the state of its action in the store."""
    does = dict(macro.claim_actions)
    order = orders.get(tx, draft.order_id) if does and draft.order_id is not None else None
    if order is None:
        return tuple(Claim(words, words in draft.claims_ticked) for words in macro.claims)
    since = max(at.ticket.created_at, now - _LATELY)
    known = (one for one in store_actions.for_order(tx, order.id) if one.confirmed_at >= since)
    done = _OrderActions(order, tuple(known), since)
    alone = _names_no_other_order(tx, draft, order)
    can = kind_of(tx, shop, order).can
    found = [_claim(draft, words, does.get(words), done, alone=alone) for words in macro.claims]
    return tuple(replace(one, can_be_begun=one.ability in can) for one in found)


def _claim(draft: Draft, words: str, ability: Ability | None, done: _OrderActions, *, alone: bool) -> Claim:
    ticked = words in draft.claims_ticked
    if ability is None:
        return Claim(words, ticked)
    states = [one.state for one in done.of(ability)]
    newest = states[-1] if states else None
    holds = newest is ActionState.DONE or (newest is None and _order_shows(done, ability))
    if holds and not (alone and _amounts_match(draft, ability, done)):
        return Claim(words, ticked, ability)
    return Claim(words, ticked or holds, ability, ActionState.DONE if holds else newest)


def _names_no_other_order(tx: Tx, draft: Draft, order: Order) -> bool:
    """Whether the letter names no other order: an action on one order says nothing about another."""
    named = orders.by_numbers(tx, numbers(f"{draft.subject}\n{draft.body}"))
    return all(one.number == order.number for one in named)


def _amounts_match(draft: Draft, ability: Ability, done: _OrderActions) -> bool:
    return ability is not Ability.REFUND or matches_refunds(draft.body, done.refunds, done.order)


def _is_of(record: ActionRecord, ability: Ability) -> bool:
    with_money = record.action.ability is Ability.CANCEL and record.action.amount is not None
    return record.action.ability is ability or (ability is Ability.REFUND and with_money)


def _order_shows(done: _OrderActions, ability: Ability) -> bool:
    """Whether the order shows that it was done in the store itself."""
    if ability is Ability.CANCEL:
        return done.order.cancelled_at is not None
    return ability is Ability.REFUND and bool(done.reported_refunds)
