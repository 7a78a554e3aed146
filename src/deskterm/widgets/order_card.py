"""An order beside a ticket: lines, parcels, refunds. Problems are red, money is right-aligned."""

from collections.abc import Iterator
from typing import NamedTuple

from deskterm.domain.formats import Formats
from deskterm.domain.messages import mailbox_key
from deskterm.domain.orders.order import (
    Fulfilment,
    Money,
    Order,
    OrderFact,
    OrderLine,
    Payment,
    Shipment,
    TrackingSource,
)
from deskterm.domain.orders.returns import OrderReturn, ReturnStep
from deskterm.domain.views import TicketView
from deskterm.widgets.drawing.cells import cell_len, fit, wrap, wrap_parts
from deskterm.widgets.drawing.lines import Bit, DrawnLine, cells, spread

SILENT_AFTER = 5 * 86400  # seconds without a scan that count as a problem
_LATE_AFTER = 3 * 86400
_DAY = 86400
_LABEL = 9  # cells of the column of dates and carriers
_ROOM_FOR_LABEL = 40  # cells from which an order's lines are beside its day
_HANGING = 2  # cells by which they are indented below it
_OTHERS = 6  # other orders that are listed
_NOTES = 3  # the newest notes of the store


class Now(NamedTuple):
    """How values are written, and the time in UTC seconds."""

    formats: Formats
    at: int


def order_lines(
    order: Order, now: Now, width: int, because: str = "", store: str = ""
) -> Iterator[DrawnLine]:
    """The ticket's order in full. `because` says why this one, `store` which store if there are several."""
    yield _head(order, width, store)
    if because:
        yield from (DrawnLine.of(part, "dim") for part in wrap(because, width))
    yield from _warnings(order, now, width)
    yield from _goods(order, now, width)
    for shipment in order.shipments:
        yield from _shipment(shipment, now, width)
    for refund in order.refunds:
        words = f"refunded{': ' if refund.reason else ''}{refund.reason}"
        yield from _row(now.formats.day(refund.at), words, f"−{now.formats.money(refund.amount)}", width)
    for one in order.returns:
        yield from _return(one, now, width)
    if order.ship_to.lines:
        for number, part in enumerate(wrap_parts(order.ship_to.lines, max(8, width - _LABEL), ", ")):
            yield DrawnLine((_label("" if number else "to"), Bit(part, "soft")))
    yield from _notes_and_tags(order, now, width)


def _warnings(order: Order, now: Now, width: int) -> Iterator[DrawnLine]:
    """What to know before trusting it: the store no longer has it, or it is a test."""
    if order.gone_at is not None:
        words = f"{order.store} no longer has it (noticed {now.formats.day(order.gone_at)})"
        yield from (DrawnLine.of(part, "red") for part in wrap(words, width))
    if order.test:
        yield DrawnLine.of("a test order, not counted anywhere", "amber")


def _goods(order: Order, now: Now, width: int) -> Iterator[DrawnLine]:
    """The lines with what was sent of each, the total, and how it was paid."""
    beside = width >= _ROOM_FOR_LABEL
    room = _LABEL if beside else _HANGING
    if not beside:
        yield DrawnLine.of(now.formats.day_or_none(order.known_day), "dim")
    for number, item in enumerate(order.lines):
        label = now.formats.day_or_none(order.known_day) if beside and number == 0 else ""
        what = f"{item.quantity} × {item.title}" + (f", {item.variant}" if item.variant else "")
        whole = Money(item.price.minor * item.quantity, item.price.currency)
        price = now.formats.money_or_none(None if OrderFact.PRICES in order.unread else whole)
        yield from _row(label, what, price, width, room=room)
        if state := _line_state(item, order):
            yield DrawnLine((_label("", room), Bit(state, "soft")))
    if len(order.lines) != 1 or order.payment_method:
        paid_by = fit(order.payment_method, max(0, width - _LABEL - 16)).rstrip()
        total = [Bit(now.formats.money_or_none(order.known_total), bold=True)]
        yield spread([_label("total"), Bit(paid_by, "soft")], total, width)
    if order.shop_total is not None:
        yield spread([_label("")], [Bit(now.formats.money(order.shop_total), "dim")], width)


def _line_state(item: OrderLine, order: Order) -> str:
    """`1 of 2 sent · 1 refunded`, if that differs from the order's own state."""
    parts = []
    if item.sent is not None and order.fulfilment is Fulfilment.PARTLY:
        whole = "sent" if item.sent else "not sent"
        parts.append(whole if item.sent in (0, item.quantity) else f"{item.sent} of {item.quantity} sent")
    if item.refunded:
        parts.append("refunded" if item.refunded == item.quantity else f"{item.refunded} refunded")
    return " · ".join(parts)


def _notes_and_tags(order: Order, now: Now, width: int) -> Iterator[DrawnLine]:
    """The customer's note, the newest notes of the store, the tags."""
    if order.note:
        yield from _labelled_lines("note", order.note, width, "soft")
    for note in order.notes[-_NOTES:]:
        words = f"{'to the customer: ' if note.to_customer else ''}{note.text}"
        yield from _labelled_lines(now.formats.day(note.at), words, width, "soft")
    if len(order.notes) > _NOTES:
        yield DrawnLine((_label(""), Bit(f"⋯ {len(order.notes) - _NOTES} earlier notes", "dim")))
    if order.tags:
        yield from _labelled_lines("tags", ", ".join(order.tags), width, "soft")


