"""Samples, and the ways to make a figure from those of a period.

A sample is something that happened to a ticket and what it measures, in calendar and in business
seconds where it is a time. What it says depends on the ticket's history alone, not on the time at which
somebody looks: so samples can be kept.
"""

import math
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from deskterm.value_class import dataclass

FEWEST_FOR_P90 = 20
FEWEST_FOR_SHARE = 10

Span = Callable[[int, int], int]  # seconds between two moments, by the calendar or by business hours


class TicketSample(NamedTuple):
    """What happened to a ticket at a time (UTC seconds).

    `left` says why it does not count. `business` is `value` in business seconds, where it is a time.
    `until` is when a state ended; for what can be judged only later, from when it can be.
    `label` says of which kind it is: a macro, an SOP, a currency.
    """

    at: int
    ticket_id: int
    value: float
    left: str = ""
    business: float | None = None
    until: int = 0
    label: str = ""


class Count(NamedTuple):
    """A figure for a period. `n`: how many it was counted from, `sides`: how many for and against."""

    value: float | None
    n: int
    tickets: tuple[int, ...] = ()
    p90: float | None = None
    left_out: tuple[tuple[str, int], ...] = ()
    sides: tuple[int, int] = (0, 0)


@dataclass(frozen=True, slots=True)
class Outlook:
    """From where a period is looked at: `end` is its end, `now` the moment of looking (UTC seconds).

    `span` measures time; `business` says that it knows business hours alone. `next_day` gives the end
    of the next working day after a moment, `currency` is that of most orders.
    """

    end: int
    now: int
    span: Span
    business: bool = False
    next_day: Callable[[int], int] = lambda at: at + 86400
    currency: str = ""

    def measure(self, sample: TicketSample) -> float:
        """The sample's value by the chosen clock (calendar or business hours)."""
        return sample.value if not self.business or sample.business is None else sample.business


Fold = Callable[[Sequence[TicketSample], Outlook], Count]


def median(ordered: Sequence[float]) -> float | None:
    """The median of sorted values."""
    if not ordered:
        return None
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2


def p90(ordered: Sequence[float]) -> float | None:
    """The 90th percentile (nearest rank) of sorted values; None for fewer than twenty."""
    return ordered[math.ceil(0.9 * len(ordered)) - 1] if len(ordered) >= FEWEST_FOR_P90 else None


def number_of_tickets(samples: Sequence[TicketSample], _look: Outlook) -> Count:
    """How many tickets it happened to."""
    tickets = tuple(dict.fromkeys([one.ticket_id for one in samples if not one.left]))
    return Count(len(tickets), len(tickets), tickets, left_out=left_out(samples))


def number_of_times(samples: Sequence[TicketSample], _look: Outlook) -> Count:
    """How many times it happened."""
    counted = [one.ticket_id for one in samples if not one.left]
    return Count(len(counted), len(counted), distinct(counted), left_out=left_out(samples))


def median_of(samples: Sequence[TicketSample], look: Outlook) -> Count:
    """The median of the values; the largest stand first, they are asked about."""
    counted = sorted((look.measure(one), one.ticket_id) for one in samples if not one.left)
    values = [value for value, _ in counted]
    tickets = distinct(ticket for _, ticket in reversed(counted))
    return Count(median(values), len(values), tickets, p90(values), left_out(samples))


def mean_of(samples: Sequence[TicketSample], look: Outlook) -> Count:
    """The mean of the values, the tickets with the largest first."""
    counted = sorted(((look.measure(one), one.ticket_id) for one in samples if not one.left), reverse=True)
    total = sum(value for value, _ in counted)
    value = total / len(counted) if counted else None
    return Count(value, len(counted), distinct(ticket for _, ticket in counted), left_out=left_out(samples))


def share_of_tickets(samples: Sequence[TicketSample], look: Outlook) -> Count:
    """The share of tickets whose sample is 1; a ticket counts once, as 1 if any of its samples is.

    What cannot be judged yet is left out, and labels are named among it: those count all the same.
    """
    ripe, young = _judgeable(samples, look)
    of: dict[int, float] = {}
    for sample in ripe:
        if not sample.left:
            of[sample.ticket_id] = max(sample.value, of.get(sample.ticket_id, 0))
    value = sum(of.values()) / len(of) if of else None
    tickets = tuple(sorted(of, key=lambda ticket: -of[ticket]))
    return Count(
        value, len(of), tickets, left_out=_with(left_out(ripe, noted=True), "too young to tell", young)
    )


def share_of_times(samples: Sequence[TicketSample], look: Outlook) -> Count:
    """The share of samples that are 1; the tickets of those that are not stand first."""
    ripe, young = _judgeable(samples, look)
    counted = sorted((one for one in ripe if not one.left), key=lambda one: one.value)
    value = sum(one.value for one in counted) / len(counted) if counted else None
    left = _with(left_out(ripe), "too young to tell", young)
    return Count(value, len(counted), distinct(one.ticket_id for one in counted), left_out=left)


def states_at_end(samples: Sequence[TicketSample], _look: Outlook) -> Count:
    """How many tickets were in a state when the period ended; what `left` names is counted beside."""
    tickets = sorted({one.ticket_id for one in samples if not one.left})
    return Count(len(tickets), len(tickets), tuple(tickets), left_out=left_out(samples))


def oldest_at_end(samples: Sequence[TicketSample], look: Outlook) -> Count:
    """How long the state that had lasted longest when the period ended had lasted, the oldest first."""
    there = sorted(samples)
    value = float(look.span(there[0].at, look.end)) if there else None
    return Count(value, len(there), distinct(one.ticket_id for one in there))


def median_age_at_end(samples: Sequence[TicketSample], look: Outlook) -> Count:
    """The median of how long a state had lasted when the period ended, the oldest first."""
    there = sorted(samples)
    ages = sorted(float(look.span(one.at, look.end)) for one in there)
    return Count(median(ages), len(ages), distinct(one.ticket_id for one in there), p90(ages))


def distinct(tickets: Iterable[int]) -> tuple[int, ...]:
    """Each ticket once, in the order given; 0 stands for none."""
    return tuple(dict.fromkeys(filter(None, tickets)))


def left_out(samples: Sequence[TicketSample], *, noted: bool = False) -> tuple[tuple[str, int], ...]:
    """Which samples were not counted and why, and how many; with `noted` the labels too."""
    reasons = Counter([one.left for one in samples if one.left])
    if noted:
        reasons.update([one.label for one in samples if one.label and not one.left])
    return tuple(reasons.most_common())


def _judgeable(samples: Sequence[TicketSample], look: Outlook) -> tuple[list[TicketSample], int]:
    """The samples that can be judged by now, and how many cannot."""
    ripe = [one for one in samples if one.until <= look.now or one.left]
    return ripe, len(samples) - len(ripe)


def _with(found: tuple[tuple[str, int], ...], why: str, number: int) -> tuple[tuple[str, int], ...]:
    return (*found, (why, number)) if number else found
