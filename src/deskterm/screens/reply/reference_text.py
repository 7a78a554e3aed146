"""What is shown beside a reply while it is written: the mail, the order and the SOP as one text."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from textual.content import Content

from deskterm.domain.messages import Direction, Message
from deskterm.domain.orders.order import Order
from deskterm.domain.review.replies import OtherTicket
from deskterm.domain.views import TicketView
from deskterm.widgets.drawing.message import rejoin

if TYPE_CHECKING:
    from deskterm.domain.formats import Formats

Run = tuple[str, str]  # words and their style


def beside(view: TicketView, also: Sequence[OtherTicket], formats: "Formats", now: int) -> Content:
    """The messages, newest first, then the order, then the SOP, with colours.

    Before them, what is asked on the other tickets that the reply answers (`also`).
    """
    return Content.assemble(*((rejoin(words), shade) for words, shade in _runs(view, also, formats, now)))


def plain(view: TicketView, also: Sequence[OtherTicket], formats: "Formats", now: int) -> str:
    """The same as plain text, for the owner's editor."""
    return "".join(words for words, _ in _runs(view, also, formats, now))


def _runs(view: TicketView, also: Sequence[OtherTicket], formats: "Formats", now: int) -> Iterator[Run]:
    for other in also:
        yield f"T{other.ticket_id}  {other.subject}", "bold"
        yield f"\n\n{other.words}\n\n", "$ink"
    yield view.ticket.subject, "bold"
    yield "\n\n", ""
    for message in reversed(view.messages):
        yield from _message(message, formats, now)
    yield _describe_customer(view, formats), "$dim"
    for order in view.orders[:1]:
        yield from _order(order, formats)
    if view.sop is not None:
        yield f"SOP  {view.sop.sop.title}\n", "bold"
        for step in view.sop.needed_steps:
            done = step.key in view.sop.done
            yield f"{'✓' if done else '○'} {step.text}\n", "$dim" if done else "$soft"


def _describe_customer(view: TicketView, formats: "Formats") -> str:
    """What the shop knows of the customer, in a line."""
    facts = view.customer
    parts = [f"{facts.orders} {'order' if facts.orders == 1 else 'orders'}"]
    parts += [formats.money_list(facts.spent)] if facts.spent else []
    parts += [f"{facts.earlier_tickets} earlier tickets"] if facts.earlier_tickets else []
    return f"{facts.customer.display_name}: {', '.join(parts)}\n\n"


def _message(message: Message, formats: "Formats", now: int) -> Iterator[Run]:
    who, shade = message.sender.name or message.sender.address, "$act bold"
    if message.direction is Direction.OUT:
        who, shade = f"You to {message.beside}" if message.beside else "You", "$green bold"
    elif message.direction is Direction.NOTE:
        who, shade = "INTERNAL", "$amber bold"
    if message.beside:
        yield "BESIDE  ", "$dim bold"
    yield who, shade
    yield f"  {formats.moment(message.at, now)}\n", "$dim"
    newest = message.direction is Direction.IN
    yield f"{message.own_words or '(no text)'}\n", "$ink" if newest else "$soft"
    for attached in message.attachments:
        yield f"attached: {attached.name}\n", "$dim"
    yield "\n", ""


def _order(order: Order, formats: "Formats") -> Iterator[Run]:
    yield order.mark, "$act bold"
    yield f"  {order.state_text} · {formats.day_or_none(order.known_day)}", "$soft"
    yield f" · {formats.money_or_none(order.known_total)}\n", "$soft"
    for row in order.lines:
        yield f"{row.quantity} × {row.title}{', ' if row.variant else ''}{row.variant}\n", "$soft"
    for parcel in order.shipments:
        yield f"{parcel.carrier} {parcel.number}  {parcel.status}\n", "$soft"
    yield "\n", ""
