"""A ticket with everything beside it, read at once."""

from collections.abc import Iterable
from dataclasses import replace

from deskterm.desk.answers.offers import offer_for
from deskterm.desk.products.returns import with_returns
from deskterm.desk.products.ticket_products import products_beside
from deskterm.desk.reply.doubts.unknown_order import describe_unknown_order
from deskterm.desk.reply.order_options import options
from deskterm.desk.reply.request import customer_request
from deskterm.desk.reply.ticket_context import TicketContext, load_context
from deskterm.desk.shop import DeskContext
from deskterm.desk.sops.ticket_sop import sop_beside, view_sop
from deskterm.domain.messages import Cue, Direction, Message, mailbox_key
from deskterm.domain.orders.order import Order
from deskterm.domain.people.customers import CustomerFacts
from deskterm.domain.people.segments import find_segments
from deskterm.domain.people.undelivered import came_back, other_contacts
from deskterm.domain.playbook import Macro, Playbook
from deskterm.domain.review.replies import OutboxRow
from deskterm.domain.suggest import suggest
from deskterm.domain.ticket_work.promises import Promise
from deskterm.domain.ticket_work.side_threads import SideThread
from deskterm.domain.tickets import Status, Ticket
from deskterm.domain.views import TicketView, Todo
from deskterm.storage import customers
from deskterm.storage import orders as stored_orders
from deskterm.storage.acting import store_actions
from deskterm.storage.mail import folders, messages
from deskterm.storage.products import waits
from deskterm.storage.replies import drafts, outbox
from deskterm.storage.schema.database import Tx
from deskterm.storage.ticket_work import promises, side_threads


def view_ticket(tx: Tx, shop: DeskContext, ticket_id: int, now: int) -> TicketView:
    """The ticket, its messages, customer, orders, macros, SOP, draft and outgoing replies."""
    at = load_context(tx, ticket_id)
    threads = side_threads.for_ticket(tx, at.ticket.id)
    promised = promises.standing(tx, at.ticket.id)
    ticket = _with_hold(at.ticket, threads)
    found = options(tx, at)
    playbook = shop.playbook.current()
    words = at.question.own_words if at.question else ""
    gone = folders.gone_of(tx, ticket.id)
    asked = customer_request(at, playbook)
    sop = sop_beside(tx, ticket, words, playbook, disputed=asked.disputed)
    certain = found[0].order if found and found[0].certain else None
    offer = offer_for(tx, shop, at, certain)
    about = (f"{asked.subject}\n{words}", asked.category, playbook, certain)
    orders = with_returns(tx, (option.order for option in found))
    actions = tuple(store_actions.for_ticket(tx, ticket.id))
    return TicketView(
        ticket=ticket,
        customer=_customer_card(tx, shop, ticket, now),
        messages=_in_order(
            *(replace(one, gone=True) if one.id in gone else one for one in at.messages),
            *(
                replace(one, beside=thread.name)
                for thread in threads
                for one in messages.for_ticket(tx, thread.ticket_id)
            ),
        ),
        orders=orders,
        order=replace(found[0], order=orders[0]) if found else None,
        sop=view_sop(tx, shop, at, sop, certain, actions, now) if sop else None,
        macros=_macros(suggest.rank_macros(*about), playbook),
        draft=drafts.find(tx, ticket.id),
        outbox=_on_their_way(tx, ticket, threads),
        threads=threads,
        promises=promised,
        suggested=_macros(offer.macros, playbook),
        offer=offer,
        todo=(
            *map(Todo, _why_held_back(tx, ticket)),
            *_ask_who(at),
            *map(Todo, _explain_return(at, orders)),
            *map(Todo, filter(None, (describe_unknown_order(tx, at),))),
            *(Todo(_promise_words(shop, one)) for one in promised),
        ),
        actions=actions,
        products=products_beside(tx, shop, at, found[0].order if found else None, now),
        waits=waits.for_ticket(tx, ticket.id),
        related=_related_orders(tx, at, orders),
    )


def _why_held_back(tx: Tx, ticket: Ticket) -> tuple[str, ...]:
    """Why the planned reply did not go, as recorded in the outbox."""
    if Cue.HELD_BACK not in ticket.cues:
        return ()
    words = outbox.why_held_back(tx, ticket.id)
    return (words,) if words else ()


def _ask_who(at: TicketContext) -> tuple[Todo, ...]:
    """The question who answered from an unknown address."""
    who = next((one.sender for one in reversed(at.messages) if one.stranger), None)
    if who is None:
        return ()
    name = at.customer.display_name
    return (Todo(f"{who.address} answered a mail to {name}: another address of {name}?", "who"),)


def _customer_card(tx: Tx, shop: DeskContext, ticket: Ticket, now: int) -> CustomerFacts:
    """What is known of the customer, with the owner's segments they belong to."""
    facts = customers.facts(tx, ticket.customer_id, ticket.id)
    rules = shop.settings.segments
    return replace(facts, segments=find_segments(facts, rules, now)) if rules else facts


def _related_orders(tx: Tx, at: TicketContext, shown: tuple[Order, ...]) -> tuple[Order, ...]:
    """Orders that match the customer's account or phone; they never fill a letter by themselves."""
    keys = {mailbox_key(address) for address in at.customer.addresses}
    theirs = [order for order in shown if order.email and mailbox_key(order.email) in keys]
    known = {order.id for order in shown}
    return tuple(one for one in stored_orders.related_to(tx, theirs) if one.id not in known) if theirs else ()


def _explain_return(at: TicketContext, orders: tuple[Order, ...]) -> tuple[str, ...]:
    """What happened to a mail of ours that came back, and how else to reach the customer."""
    report = came_back(at.messages)
    if report is None:
        return ()
    ours = next(one for one in reversed(at.messages) if one.direction is Direction.OUT and one.human)
    tried = [one.address for one in ours.recipients]
    what = report.machine_words or "Your mail could not be delivered."
    return (what, other_contacts(tried, at.customer.addresses, orders))


def _promise_words(shop: DeskContext, promise: Promise) -> str:
    """`promised by Friday, Fri 20 Nov`, in relation to today."""
    formats = shop.formats
    day = f"{formats.weekday(promise.due_at)[:3]} {formats.day(promise.due_at)}"
    names_day = formats.day(promise.due_at) in promise.words
    return f"promised {promise.words}" + ("" if names_day else f", {day}")


def _in_order(*found: Message) -> tuple[Message, ...]:
    return tuple(sorted(found, key=lambda one: (one.at, one.id)))


def _with_hold(ticket: Ticket, threads: Iterable[SideThread]) -> Ticket:
    """The ticket with the contact it is on hold for: the one whose answer is due first."""
    awaited = [one for one in threads if one.is_awaited and one.until is not None]
    if not awaited or ticket.status is not Status.HOLD:
        return ticket
    first = min(awaited, key=lambda one: one.until or 0)
    return replace(ticket, held_for=first.name, held_until=first.until)


def _on_their_way(tx: Tx, ticket: Ticket, threads: Iterable[SideThread]) -> tuple[OutboxRow, ...]:
    """Replies not sent yet, to the customer and in side threads."""
    ids = (ticket.id, *(one.ticket_id for one in threads))
    return tuple(row for one in ids for row in outbox.for_ticket(tx, one))


def _macros(names: Iterable[str], playbook: Playbook) -> tuple[Macro, ...]:
    return tuple(playbook.macros[name] for name in names)