def other_orders(view: TicketView, own: Order | None) -> Iterator[tuple[str, tuple[Order, ...]]]:
    """The orders beside the ticket's own, whose they are in words."""
    others = [order for order in view.orders if own is None or order.id != own.id]
    known = {mailbox_key(one) for one in view.customer.customer.addresses}
    theirs = tuple(order for order in others if mailbox_key(order.email) in known)
    named = tuple(order for order in others if order not in theirs)
    found = (
        ("", theirs),
        ("of this number, from another address", named),
        ("same account or phone, another address", view.related),
    )
    return ((title, orders) for title, orders in found if orders)


def other_order_lines(
    orders: tuple[Order, ...], now: Now, width: int, title: str = ""
) -> Iterator[DrawnLine]:
    """Other orders, one line each."""
    if title:
        yield from (DrawnLine.of(part, "dim") for part in wrap(title, width))
    for order in orders[:_OTHERS]:
        money = Bit(f" {now.formats.money_or_none(order.known_total)}", "soft")
        mark = Bit(order.mark, "accent", bold=True)
        state = Bit(f" {order.fulfilment_text} {_when(order, now)}", "soft")
        if cells([mark, state, money]) > width:  # there is no room for the day
            state = Bit(f" {order.fulfilment_text}", "soft")
        yield spread([mark, state], [money], width)
    if len(orders) > _OTHERS:
        yield DrawnLine.of(f"⋯ {len(orders) - _OTHERS} more orders", "dim")


def _head(order: Order, width: int, store: str) -> DrawnLine:
    """`#1042 paid · shipped`, the store on the right."""
    paid = "green" if order.payment is Payment.PAID else "amber"
    going = "red" if order.fulfilment is Fulfilment.CANCELLED else "text"
    left = [Bit(order.mark, "accent", bold=True), Bit("  ")]
    if order.payment_text != order.fulfilment_text:
        left += [Bit(order.payment_text, paid), Bit(" · ", "dim")]
    left.append(Bit(order.fulfilment_text, going))
    return spread(left, [Bit(f"  {store}" if store else "", "dim")], width)


def _shipment(shipment: Shipment, now: Now, width: int) -> Iterator[DrawnLine]:
    yield from _labelled_lines(
        shipment.carrier or "parcel", shipment.number or "no tracking number", width, "text"
    )
    words, shade = _progress(shipment, now)
    yield from _labelled_lines("", words, width, shade)


def _return(one: OrderReturn, now: Now, width: int) -> Iterator[DrawnLine]:
    """`return   label sent 3 Nov · parcel back 9 Nov`; what is still to come is amber."""
    known = [f"{step} {now.formats.day(at)}" for step in ReturnStep if (at := one.at_step(step)) is not None]
    state = (
        [] if known and one.is_open else [f"{one.state} {now.formats.day(one.closed_at or one.opened_at)}"]
    )
    pieces = [f"{one.pieces} piece{'s'[: one.pieces != 1]}"] if one.pieces else []
    shade = "amber" if one.is_open else "soft"
    for at, part in enumerate(wrap_parts([*pieces, *known, *state], max(8, width - _LABEL))):
        yield DrawnLine((_label("return" if at == 0 else ""), Bit(part, shade)))


def _progress(shipment: Shipment, now: Now) -> tuple[str, str]:
    """Where a parcel is, in words, with their shade."""
    if shipment.delivered_at is not None:
        return f"delivered {now.formats.day(shipment.delivered_at)}", "green"
    if shipment.last_scan_at is None:
        return _hand_over(shipment, now)
    seen = shipment.last_scan_at
    days = (now.at - seen) // _DAY
    if now.at - seen < _LATE_AFTER:
        return f"{shipment.status or 'last scan'} {now.formats.moment(seen, now.at)}", "soft"
    return f"no scan for {days} days", "red" if now.at - seen >= SILENT_AFTER else "amber"


def _hand_over(shipment: Shipment, now: Now) -> tuple[str, str]:
    """When it was handed over and who says so; without a scan nobody knows where it is."""
    if shipment.shipped_at is None:
        known = shipment.status or ("no carrier data" if shipment.number else "not shipped yet")
        return known, "soft"
    days = (now.at - shipment.shipped_at) // _DAY
    when = (
        now.formats.moment(shipment.shipped_at, now.at) if days < 1 else f"{days} day{'s'[: days != 1]} ago"
    )
    source = " (label file)" if shipment.source is TrackingSource.FILE else ""
    return f"shipped {when}{source}, no carrier data", "amber" if days * _DAY >= SILENT_AFTER else "soft"


def _when(order: Order, now: Now) -> str:
    """The day the order's state is about."""
    delivered = [shipment.delivered_at for shipment in order.shipments if shipment.delivered_at]
    shipped = [shipment.shipped_at for shipment in order.shipments if shipment.shipped_at]
    moments = delivered or shipped
    return now.formats.day_or_none(moments[-1] if moments else order.cancelled_at or order.known_day)


def _row(label: str, words: str, money: str, width: int, *, room: int = _LABEL) -> Iterator[DrawnLine]:
    """A label in `room` cells, words that may wrap, and money at the right of their first line."""
    first, *rest = wrap(words, max(8, width - room - len(money) - 1))
    yield spread([_label(label, room), Bit(first)], [Bit(money)], width)
    yield from (DrawnLine((_label("", room), Bit(part))) for part in rest)


def _labelled_lines(label: str, words: str, width: int, shade: str) -> Iterator[DrawnLine]:
    """A label with words beside it, or below it if they are too long."""
    if " " not in words and width - _LABEL < cell_len(words) <= width:
        yield DrawnLine((_label(label),))
        yield DrawnLine.of(words, shade)
        return
    for number, part in enumerate(wrap(words, max(8, width - _LABEL))):
        yield DrawnLine((_label(label if number == 0 else ""), Bit(part, shade, bold=shade == "red")))


def _label(words: str, room: int = _LABEL) -> Bit:
    return Bit(fit(words, room - 1) + " ", "dim")
