"""Figures of orders: how many of them lead to mail."""

from collections.abc import Iterator, Sequence

from deskterm.domain.figures.measure import Family, Frame, Measure, Reads, Unit
from deskterm.domain.figures.records import OrderContact
from deskterm.domain.figures.samples import Count, Outlook, TicketSample, distinct, share_of_times

_PLACED = "orders placed"


def _contacts(one: OrderContact, _frame: Frame) -> Iterator[TicketSample]:
    yield TicketSample(
        one.at, one.ticket_id, 1, "" if one.ticket_id else _PLACED, label="\n".join(one.products)
    )


def _wismo(one: OrderContact, _frame: Frame) -> Iterator[TicketSample]:
    if one.wismo or not one.ticket_id:
        yield TicketSample(
            one.at, one.ticket_id, 1, "" if one.ticket_id else _PLACED, label="\n".join(one.products)
        )


def _wismo_share(one: OrderContact, _frame: Frame) -> Iterator[TicketSample]:
    if one.ticket_id:
        yield TicketSample(one.at, one.ticket_id, float(one.wismo), label="\n".join(one.products))


def per_hundred_orders(samples: Sequence[TicketSample], _look: Outlook) -> Count:
    """Tickets for each hundred orders placed; `n` is the orders."""
    tickets = distinct(one.ticket_id for one in samples)
    orders = sum(not one.ticket_id for one in samples)
    return Count(100 * len(tickets) / orders if orders else None, orders, tickets)


MEASURES = (
    Measure(
        "contacts", "Mail per 100 orders",
        "New tickets about an order, for each 100 orders placed in the same period (n counts the orders).",
        Family.ORDERS, Unit.PER_HUNDRED, -1, _contacts, per_hundred_orders, Reads.ORDERS,
    ),
    Measure(
        "wismo", "“Where is it?” per 100 orders",
        "New tickets about an order that had not arrived and whose category is that of the macro "
        "order-status, "
        "for each 100 orders placed in the same period.",
        Family.ORDERS, Unit.PER_HUNDRED, -1, _wismo, per_hundred_orders, Reads.ORDERS,
    ),
    Measure(
        "wismo share", "“Where is it?”, share",
        "Of the new tickets about an order, those that ask where it is, as above.",
        Family.ORDERS, Unit.SHARE, -1, _wismo_share, share_of_times, Reads.ORDERS,
    ),
)  # fmt: skip
