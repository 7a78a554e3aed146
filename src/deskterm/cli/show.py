"""`deskterm show`: one ticket, as text or JSON."""

import sys
import time
from argparse import ArgumentParser, Namespace

from deskterm.cli.arguments import json_option, ticket, whole_number
from deskterm.cli.composition import App, assemble, home_of
from deskterm.cli.output import moment, say, say_json
from deskterm.cli.statuses import OK
from deskterm.commands.keymap import first_key, keymap
from deskterm.domain.messages import Address, Direction, Message
from deskterm.domain.orders.order import Order
from deskterm.domain.review.replies import OutboxRow
from deskterm.domain.views import TicketView
from deskterm.errors import NotFound


def arguments(parser: ArgumentParser) -> None:
    """Add the arguments of `show`."""
    parser.add_argument("ticket", type=ticket, help="the ticket, as in T1043")
    parser.add_argument("--quotes", action="store_true", help="print folded parts too")
    parser.add_argument("--raw", type=whole_number(1), metavar="N", help="print the original bytes of mail N")
    json_option(parser)


def run(args: Namespace) -> int:
    """Print a ticket."""
    with assemble(home_of(args)) as app:
        view = app.desk.tickets.view(args.ticket, int(time.time()))
        if args.raw is not None:
            return _raw(app, view, args.raw)
        if args.json:
            say_json(as_json(view, _todo(app, view)))
        else:
            _show(app, view, quotes=args.quotes)
        return OK


def _raw(app: App, view: TicketView, number: int) -> int:
    held = len(view.messages)
    if not 0 < number <= held:
        many = "1 message" if held == 1 else f"{held} messages"
        raise NotFound(f"{view.ticket.mark} has {many}: there is no number {number}.")
    message = view.messages[number - 1]
    if message.direction is Direction.NOTE:
        raise NotFound(f"Number {number} of {view.ticket.mark} is a note, not a mail.")
    raw = app.desk.tickets.raw(message.id)
    if sys.stdout.isatty():
        say(raw.decode("utf-8", "replace"))
    else:
        sys.stdout.buffer.write(raw)
    return OK


def _show(app: App, view: TicketView, *, quotes: bool) -> None:
    now = int(time.time())
    one = view.ticket
    tags = f"  {' '.join(f'+{tag}' for tag in one.tags)}" if one.tags else ""
    say(f"{one.mark}  {one.subject}")
    say(f"{one.status}{'  ' + one.due if one.due else ''}  {one.category or 'no category'}{tags}")
    for words in _todo(app, view):
        say(words)
    say(f"{_people(view)}")
    for order in view.orders[:3]:
        say(f"{_order(app, order, now)}")
    for number, message in enumerate(view.messages, 1):
        say()
        say(f"{number}. {_head(app, message, now)}")
        say(_text(message, quotes=quotes))
        for file in message.attachments:
            say(f"[{file.name or 'unnamed'}, {file.type}, {file.size} bytes]")
    for row in view.outbox:
        say()
        goes = f", goes {app.formats.ahead(row.send_at, now)}" if row.is_planned else ""
        unless = " unless answered" if row.is_planned and row.unless_answered else ""
        say(f"In the outbox: {row.state_words}{goes}{unless}{', ' + row.answered if row.answered else ''}")
    if view.draft:
        say()
        say("Draft, not sent:")
        say(view.draft.body.strip())


def _todo(app: App, view: TicketView) -> list[str]:
    """What must be done first, with the owner's keys of the desk."""
    settings = app.settings

    def key(name: str) -> str:
        return first_key(name, lambda where: keymap(where, settings.keys, settings.preset))

    return [one.in_words(key) for one in view.todo]


def _text(message: Message, *, quotes: bool) -> str:
    """What a mail says, or what is there instead."""
    whole = message.text.strip()
    if quotes or not whole:
        return whole or "(no text)"
    return message.own_words or "(only quoted text)"


