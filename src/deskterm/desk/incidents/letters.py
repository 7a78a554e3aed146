"""To whom an incident's letters go, and in which ticket: an open one of the customer, else a new one."""

from collections import defaultdict
from collections.abc import Iterable

from deskterm.desk.incidents.order_states import rows_of
from deskterm.desk.shop import DeskContext
from deskterm.domain.incidents.incident import (
    SHIPPED_MACRO,
    Incident,
    IncidentNews,
    IncidentNote,
    IncidentRow,
    OrderState,
)
from deskterm.domain.messages import Address
from deskterm.domain.orders.order import Order
from deskterm.domain.review.replies import Concern, Level
from deskterm.domain.ticket_work.bulk import LetterAbout
from deskterm.domain.tickets import Status, Ticket, View
from deskterm.storage import customers, tickets
from deskterm.storage.acting import incidents
from deskterm.storage.schema.database import Tx


def letters_for(
    tx: Tx, shop: DeskContext, incident: Incident, says: IncidentNews, now: int
) -> tuple[str, dict[int, LetterAbout]]:
    """The macro, and for each ticket what its letter is about. New tickets stay hidden until then."""
    macro = SHIPPED_MACRO if says is IncidentNews.SHIPPED else incident.macro
    title = shop.playbook.current().macros[macro].subject if macro in shop.playbook.current().macros else ""
    rows = rows_of(tx, incident)
    beside = defaultdict[int, list[str]](list)
    for one in rows:
        beside[one.beside].append(one.order.mark)
    about: dict[int, LetterAbout] = {}
    for row in _to_tell(rows, says):
        ticket = _place(tx, incident, row, title, now)
        concerns = _unread(tickets.get(tx, ticket))
        if others := beside.get(row.order.id):
            concerns = (
                *concerns,
                _amber(
                    f"One letter for {', '.join((row.order.mark, *others))}: see that it is right for each."
                ),
            )
        about[ticket] = LetterAbout(
            row.order.id,
            incident.given,
            Address(row.order.customer_name, row.order.email),
            IncidentNote(incident.id, incident.round, says),
            concerns,
        )
    return macro, about


def _to_tell(rows: Iterable[IncidentRow], says: IncidentNews) -> list[IncidentRow]:
    if says is IncidentNews.NEWS:
        return [one for one in rows if one.state is OrderState.TO_TELL]
    return [one for one in rows if one.state is OrderState.SHIPPED and one.told_at and not one.ship_told]


def _place(tx: Tx, incident: Incident, row: IncidentRow, title: str, now: int) -> int:
    """The ticket a letter goes to."""
    if row.ticket_id:
        return row.ticket_id
    order = row.order
    who = customers.upsert(tx, Address(order.customer_name, order.email), now)
    open_ones = [one for one in tickets.open_of_customer(tx, who) if tickets.get(tx, one).beside is None]
    about = next((one for one in open_ones if tickets.get(tx, one).order_id == order.id), None)
    ticket = (
        about or next(iter(open_ones), None) or _new_ticket(tx, who, title or _subject(order), order, now)
    )
    incidents.set_ticket(tx, incident.id, order.id, ticket)
    return ticket


def _unread(ticket: Ticket) -> tuple[Concern, ...]:
    """A warning if the customer waits for an answer on the ticket; checked each time."""
    if ticket.unanswered_since is None:
        return ()
    return (_amber(f"{ticket.mark} is open: this letter answers it there. Read what they wrote."),)


def _new_ticket(tx: Tx, who: int, subject: str, order: Order, now: int) -> int:
    """A ticket that no list shows until its letter is on its way."""
    made = tickets.create(tx, customer_id=who, subject=subject, at=now, status=Status.WAITING, view=View.SIDE)
    tickets.change(tx, made, order_id=order.id)
    return made


def _subject(order: Order) -> str:
    return f"Your order {order.mark}"


def _amber(words: str) -> Concern:
    return Concern(Level.AMBER, words)
