"""The SOP of a ticket: which one, and the state of its steps."""

from collections.abc import Iterable
from dataclasses import asdict

from deskterm.desk.reply.ticket_context import TicketContext
from deskterm.desk.shop import DeskContext
from deskterm.domain.liquid import facts
from deskterm.domain.messages import Direction
from deskterm.domain.orders.actions import ActionRecord, ActionState
from deskterm.domain.orders.order import Order
from deskterm.domain.playbook import Playbook
from deskterm.domain.sops.conditions import StepCondition, StepFacts
from deskterm.domain.sops.sop import Sop
from deskterm.domain.sops.step_states import done_by_themselves, not_for_this
from deskterm.domain.suggest import suggest
from deskterm.domain.tickets import Ticket
from deskterm.domain.views import SopView
from deskterm.storage import sops
from deskterm.storage.schema.database import Tx
from deskterm.storage.search import find


def sop_beside(
    tx: Tx, ticket: Ticket, words: str, playbook: Playbook, *, disputed: bool = False
) -> Sop | None:
    """The SOP in progress on the ticket, else the one that fits; for a dispute, the one for disputes."""
    started = playbook.sops.get(sops.in_use(tx, ticket.id)) or playbook.sops.get(ticket.sop)
    if started or not disputed:
        return started or suggest.sop_for(ticket.category, f"{ticket.subject}\n{words}", playbook)
    return suggest.sop_for_dispute(playbook)


def view_sop(  # noqa: PLR0917 - all that a step looks at
    tx: Tx,
    shop: DeskContext,
    at: TicketContext,
    sop: Sop,
    order: Order | None,
    actions: Iterable[ActionRecord],
    now: int,
) -> SopView:
    """The SOP's state on a ticket. `order` is the ticket's if it is certain, else None."""
    ticked = sops.ticked_steps(tx, at.ticket.id, sop.id)
    known = StepFacts(
        order,
        _values(shop, order, now),
        _matching_words(tx, at, sop),
        frozenset(one.macro for one in at.messages if one.macro),
        frozenset(one.action.ability.value for one in actions if one.state is ActionState.DONE),
    )
    done = done_by_themselves(sop, known)
    record = shop.sop_records.find(tx, sop, now)
    begun = any(step.key in ticked and not step.claims for step in sop.steps)
    return SopView(sop, ticked | done.keys(), done, not_for_this(sop, known), begun, record)


def _values(shop: DeskContext, order: Order | None, now: int) -> dict[str, object]:
    """The facts that steps can compare."""
    known = facts.policy_facts(asdict(shop.settings.policy), order.ship_to.country if order else "")
    known |= facts.order_facts(order, "", now) if order else {}
    return {name: fact.value for name, fact in known.items()}


def _matching_words(tx: Tx, at: TicketContext, sop: Sop) -> frozenset[str]:
    """The conditions whose query matches one of the customer's mails on the ticket."""
    ids = [one.id for one in at.messages if one.direction is Direction.IN] or [one.id for one in at.messages]
    return frozenset(
        one.words for one in _queries(sop) if one.query is not None and find.among(tx, one.query, ids)
    )


def _queries(sop: Sop) -> Iterable[StepCondition]:
    conditions = (one for step in sop.steps for one in (*step.when, *step.only))
    return {one.words: one for one in conditions if one.query is not None}.values()
