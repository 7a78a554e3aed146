"""Copy an order number, an address, a link, a mail or the reply."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple, Protocol

from deskterm.actions.front import Front
from deskterm.domain.messages import Direction
from deskterm.domain.text import line
from deskterm.widgets.picker import Option

if TYPE_CHECKING:
    from deskterm.domain.messages import Message
    from deskterm.domain.orders.order import Order
    from deskterm.domain.views import TicketView


_SHOWN = 80  # characters of the text shown in the picker, if they fit


class CopyFront(Protocol):
    """What copying needs of a screen; the review has this much and is no `Front`."""

    def tell(self, words: str, shade: str = "accent") -> None:
        """Say in the status line what the key did."""

    async def pick(self, title: str, options: Sequence[Option]) -> str | None:
        """The value picked from a list; None if the owner leaves the list."""

    def copy(self, text: str, what: str) -> None:
        """Put a text on the clipboard and say so; `what` names it."""


class Copyable(NamedTuple):
    """Something to copy: the letter that picks it, what it is, and its text."""

    key: str
    what: str
    text: str


async def run(front: Front, ids: tuple[int, ...]) -> None:  # noqa: ARG001 - of the ticket in front
    """Copy what the mouse has selected; without a selection, what the owner picks."""
    if front.selected_text:
        front.copy(front.selected_text, "the selected text")
    elif front.ticket_view is not None:
        await pick_and_copy(front, [*ticket_texts(front.ticket_view, front.conversation.current)])


async def pick_and_copy(front: CopyFront, offered: list[Copyable]) -> None:
    """Let the owner pick one. Each letter is used once, and each text offered once."""
    keys: set[str] = set()
    options: dict[str, Option] = {}
    for one in offered:
        if one.text and one.text not in options:
            key = "" if one.key in keys else one.key
            keys.add(one.key)
            options[one.text] = Option(one.text, one.what, key=key, detail=line(one.text)[:_SHOWN])
    if not options:
        front.tell("There is nothing to copy here.", "amber")
        return
    chosen = await front.pick("Copy", [*options.values()])
    if chosen is not None:
        front.copy(chosen, options[chosen].label)


def ticket_texts(view: "TicketView", current: "Message | None") -> Iterator[Copyable]:
    """What can be copied from a ticket and its customer; `current` is the message on screen."""
    if view.order:
        yield from order_texts(view.order.order)
    yield from (Copyable("e", "mail address", address) for address in view.customer.customer.addresses)
    links = dict.fromkeys(link for message in reversed(view.messages) for link in message.links)
    yield from (Copyable("l", "link", link) for link in links)
    is_mail = current is not None and current.direction is not Direction.NOTE
    mails = (one for one in reversed(view.messages) if one.direction is not Direction.NOTE and not one.beside)
    mail = current if is_mail else next(mails, None)
    if mail is not None:
        yield Copyable("m", "this mail" if is_mail else "the newest mail", mail.text)
    if current is not None and not is_mail:
        yield Copyable("n", "this note", current.text)
    if view.draft:
        yield Copyable("r", "the reply", view.draft.body)


def order_texts(order: "Order") -> Iterator[Copyable]:
    """What can be copied from an order."""
    yield Copyable("o", "order number", order.mark.lstrip("#"))
    yield from (Copyable("t", "tracking number", shipment.number) for shipment in order.shipments)
    yield Copyable("a", "address", "\n".join(order.ship_to.lines))
