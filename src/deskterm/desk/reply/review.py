"""A draft judged: everything the review screen shows, gathered in one read."""

import zlib
from collections.abc import Iterable
from pathlib import Path

from deskterm.desk.reply import sending, text
from deskterm.desk.reply.mail import quoted_history
from deskterm.desk.reply.order_options import named_by_customer, options
from deskterm.desk.reply.recipients import everybody, sending_mailbox
from deskterm.desk.reply.request import asked_besides, customer_request
from deskterm.desk.reply.scene import TicketContext, load_context, whose_orders
from deskterm.desk.shop import DeskContext
from deskterm.domain.messages import Address, Direction, Message
from deskterm.domain.orders.numbers import numbers
from deskterm.domain.orders.order import Order
from deskterm.domain.outbox_states import OutboxState
from deskterm.domain.people.language import language_of
from deskterm.domain.playbook import Macro, Value
from deskterm.domain.review.concerns import OrderInText, ReviewCase, concerns, holes
from deskterm.domain.review.order_needs import unmet_needs
from deskterm.domain.review.replies import Claim, Concern, Draft, Review
from deskterm.domain.suggest.matters import is_dispute
from deskterm.domain.tickets import Ticket
from deskterm.mail.writing.compose import reply_subject
from deskterm.storage import customers, orders, tickets
from deskterm.storage.mail import summaries
from deskterm.storage.replies import drafts, outbox
from deskterm.storage.schema.database import Tx

_DAY = 86400
_LATELY = 30 * _DAY
_KEPT = "then: nothing changes, it does not go to the customer"
_LIVING = (OutboxState.QUEUED, OutboxState.SENDING, OutboxState.UNCERTAIN)


def review_draft(tx: Tx, shop: DeskContext, ticket_id: int, now: int) -> Review:
    """The saved draft of a ticket as it will go. Raises NotFound without one."""
    at = load_context(tx, ticket_id)
    return review_of(tx, shop, at, drafts.get(tx, at.ticket.id), now)


def review_of(tx: Tx, shop: DeskContext, at: TicketContext, draft: Draft, now: int) -> Review:
    """A draft, saved or not, as it would go."""
    macro = shop.playbook.current().macros.get(draft.macro)
    found = options(tx, at)
    place = next((number for number, one in enumerate(found, 1) if one.order.id == draft.order_id), 0)
    order = found[place - 1] if place else None
    claims = _claims(macro, draft)
    asked = at.question or whose_orders(tx, at).question
    return Review(
        draft=draft,
        sender=Address(shop.settings.shop.name, draft.sender),
        store=order.order.store if order else "",
        body="\n\n".join(part for part in (draft.body.rstrip(), quoted_history(shop, draft, at)) if part),
        values=_values(tx, shop, at, draft, now),
        missing=holes(draft.body),
        claims=claims,
        concerns=concerns(_case(tx, shop, at, draft, claims, now)),
        order=order,
        order_place=f"order {place} of {len(found)}, because {order.because}" if order else "",
        follows=_then(tx, shop, at, draft, now),
        notes=tuple(_notes(tx, at.ticket, draft, now)),
        customer_words=asked.own_words if asked else "",
        seen=mail_stamp(at.said),
        asked=asked_besides(shop, at, draft.macro),
    )


def concerns_about(
    tx: Tx, shop: DeskContext, at: TicketContext, draft: Draft, now: int
) -> tuple[Concern, ...]:
    """What speaks against a draft, without the rest of its review."""
    macro = shop.playbook.current().macros.get(draft.macro)
    return concerns(_case(tx, shop, at, draft, _claims(macro, draft), now))


def mail_stamp(said: Iterable[Message]) -> int:
    """A number that stands for the mails of a ticket: another one when a mail has come since."""
    mails = ",".join(str(one.id) for one in said if one.direction is Direction.IN)
    return zlib.crc32(mails.encode())


def _then(tx: Tx, shop: DeskContext, at: TicketContext, draft: Draft, now: int) -> str:
    """What follows: of a mail in a side thread, until when they are to answer."""
    if not sending.answers_customer(tx, draft):
        return _KEPT
    if at.ticket.beside is None:
        return follows(draft, shop.playbook.current().macros.get(draft.macro))
    due = shop.formats.ahead(sending.answer_due(shop, now), now)
    parent = tickets.root(tx, at.ticket.beside)
    return f"then: T{parent} on hold for {at.customer.display_name}, answer due {due}"


def follows(draft: Draft, macro: Macro | None) -> str:
    """What happens to the ticket once the reply is out, in words."""
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


def _claims(macro: Macro | None, draft: Draft) -> tuple[Claim, ...]:
    return tuple(Claim(words, words in draft.claims_ticked) for words in (macro.claims if macro else ()))


def _values(tx: Tx, shop: DeskContext, at: TicketContext, draft: Draft, now: int) -> tuple[Value, ...]:
    macro = shop.playbook.current().macros.get(draft.macro)
    if macro is None:
        return ()
    order = None if draft.order_id is None else orders.get(tx, draft.order_id)
    return text.values_in(draft.body, text.fill_for(shop, macro, at, draft, order, now))


