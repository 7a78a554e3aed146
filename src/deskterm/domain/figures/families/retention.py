"""Figures of retention: do customers who needed help buy again, compared with others."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence

from deskterm.domain.figures.measure import Family, Frame, Measure, Needs, Reads, Unit
from deskterm.domain.figures.records import Buyer
from deskterm.domain.figures.samples import Count, Outlook, TicketSample, distinct, median, share_of_times

AGAIN = 90 * 86400
_ASKS = "No store's orders were read."


def _again(buyer: Buyer, at: int) -> float:
    place = bisect_right(buyer.orders, at)
    return float(place < len(buyer.orders) and buyer.orders[place] <= at + AGAIN)


def _with_ticket(buyer: Buyer, _frame: Frame) -> Iterator[TicketSample]:
    """Only customers who had bought before: who never did cannot buy again."""
    for at, ticket in buyer.solves:
        if buyer.orders and buyer.orders[0] <= at:
            yield TicketSample(at, ticket, _again(buyer, at), until=at + AGAIN, label=buyer.who)


def _without_ticket(buyer: Buyer, _frame: Frame) -> Iterator[TicketSample]:
    if not buyer.solves:
        for at in buyer.orders:
            yield TicketSample(at, 0, _again(buyer, at), until=at + AGAIN, label=buyer.who)


def _worth_with(buyer: Buyer, _frame: Frame) -> Iterator[TicketSample]:
    for at, ticket in buyer.solves:
        if buyer.orders:
            yield TicketSample(at, ticket, buyer.spent, label=f"{buyer.currency} {buyer.who}")


def _worth_without(buyer: Buyer, _frame: Frame) -> Iterator[TicketSample]:
    if not buyer.solves and buyer.orders:
        yield TicketSample(buyer.orders[-1], 0, buyer.spent, label=f"{buyer.currency} {buyer.who}")


def _last_of_each(samples: Sequence[TicketSample]) -> list[TicketSample]:
    """Each buyer once in a period, by what happened last in it. The samples stand in order of time."""
    return list({one.label: one for one in samples}.values())


def share_of_buyers(samples: Sequence[TicketSample], look: Outlook) -> Count:
    """The share of buyers who came back; those who did not stand first."""
    return share_of_times(_last_of_each(samples), look)


def median_in_currency(samples: Sequence[TicketSample], look: Outlook) -> Count:
    """The median of what buyers spent in the shop's currency; who pays in others is named."""
    buyers = [(one.label.split(" ")[0], one) for one in _last_of_each(samples)]
    own = sorted((one.value, one.ticket_id) for currency, one in buyers if currency == look.currency)
    others = Counter(f"in {currency}" for currency, _ in buyers if currency != look.currency)
    values = [value for value, _ in own]
    tickets = distinct(ticket for _, ticket in reversed(own))
    return Count(median(values), len(own), tickets, left_out=tuple(others.most_common()))


MEASURES = (
    Measure(
        "again", "Bought again after a ticket",
        "Of the customers whose ticket was solved in the period and who had bought before: those who ordered "
        "again within 90 days of the solve, the last of the period. Younger solves cannot tell yet.",
        Family.RETENTION, Unit.SHARE, 1, _with_ticket, share_of_buyers, Reads.BUYERS,
        asks=_ASKS, needs=Needs.ORDERS,
    ),
    Measure(
        "again without", "Bought again without one",
        "Of the buyers of the period who never had a ticket: those who ordered again within 90 days of their "
        "last order in it. Younger orders cannot tell yet.",
        Family.RETENTION, Unit.SHARE, 1, _without_ticket, share_of_buyers, Reads.BUYERS,
        asks=_ASKS, needs=Needs.ORDERS,
    ),
    Measure(
        "worth", "Lifetime value after a ticket",
        "What the customers whose ticket was solved in the period have spent in all, up to now; the median, "
        "in the currency of most orders.",
        Family.RETENTION, Unit.MONEY, 0, _worth_with, median_in_currency, Reads.BUYERS,
        asks=_ASKS, needs=Needs.ORDERS,
    ),
    Measure(
        "worth without", "Lifetime value without one",
        "What the buyers without a ticket whose last order was placed in the period have spent in all; the "
        "median.",
        Family.RETENTION, Unit.MONEY, 0, _worth_without, median_in_currency, Reads.BUYERS,
        asks=_ASKS, needs=Needs.ORDERS,
    ),
)  # fmt: skip
