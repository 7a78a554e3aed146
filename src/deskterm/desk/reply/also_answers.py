"""One reply to several tickets of its customer: which ones it may answer, and what becomes of them."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from deskterm.desk.reply.ticket_context import TicketContext, load_context
from deskterm.domain.events import By, What
from deskterm.domain.messages import mailbox_key
from deskterm.domain.review.replies import Draft, Follows, OtherTicket, Review
from deskterm.domain.tickets import Status
from deskterm.errors import NotNow
from deskterm.intake import planned_replies
from deskterm.storage import changes, events, tickets
from deskterm.storage.mail import summaries
from deskterm.storage.replies import also_answered, drafts
from deskterm.storage.schema.database import Tx


def other_tickets(tx: Tx, at: TicketContext, draft: Draft) -> tuple[OtherTicket, ...]:
    """The customer's other open tickets, which the draft could answer too; none if it does not reach them."""
    if at.ticket.beside is not None:
        return ()
    wanted = {tickets.root(tx, one) for one in draft.also}
    others = [one for one in tickets.open_of_customer(tx, at.ticket.customer_id) if one != at.ticket.id]
    reached = summaries.customer_addresses(tx, others)
    to = {mailbox_key(one.address) for one in (*draft.to, *draft.cc, *draft.bcc)}
    return tuple(_others(tx, [one for one in others if to & reached[one]], wanted))


def _others(tx: Tx, ids: Iterable[int], wanted: set[int]) -> Iterator[OtherTicket]:
    for one in ids:
        other = load_context(tx, one)
        if other.ticket.status is Status.OPEN or one in wanted:
            words, newest = (other.question.own_words, other.question.id) if other.question else ("", 0)
            has_draft = drafts.find(tx, one) is not None
            yield OtherTicket(one, other.ticket.subject, words, one in wanted, newest, has_draft)


def toggle(tx: Tx, draft: Draft, chosen: Iterable[int]) -> Draft:
    """The draft, answering these tickets too; if it answers all of them already, none of them any more.

    NotNow for one that is no other open ticket of the customer's.
    """
    chosen = {tickets.root(tx, one) for one in chosen}
    known = {one.ticket_id for one in other_tickets(tx, load_context(tx, draft.ticket_id), draft)}
    if not chosen <= known:
        raise NotNow(
            f"T{min(chosen - known)} is no other open ticket that this mail could answer.",
            safe="The draft is kept, for the tickets it answered before.",
        )
    return replace(draft, also=toggle_ids(draft.also, chosen))


def toggle_ids(also: tuple[int, ...], chosen: Iterable[int]) -> tuple[int, ...]:
    """The tickets that a reply answers too, with the chosen ones; without them if it answers all of them."""
    chosen = set(chosen)
    left = tuple(one for one in also if one not in chosen)
    return left if chosen <= set(also) else (*left, *sorted(chosen))


def answer_others(  # noqa: PLR0917 - what an event is written with
    tx: Tx, review: Review, outbox_id: int, follows: Follows, at: int, now: int, action: int, *, planned: bool
) -> None:  # fmt: skip
    """Give the further tickets the status of an answer, now or (`planned`) once it has gone out `at`.

    Category, tags and order are those of the reply's own ticket alone.
    """
    own = replace(follows, category="", tags=(), order_id=None)
    by = By.MACRO if review.draft.macro else By.OWNER
    for one in review.also:
        ticket = tickets.get(tx, one)
        then = replace(own, unless_changed=ticket.status) if planned else None
        also_answered.put(tx, outbox_id, one, ticket.last_at, then)
        value = {"outbox": outbox_id, "ticket": review.draft.ticket_id, "planned": planned}
        events.add(tx, action, one, now, By.OWNER, What.ALSO, None, value)
        if planned:
            changes.change(tx, one, now, By.OWNER, action=action, snoozed_until=at)
        else:
            planned_replies.apply(tx, ticket, own, now, by, action=action)
