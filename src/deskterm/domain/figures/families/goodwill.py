"""Figures of goodwill: refunds, discounts, replacements."""

from collections import Counter
from collections.abc import Iterator, Sequence

from deskterm.domain.figures.measure import Family, Frame, Measure, Reads, Unit
from deskterm.domain.figures.records import GivenBack
from deskterm.domain.figures.samples import Count, Outlook, TicketSample, distinct, number_of_times


def _sample_given(one: GivenBack, _frame: Frame) -> Iterator[TicketSample]:
    yield TicketSample(one.at, one.ticket_id, one.minor, label=one.currency)


def _number(one: GivenBack, _frame: Frame) -> Iterator[TicketSample]:
    yield TicketSample(one.at, one.ticket_id, 1)


def amount_in_currency(samples: Sequence[TicketSample], look: Outlook) -> Count:
    """The amounts in the shop's currency; what was given in others is named."""
    own = [one for one in samples if one.label == look.currency]
    others = Counter(f"in {one.label}" for one in samples if one.label != look.currency)
    tickets = distinct(one.ticket_id for one in sorted(own, key=lambda one: -one.value))
    total = sum(one.value for one in own)
    return Count(total, len(own), tickets, left_out=tuple(others.most_common()))


MEASURES = (
    Measure(
        "goodwill", "Goodwill",
        "What was given in the period beyond what orders owed, in the currency of most orders: money given "
        "back, as the stores say, without what you marked as owed, what went back for a cancelled order and "
        "the first money for each return; codes, gift cards and replacements. The tickets are those about "
        "these orders.",
        Family.GOODWILL, Unit.MONEY, -1, _sample_given, amount_in_currency, Reads.REFUNDS, total=True,
    ),
    Measure(
        "goodwill times", "Times given",
        "How often something was given so in the period, in any currency.",
        Family.GOODWILL, Unit.COUNT, -1, _number, number_of_times, Reads.REFUNDS, total=True,
    ),
)  # fmt: skip
