"""Who comes back: customers who needed help, against those who did not."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from deskterm.domain.figures.measure import Family, Frame, Measure, Reads, Unit
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
            yield TicketSample(at, ticket, _again(buyer, at), until=at + AGAIN)


def _without_ticket(buyer: Buyer, _frame: Frame) -> Iterator[TicketSample]:
    if not buyer.solves:
        for at in buyer.orders:
            yield TicketSample(at, 0, _again(buyer, at), until=at + AGAIN)


def _worth_with(buyer: Buyer, _frame: Frame) -> Iterator[TicketSample]:
    for at, ticket in buyer.solves:
        if buyer.orders:
            yield TicketSample(at, ticket, buyer.spent, label=buyer.currency)


def _worth_without(buyer: Buyer, _frame: Frame) -> Iterator[TicketSample]:
    if not buyer.solves and buyer.orders:
        yield TicketSample(buyer.orders[-1], 0, buyer.spent, label=buyer.currency)


def median_in_currency(samples: Sequence[TicketSample], look: Outlook) -> Count:
    """The median of the amounts in the shop's currency."""
    own = sorted((one.value, one.ticket_id) for one in samples if one.label == look.currency)
    values = [value for value, _ in own]
    return Count(median(values), len(own), distinct(ticket for _, ticket in reversed(own)))


MEASURES = (
    Measure(
        "again", "Bought again after a ticket",
        "Of the tickets solved in the period whose customer had bought before: those whose customer ordered "
        "again within 90 days of the solve. Younger solves cannot tell yet.",
        Family.RETENTION, Unit.SHARE, 1, _with_ticket, share_of_times, Reads.BUYERS, asks=_ASKS,
    ),
    Measure(
        "again without", "Bought again without one",
        "Of the orders placed in the period by buyers who never had a ticket: those followed by another "
        "within "
        "90 days. Younger orders cannot tell yet.",
        Family.RETENTION, Unit.SHARE, 1, _without_ticket, share_of_times, Reads.BUYERS, asks=_ASKS,
    ),
    Measure(
        "worth", "Lifetime value after a ticket",
        "Of the tickets solved in the period: what their customers have spent in all, up to now; the median, "
        "in "
        "the currency of most orders.",
        Family.RETENTION, Unit.MONEY, 0, _worth_with, median_in_currency, Reads.BUYERS, asks=_ASKS,
    ),
    Measure(
        "worth without", "Lifetime value without one",
        "What the buyers without a ticket whose last order was placed in the period have spent in all; the "
        "median.",
        Family.RETENTION, Unit.MONEY, 0, _worth_without, median_in_currency, Reads.BUYERS, asks=_ASKS,
    ),
)  # fmt: skip