def _people(view: TicketView) -> str:
    customer = view.customer.customer
    others = ", ".join(f"T{one}" for one in view.customer.open_tickets)
    also = f"; also open: {others}" if others else ""
    orders = "1 order" if view.customer.orders == 1 else f"{view.customer.orders} orders"
    return f"{customer.display_name} <{', '.join(customer.addresses)}>, {orders}{also}"


def _order(app: App, order: Order, now: int) -> str:
    synced = f", synced {app.formats.moment(order.synced_at, now)}" if order.synced_at else ""
    tracking = ", ".join(filter(None, (f"{one.carrier} {one.number}".strip() for one in order.shipments)))
    words = (*dict.fromkeys((order.payment_text, order.fulfilment_text)), tracking)
    return f"{order.mark} ({order.store}{synced}): {', '.join(word for word in words if word)}"


def _head(app: App, message: Message, now: int) -> str:
    if message.direction is Direction.NOTE:
        return f"INTERNAL, {app.formats.moment(message.at, now)}"
    machine = f"  [{message.machine}: {message.machine_words}]" if message.machine else ""
    outside = "  (written elsewhere)" if message.outside else ""
    gone = "  (gone from the server)" if message.gone else ""
    return f"{message.sender.display}, {app.formats.moment(message.at, now)}{outside}{gone}{machine}"


def as_json(view: TicketView, todo: list[str]) -> dict[str, object]:
    """A ticket as docs/cli.md describes it."""
    one, customer = view.ticket, view.customer.customer
    return {
        "ticket": one.mark,
        "subject": one.subject,
        "status": str(one.status),
        "view": str(one.view),
        "category": one.category,
        "tags": list(one.tags),
        "due": one.due,
        "todo": todo,
        "channel": one.channel,
        "created_at": moment(one.created_at),
        "unanswered_since": moment(one.unanswered_since),
        "snoozed_until": moment(one.snoozed_until),
        "solved_at": moment(one.solved_at),
        "cues": [str(cue) for cue in one.cues],
        "customer": {"name": customer.name, "addresses": list(customer.addresses)},
        "order": view.order.order.mark if view.order else "",
        "orders": [_order_json(order) for order in view.orders],
        "macros": [macro.id for macro in view.suggested[:3]],
        "messages": [_message_json(message) for message in view.messages],
        "draft": view.draft.body if view.draft else None,
        "outbox": [_on_its_way(row) for row in view.outbox],
    }


def _order_json(order: Order) -> dict[str, object]:
    return {
        "number": order.number,
        "store": order.store,
        "payment": str(order.payment),
        "fulfilment": str(order.fulfilment),
        "payment_word": order.payment_word,
        "fulfilment_word": order.fulfilment_word,
        "total_minor": None if order.known_total is None else order.total.minor,
        "currency": order.total.currency,
        "placed_at": moment(order.known_day),
        "unread": list(order.unread),
        "tracking": [one.number for one in order.shipments],
    }


def _message_json(message: Message) -> dict[str, object]:
    return {
        "direction": str(message.direction),
        "from": _person(message.sender),
        "to": [_person(one) for one in message.to],
        "cc": [_person(one) for one in message.cc],
        "bcc": [_person(one) for one in message.bcc],
        "subject": message.subject,
        "at": moment(message.at),
        "text": message.text,
        "written": message.own_words,
        "machine": str(message.machine),
        "outside": message.outside,
        "gone": message.gone,
        "attachments": [
            {"name": file.name, "type": file.type, "size": file.size} for file in message.attachments
        ],
    }


def _person(one: Address) -> dict[str, str]:
    return {"name": one.name, "address": one.address}


def _on_its_way(row: OutboxRow) -> dict[str, object]:
    return {
        "state": str(row.state),
        "send_at": moment(row.send_at),
        "planned": row.is_planned,
        "unless_answered": row.unless_answered,
    }
