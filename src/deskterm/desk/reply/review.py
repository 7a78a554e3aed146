"""Judges a draft: everything the review screen shows, gathered in one read."""

import zlib
from collections.abc import Iterable, Sequence
from dataclasses import replace

from deskterm.desk.action_words import marks
from deskterm.desk.products.letters import describe_stock_list
from deskterm.desk.reply import sending
from deskterm.desk.reply.also_answers import other_tickets
from deskterm.desk.reply.follow_up import describe_follow_up, describe_replaced
from deskterm.desk.reply.mail import quoted_history
from deskterm.desk.reply.order_options import options
from deskterm.desk.reply.review_case import LetterParts, Moment, case_of, parts_of
from deskterm.desk.reply.ticket_context import TicketContext, load_context, whose_orders
from deskterm.desk.shop import DeskContext
from deskterm.domain.messages import Address, Direction, Message
from deskterm.domain.people.customers import Preferred
from deskterm.domain.people.undelivered import machine_on_top
from deskterm.domain.playbook import Filled, Macro
from deskterm.domain.review.case import ReviewCase
from deskterm.domain.review.concerns import concerns, holes
from deskterm.domain.review.replies import Concern, Draft, Review
from deskterm.domain.suggest.further_questions import besides_words
from deskterm.domain.tickets import Ticket
from deskterm.storage import customers, tickets
from deskterm.storage.mail import summaries
from deskterm.storage.read_once import reading_once
from deskterm.storage.replies import drafts
from deskterm.storage.schema.database import Tx

_DAY = 86400
_LATELY = 30 * _DAY
_KEPT = "then: no change, since it does not go to the customer"


def review_draft(tx: Tx, shop: DeskContext, ticket_id: int, now: int, goes: int | None = None) -> Review:
    """The saved draft of a ticket as it will be sent, now or as planned. Raises NotFound without one."""
    at = load_context(tx, ticket_id)
    return review_of(tx, shop, at, drafts.get(tx, at.ticket.id), now, goes=goes)


@reading_once()
def review_of(
    tx: Tx, shop: DeskContext, at: TicketContext, draft: Draft, now: int, *,
    goes: int | None = None, answers: bool = True,
) -> Review:  # fmt: skip
    """A draft, saved or not, as it would be sent. `answers` is false for a mere acknowledgement."""
    found = options(tx, at)
    place = next((number for number, one in enumerate(found, 1) if one.order.id == draft.order_id), 0)
    order = found[place - 1] if place else None
    letter = replace(parts_of(tx, shop, at, draft, now), answers=answers)
    case = case_of(tx, shop, at, letter, Moment(now, max(now, goes or now)))
    asked = at.question or whose_orders(tx, at).question
    comes, why_not = describe_follow_up(tx, shop, at, draft, max(now, goes or now))
    replaced = describe_replaced(tx, shop, at, draft, now)
    others = other_tickets(tx, at, draft)
    also = [one.ticket_id for one in others if one.answered]
    return Review(
        draft=draft,
        sender=Address(shop.settings.shop.name, draft.sender),
        store=order.order.store if order else "",
        body="\n\n".join(part for part in (draft.body.rstrip(), quoted_history(shop, draft, at)) if part),
        values=letter.values,
        missing=holes(draft.body),
        claims=letter.claims,
        concerns=concerns(case),
        order=order,
        order_place=f"order {place} of {len(found)}, because {order.because}" if order else "",
        follows="; ".join(filter(None, (_then(tx, shop, at, letter, now), _also(also), comes, replaced))),
        notes=(*filter(None, (why_not,)), *_also_asked(letter, case), *_notes(tx, at.ticket, draft, now)),
        others=others,
        customer_words=asked.own_words if asked else _machine_words(at),
        seen=mail_stamp(at.messages),
        asked=letter.asked,
    )


def concerns_about(  # noqa: PLR0917 - what a letter is made from
    tx: Tx, shop: DeskContext, at: TicketContext, draft: Draft, now: int, filled: Filled | None = None
) -> tuple[Concern, ...]:
    """What speaks against a draft, without the rest of its review; `filled` as in `parts_of`."""
    letter = parts_of(tx, shop, at, draft, now, filled)
    return concerns(case_of(tx, shop, at, letter, Moment(now, now)))


def _machine_words(at: TicketContext) -> str:
    """What a machine reports, if no person wrote."""
    report = machine_on_top(at.messages)
    return (report.own_words or report.text or report.machine_words) if report else ""


def _also(ids: Sequence[int]) -> str:
    return f"also answers {marks(ids)}" if ids else ""


def _also_asked(letter: LetterParts, case: ReviewCase) -> Iterable[str]:
    """What else the mail asks that the owner's own words may have answered."""
    for ask in letter.left_open:
        if ask not in case.unanswered:
            yield besides_words(ask)


def mail_stamp(messages: Iterable[Message]) -> int:
    """A number for the mails of a ticket, which changes when a mail arrives."""
    mails = ",".join(str(one.id) for one in messages if one.direction is Direction.IN)
    return zlib.crc32(mails.encode())


def _then(tx: Tx, shop: DeskContext, at: TicketContext, letter: LetterParts, now: int) -> str:
    """What follows the reply; for a mail in a side thread, until when they should answer."""
    draft = letter.draft
    if not sending.answers_customer(tx, draft):
        return _KEPT
    if at.ticket.beside is None:
        then = follows(draft, shop.playbook.current().macros.get(draft.macro))
        promised = sending.promised_in(shop, at.ticket, draft, now)
        dates = ", ".join(shop.formats.ahead(one.due_at, now) for one in promised)
        listed = describe_stock_list(tx, shop, at, draft, letter.goods)
        return "; ".join(part for part in (then, f"promised for {dates}" if dates else "", listed) if part)
    due = shop.formats.ahead(sending.answer_due(shop, now), now)
    parent = tickets.root(tx, at.ticket.beside)
    return f"then: T{parent} on hold for {at.customer.display_name}, answer due {due}"


def follows(draft: Draft, macro: Macro | None) -> str:
    """What happens to the ticket after the reply, in words."""
    parts = [f"then: {draft.after}"]
    effects = macro.effects if macro else None
    if effects and effects.solve_after_days and draft.after.value in ("waiting", "on hold"):
        parts.append(f"solved after {_days(effects.solve_after_days)} without an answer")
    if effects and effects.snooze_days and draft.after.value != "solved":
        parts.append(f"back on top in {_days(effects.snooze_days)}")
    tags = tuple(dict.fromkeys((*macro.tags, *macro.effects.tags))) if macro else ()
    if tags:
        parts.append(f"tagged {', '.join(tags)}")
    return "; ".join(parts)


def _notes(tx: Tx, ticket: Ticket, draft: Draft, now: int) -> Iterable[str]:
    prefers = customers.get(tx, ticket.customer_id).prefers
    if prefers not in (Preferred.UNKNOWN, Preferred.MAIL):
        yield f"The customer {prefers.words}"
    last = summaries.macro_sent(tx, ticket.customer_id, draft.macro) if draft.macro else None
    if last is not None and now - last <= _LATELY:
        days = (now - last) // _DAY
        yield f"This customer got the same macro {_days(days) + ' ago' if days else 'today'}"


def _days(number: int) -> str:
    return "1 day" if number == 1 else f"{number} days"
