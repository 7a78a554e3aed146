"""The timeline of a customer: mails, notes, orders, parcels, refunds in order."""

from collections.abc import Iterable, Iterator
from enum import StrEnum

from deskterm.domain.formats import Formats
from deskterm.domain.messages import Direction, Message
from deskterm.domain.orders.action_names import name_action
from deskterm.domain.orders.actions import ActionRecord
from deskterm.domain.orders.order import Order
from deskterm.domain.orders.returns import ReturnStep
from deskterm.domain.products.waits import StockWait
from deskterm.domain.ticket_work.promises import Promise
from deskterm.value_class import dataclass


class EntryKind(StrEnum):
    """The kinds of entries."""

    WROTE = "wrote"  # the customer
    ANSWERED = "answered"  # the owner
    NOTE = "note"
    MACHINE = "notice"  # a bounce, an automatic answer
    ORDER = "order"
    PARCEL = "parcel"
    REFUND = "refund"
    RETURN = "return"
    PROMISE = "promise"  # a date that was promised
    WAIT = "waits"  # for something to be in stock
    ACTION = "action"  # an action on an order


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """Something that happened at `at` (UTC seconds). `ticket_id` is 0 if it belongs to no ticket."""

    at: int
    kind: EntryKind
    words: str
    ticket_id: int = 0


_KINDS = {Direction.IN: EntryKind.WROTE, Direction.OUT: EntryKind.ANSWERED, Direction.NOTE: EntryKind.NOTE}


def build_timeline(  # noqa: PLR0917 - all that is known of a customer
    messages: Iterable[Message],
    orders: Iterable[Order],
    actions: Iterable[ActionRecord],
    promises: Iterable[Promise],
    waits: Iterable[StockWait],
    formats: Formats,
) -> tuple[TimelineEntry, ...]:
    """All entries, the newest first."""
    found = [_message(one) for one in messages]
    found += [entry for order in orders for entry in _order(order, formats)]
    found += [
        TimelineEntry(one.confirmed_at, EntryKind.ACTION, f"{name_action(one)}: {one.state}", one.ticket_id)
        for one in actions
    ]
    found += [_promise(one, formats) for one in promises]
    found += [
        TimelineEntry(one.asked_at, EntryKind.WAIT, f"to hear when {one.title} is back", one.ticket_id)
        for one in waits
    ]
    return tuple(sorted(found, key=lambda entry: entry.at, reverse=True))


def _promise(one: Promise, formats: Formats) -> TimelineEntry:
    day = formats.day(one.due_at)
    due = "" if day in one.words else f", due {day}"
    return TimelineEntry(one.made_at, EntryKind.PROMISE, f"promised {one.words}{due}", one.ticket_id)


def _message(message: Message) -> TimelineEntry:
    kind = _KINDS[message.direction] if message.human else EntryKind.MACHINE
    first = next((row.strip() for row in message.own_words.splitlines() if len(row.split()) > 2), "")  # noqa: PLR2004 - no greeting
    words = message.machine_words or first or message.subject or "(nothing written)"
    return TimelineEntry(message.at, kind, words, message.ticket_id)


def _order(order: Order, formats: Formats) -> Iterator[TimelineEntry]:
    goods = ", ".join(f"{one.quantity} × {one.title}" for one in order.lines)
    yield TimelineEntry(
        order.placed_at, EntryKind.ORDER, f"{order.mark} {formats.money_or_none(order.known_total)}  {goods}"
    )
    if order.cancelled_at is not None:
        yield TimelineEntry(order.cancelled_at, EntryKind.ORDER, f"{order.mark} cancelled")
    for parcel in order.shipments:
        name = " ".join(part for part in (parcel.carrier, parcel.number) if part) or "a parcel"
        if parcel.shipped_at is not None:
            yield TimelineEntry(parcel.shipped_at, EntryKind.PARCEL, f"{order.mark} shipped with {name}")
        if parcel.delivered_at is not None:
            yield TimelineEntry(parcel.delivered_at, EntryKind.PARCEL, f"{order.mark} delivered ({name})")
    for one in order.returns:
        yield TimelineEntry(one.opened_at, EntryKind.RETURN, f"{order.mark} return {one.name}".rstrip())
        for step in (ReturnStep.LABEL, ReturnStep.BACK):
            if (at := one.at_step(step)) is not None:
                yield TimelineEntry(at, EntryKind.RETURN, f"{order.mark} {step}")
    for refund in order.refunds:
        reason = f": {refund.reason}" if refund.reason else ""
        yield TimelineEntry(
            refund.at, EntryKind.REFUND, f"{order.mark} {formats.money(refund.amount)}{reason}"
        )