def _case(  # noqa: PLR0917 - all a case is made of
    tx: Tx, shop: DeskContext, at: TicketContext, draft: Draft, claims: tuple[Claim, ...], now: int
) -> ReviewCase:
    words = text.remove_signature(draft.body, shop.settings.shop.signature)
    return ReviewCase(
        words=words,
        body=f"{_own_subject(at, draft)}\n{draft.body}",
        sender=draft.sender,
        recipients=(*draft.to, *draft.cc, *draft.bcc),
        sends=sending_mailbox(draft.sender, shop.settings) is not None,
        own=shop.settings.own_addresses,
        people=everybody(at),
        customer=frozenset(address.casefold() for address in at.customer.addresses),
        claims=claims,
        orders=tuple(_orders_in(tx, whose_orders(tx, at), draft, words)),
        unfit=_unfit(tx, shop, draft),
        subject=draft.subject,
        dispute=_dispute_advice(shop, at),
        written_in=language_of(at.question.own_words) if at.question else "",
        photo_came=any(_is_picture(one) for one in at.said),
        attachments=len(draft.attachments),
        weight=sum(Path(name).stat().st_size for name in draft.attachments if _readable(name)),
        unreadable=tuple(Path(name).name for name in draft.attachments if not _readable(name)),
        answered=_describe_other_reply(tx, shop, at, now),
        wrote_again=_wrote_again(at, draft),
    )


def _is_picture(message: Message) -> bool:
    pictures = (file.type.startswith(("image/", "video/")) for file in message.attachments)
    return message.direction is Direction.IN and any(pictures)


_KEEP_TO_FACTS = "Keep to facts and dates, and promise nothing that is not done."


def _dispute_advice(shop: DeskContext, at: TicketContext) -> str:
    """What to keep in mind with a dispute, by the owner's SOP; empty where there is no dispute."""
    if not customer_request(at, shop.playbook.current()).disputed:
        return ""
    steps = (step for sop in shop.playbook.current().sops.values() for step in sop.steps)
    return next((step.text for step in steps if is_dispute(step.text)), _KEEP_TO_FACTS)


def _unfit(tx: Tx, shop: DeskContext, draft: Draft) -> tuple[str, ...]:
    """What the draft's order is that its macro is not for, however the text was edited since."""
    macro = shop.playbook.current().macros.get(draft.macro)
    if macro is None or draft.order_id is None:
        return ()
    return unmet_needs(macro.needs, orders.get(tx, draft.order_id))


def _own_subject(at: TicketContext, draft: Draft) -> str:
    """The subject, unless it is only theirs again: what a customer wrote there is no placeholder of ours."""
    return "" if draft.subject in {reply_subject(one.subject) for one in at.said} else draft.subject


def _orders_in(tx: Tx, at: TicketContext, draft: Draft, words: str) -> Iterable[OrderInText]:
    """The orders that the text and the draft speak of."""
    spoken = {order.id: order for order in orders.by_numbers(tx, numbers(f"{draft.subject}\n{words}"))}
    if draft.order_id is not None:
        chosen = orders.get(tx, draft.order_id)
        # A number that two stores have means the chosen order, not its namesake.
        spoken = {id_: one for id_, one in spoken.items() if one.number != chosen.number} | {
            chosen.id: chosen
        }
    named = frozenset(named_by_customer(at.said))
    own = {address.casefold() for address in at.customer.addresses}
    for order in _unless_ours(spoken.values(), own):
        owner = customers.find_by_address(tx, order.email) if order.email else None
        other = customers.get(tx, owner).display_name if owner not in (None, at.customer.id) and owner else ""
        yield OrderInText(
            order.mark,
            order.email.casefold() in own,
            other,
            order.number.upper() in named,
            order.email or "nobody",
        )


def _unless_ours(spoken: Iterable[Order], own: set[str]) -> list[Order]:
    """One order a number: the customer's own, where several stores have that number."""
    by_number: dict[str, Order] = {}
    for order in spoken:
        if order.number not in by_number or order.email.casefold() in own:
            by_number[order.number] = order
    return list(by_number.values())


def _readable(path: str) -> bool:
    try:
        with Path(path).open("rb"):
            return True
    except OSError:
        return False


def _describe_other_reply(tx: Tx, shop: DeskContext, at: TicketContext, now: int) -> str:
    """In words that another reply is on its way, or went out since the customer's last mail."""
    for row in outbox.of_ticket(tx, at.ticket.id):
        if row.is_planned:
            return f"Another reply to this ticket goes out {shop.formats.ahead(row.send_at, now)}"
        if row.state in _LIVING:
            return f"Another reply to this ticket is in the outbox: {row.state}"
    ours = [one for one in at.said if one.direction is Direction.OUT and one.human and not one.aside]
    if at.question and ours and ours[-1].at >= at.question.at:
        when = f"{shop.formats.day(ours[-1].at)} {shop.formats.time(ours[-1].at)}"
        where = ", written elsewhere" if ours[-1].outside else ""
        return f"The customer has had an answer to this already, {when}{where}"
    return ""


def _wrote_again(at: TicketContext, draft: Draft) -> bool:
    return at.question is not None and draft.answers is not None and at.question.id != draft.answers


def _notes(tx: Tx, ticket: Ticket, draft: Draft, now: int) -> Iterable[str]:
    for other in tickets.open_of_customer(tx, ticket.customer_id):
        if other != ticket.id:
            yield f"The customer has T{other} open too: {tickets.get(tx, other).subject}"
    last = summaries.macro_sent(tx, ticket.customer_id, draft.macro) if draft.macro else None
    if last is not None and now - last <= _LATELY:
        days = (now - last) // _DAY
        yield f"The same macro went to this customer {_days(days) + ' ago' if days else 'today'}"


def _days(number: int) -> str:
    return "1 day" if number == 1 else f"{number} days"
