"""Figures of effort: the owner's own time."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from deskterm.domain.figures.families.volume import counts
from deskterm.domain.figures.measure import Family, Frame, Measure, Unit
from deskterm.domain.figures.samples import Count, Outlook, TicketSample, median, p90
from deskterm.domain.figures.stories import Story
from deskterm.domain.figures.ticket_logs import (
    MarkKind,
)

GLANCE = 5  # seconds below which a ticket was only looked at
_GLANCED = "only glanced at"


def _sample_handled(story: Story, _frame: Frame) -> Iterator[TicketSample]:
    if counts(story):
        for mark in story.marks:
            if mark.kind is MarkKind.HANDLED:
                yield TicketSample(mark.at, mark.ticket_id, mark.value)


def _by_ticket(
    samples: Sequence[TicketSample],
) -> tuple[list[tuple[float, int]], tuple[tuple[str, int], ...]]:
    """The seconds of each ticket, most first, and how many were only glanced at."""
    spent: dict[int, float] = defaultdict(float)
    for one in samples:
        spent[one.ticket_id] += one.value
    kept = sorted(((seconds, ticket) for ticket, seconds in spent.items() if seconds >= GLANCE), reverse=True)
    glanced = len(spent) - len(kept)
    return kept, ((_GLANCED, glanced),) if glanced else ()


def total_handling(samples: Sequence[TicketSample], _look: Outlook) -> Count:
    """All active time of the period."""
    kept, glanced = _by_ticket(samples)
    total = sum(seconds for seconds, _ in kept)
    return Count(total if kept else None, len(kept), tuple(t for _, t in kept), left_out=glanced)


def median_handling(samples: Sequence[TicketSample], _look: Outlook) -> Count:
    """The active time of a ticket in the period."""
    kept, glanced = _by_ticket(samples)
    values = sorted(seconds for seconds, _ in kept)
    return Count(median(values), len(kept), tuple(t for _, t in kept), p90(values), glanced)


_WHAT = (
    "Active time in which a ticket was in front of you: 60 seconds without a key stop the clock. "
    "Tickets looked at for less than 5 seconds in the period are left out."
)
MEASURES = (
    Measure(
        "handling", "Handling time",
        f"{_WHAT} All of the period together.",
        Family.EFFORT, Unit.SECONDS, 0, _sample_handled, total_handling,
        asks="The clock runs while you work here.", total=True,
    ),
    Measure(
        "handling per ticket", "Handling a ticket",
        f"{_WHAT} The median of a ticket.",
        Family.EFFORT, Unit.SECONDS, -1, _sample_handled, median_handling,
        asks="The clock runs while you work here.",
    ),
)  # fmt: skip
