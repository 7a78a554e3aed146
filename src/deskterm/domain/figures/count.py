"""The figures of a period, counted from tickets' stories. Each carries its definition and its tickets.

A figure of what happened (a reply, a solve) belongs to the period in which it
happened; a level (the backlog) is taken at the period's end.
"""

import math
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from deskterm.domain.figures.stories import Story, TimeSpan
from deskterm.domain.figures.values import Bar, Figure
from deskterm.domain.figures.weeks import Period, Week
from deskterm.domain.tickets import Status, View

Span = Callable[[int, int], int]  # seconds between two moments, by the calendar or by business hours
_FEWEST_FOR_P90 = 20
_UNDONE = frozenset({Status.OPEN, Status.WAITING, Status.HOLD})
NO_CATEGORY = "no category"


class TicketSample(NamedTuple):
    """Something that happened to a ticket and what it measures; `left` says why it does not count."""

    at: int
    ticket_id: int
    value: float
    left: str = ""


class Count(NamedTuple):
    """A figure's result for one period."""

    value: float | None
    n: int
    tickets: tuple[int, ...] = ()
    p90: float | None = None
    left_out: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Measure:
    """How one figure is named, defined and counted."""

    id: str
    title: str
    definition: str
    unit: str
    better: int

    def figure(self, count: Callable[[Period], Count], week: Week) -> Figure:
        """The figure of a week beside the one before, with its last periods."""
        now, then = count(week.period), count(week.before)
        return Figure(
            self.id, self.title, self.definition, self.unit, now.value, then.value, now.n, now.tickets,
            p90=now.p90, left_out=now.left_out, series=tuple(count(one).value for one in week.series),
            better=self.better, before_n=then.n,
        )  # fmt: skip


MEASURES = (
    Measure(
        "created", "New tickets",
        "Tickets whose first message arrived in the period; spam and mail not from customers left out.",
        "tickets", 0,
    ),
    Measure(
        "solved", "Solved",
        "Tickets solved in the period, each once; a snooze solves none.",
        "tickets", 1,
    ),
    Measure(
        "backlog", "Open at the end",
        "Tickets with status open when the period ends, those that are snoozed among them (the top line "
        "counts them apart); waiting and on hold left out, snoozed or not.",
        "tickets", -1,
    ),
    Measure(
        "snoozed", "Snoozed at the end",
        "Tickets that were out of sight when the period ended, whatever their status. None of them was done.",
        "tickets", 0,
    ),
    Measure(
        "first reply", "First reply time",
        "From the arrival of the customer's first message to our first reply, in the week of the reply. "
        "A ticket we opened counts from the customer's first answer. Automatic replies and notes are none.",
        "seconds", -1,
    ),
    Measure(
        "resolution", "Resolution time",
        "From the customer's first message to the last time the ticket was solved, reopenings included, "
        "in the week of that solve.",
        "seconds", -1,
    ),
    Measure(
        "one-touch", "One-touch",
        "Of the tickets solved for the last time in the period, those with exactly one reply of ours. "
        "A later thank-you does not change it, nor its answer from a macro of the category thanks.",
        "share", 1,
    ),
    Measure(
        "reopened", "Reopened",
        "Of the tickets solved in the period, those the customer came back to up to now. "
        "One solved again without a reply, or with a macro of the category thanks, was a thank-you.",
        "share", -1,
    ),
    Measure(
        "unanswered", "Longest unanswered",
        "How long the customer who has waited longest for us had waited when the period ended; "
        "the tickets are all that were unanswered then.",
        "seconds", -1,
    ),
    Measure(
        "stopped", "Stopped sends",
        "Replies that the review stopped: a value missing, another customer's order, a claim not ticked, "
        "a new mail meanwhile.",
        "count", 0,
    ),
)  # fmt: skip


def figures(
    stories: Sequence[Story],
    stopped: Sequence[TicketSample],
    snoozed: Sequence[TimeSpan],
    span: Span,
    week: Week,
) -> tuple[Figure, ...]:
    """The first page's figures, in its order. `stopped` are the sends that the review stopped."""
    counts = _counts_by_id(stories, stopped, snoozed, span)
    return tuple(measure.figure(counts[measure.id], week) for measure in MEASURES)


def _counts_by_id(
    stories: Sequence[Story], stopped: Sequence[TicketSample], snoozed: Sequence[TimeSpan], span: Span
) -> dict[str, Callable[[Period], Count]]:
    ours = [story for story in stories if _counts(story)]
    return {
        "created": _number([*_created_in(ours), *_left_aside(stories)]),
        "solved": _number([TicketSample(solve.at, _id(one), 1) for one in ours for solve in one.solves]),
        "backlog": _level(ours),
        "snoozed": _asleep(ours, snoozed),
        "first reply": _median(_first_replies(ours, span)),
        "resolution": _median(_resolutions(ours, span)),
        "one-touch": _share(_touches(ours)),
        "reopened": _share(_reopenings(ours)),
        "unanswered": _longest(ours, span),
        "stopped": _number(stopped, each=True),
    }


def volume(stories: Sequence[Story], week: Week) -> tuple[Bar, ...]:
    """New tickets by category, the largest first."""
    now: dict[str, list[int]] = defaultdict(list)
    then: Counter[str] = Counter()
    for story in filter(_counts, stories):
        label, at = story.matter.category or NO_CATEGORY, story.matter.created_at
        if week.period.start <= at < week.period.end:
            now[label].append(_id(story))
        if week.before.start <= at < week.before.end:
            then[label] += 1
    bars = [Bar(label, len(now[label]), then[label], tuple(now[label])) for label in {*now, *then}]
    return tuple(sorted(bars, key=lambda bar: (-bar.value, -bar.before, bar.label)))


def _counts(story: Story) -> bool:
    return story.matter.view is View.CUSTOMERS and story.matter.status is not Status.SPAM


def _id(story: Story) -> int:
    return story.matter.ticket_id


def _created_in(stories: Iterable[Story]) -> list[TicketSample]:
    return [TicketSample(story.matter.created_at, _id(story), 1) for story in stories]


def _left_aside(stories: Iterable[Story]) -> list[TicketSample]:
    return [
        TicketSample(
            story.matter.created_at, _id(story), 0,
            "spam" if story.matter.status is Status.SPAM else str(story.matter.view),
        )
        for story in stories
        if not _counts(story)
    ]  # fmt: skip


def _first_replies(stories: Iterable[Story], span: Span) -> list[TicketSample]:
    found = []
    for story in stories:
        if story.asked is None:
            continue
        if story.answered is not None:
            found.append(TicketSample(story.answered, _id(story), span(story.asked, story.answered)))
        elif story.solved is not None:
            found.append(TicketSample(story.asked, _id(story), 0, "solved without a reply"))
        else:
            found.append(TicketSample(story.asked, _id(story), 0, "not answered yet"))
    return found


def _resolutions(stories: Iterable[Story], span: Span) -> list[TicketSample]:
    found = []
    for story in stories:
        if not story.solves:
            continue
        at = story.solves[-1].at
        left = _open_at_end(story)
        seconds = 0 if left else span(story.asked or story.matter.created_at, at)
        found.append(TicketSample(at, _id(story), seconds, left))
    return found


def _open_at_end(story: Story) -> str:
    if story.solved is None:
        return "open again"
    return "" if story.touches else "solved without a reply"


def _touches(stories: Iterable[Story]) -> list[TicketSample]:
    return [
        TicketSample(story.solves[-1].at, _id(story), float(story.touches == 1), _open_at_end(story))
        for story in stories
        if story.solves
    ]


def _reopenings(stories: Iterable[Story]) -> list[TicketSample]:
    return [
        TicketSample(solve.at, _id(story), float(solve.came_back), "thank-yous" if solve.thanked else "")
        for story in stories
        for solve in story.solves
    ]


def _within(samples: Iterable[TicketSample]) -> Callable[[Period], list[TicketSample]]:
    kept = sorted(samples)
    return lambda period: kept[bisect_left(kept, (period.start,)) : bisect_left(kept, (period.end,))]


def _left_out(samples: Iterable[TicketSample]) -> tuple[tuple[str, int], ...]:
    return tuple(Counter(sample.left for sample in samples if sample.left).most_common())


def _number(samples: Iterable[TicketSample], *, each: bool = False) -> Callable[[Period], Count]:
    """How many tickets, or with `each` how many samples, happened."""
    within = _within(samples)

    def count(period: Period) -> Count:
        found = within(period)
        counted = [sample.ticket_id for sample in found if not sample.left]
        tickets = tuple(dict.fromkeys(counted))
        number = len(counted) if each else len(tickets)
        return Count(number, number, tickets, left_out=_left_out(found))

    return count


def _median(samples: Iterable[TicketSample]) -> Callable[[Period], Count]:
    within = _within(samples)

    def count(period: Period) -> Count:
        found = within(period)
        counted = sorted((sample.value, sample.ticket_id) for sample in found if not sample.left)
        values = [value for value, _ in counted]
        tickets = tuple(ticket for _, ticket in reversed(counted))  # the longest first: it is asked about
        return Count(median(values), len(values), tickets, p90(values), _left_out(found))

    return count


def _share(samples: Iterable[TicketSample]) -> Callable[[Period], Count]:
    """The share of tickets whose sample is 1; a ticket counts once, as 1 if any of its samples is."""
    within = _within(samples)

    def count(period: Period) -> Count:
        found = within(period)
        of: dict[int, float] = {}
        for sample in found:
            if not sample.left or sample.left == "thank-yous":
                of[sample.ticket_id] = max(sample.value, of.get(sample.ticket_id, 0))
        value = sum(of.values()) / len(of) if of else None
        tickets = tuple(sorted(of, key=lambda ticket: -of[ticket]))
        return Count(value, len(of), tickets, left_out=_left_out(found))

    return count


def _level(stories: Sequence[Story]) -> Callable[[Period], Count]:
    standing = _by_end(
        (stretch, status) for story in stories for status, stretch in story.standing if status in _UNDONE
    )

    def count(period: Period) -> Count:
        there: dict[Status, list[int]] = defaultdict(list)
        for stretch, status in standing(period.end):
            there[status].append(stretch.ticket_id)
        tickets = tuple(sorted(there[Status.OPEN]))
        left = tuple((str(one), len(there[one])) for one in (Status.WAITING, Status.HOLD) if there[one])
        return Count(len(tickets), len(tickets), tickets, left_out=left)

    return count


def _asleep(stories: Sequence[Story], snoozed: Sequence[TimeSpan]) -> Callable[[Period], Count]:
    ours = {_id(story) for story in stories}
    naps = _by_end((nap, Status.OPEN) for nap in snoozed if nap.ticket_id in ours)

    def count(period: Period) -> Count:
        tickets = tuple(sorted({nap.ticket_id for nap, _ in naps(period.end)}))
        return Count(len(tickets), len(tickets), tickets)

    return count


def _longest(stories: Sequence[Story], span: Span) -> Callable[[Period], Count]:
    waits = _by_end((stretch, Status.OPEN) for story in stories for stretch in story.unanswered)

    def count(period: Period) -> Count:
        there = sorted(stretch for stretch, _ in waits(period.end))
        value = float(span(there[0].start, period.end)) if there else None
        return Count(value, len(there), tuple(stretch.ticket_id for stretch in there))

    return count


def _by_end(
    stretches: Iterable[tuple[TimeSpan, Status]],
) -> Callable[[int], Iterator[tuple[TimeSpan, Status]]]:
    """What held at a moment: of stretches sorted by their end, few end after it."""
    kept = sorted(stretches, key=lambda pair: pair[0].end)
    ends = [stretch.end for stretch, _ in kept]
    return lambda at: ((one, status) for one, status in kept[bisect_left(ends, at) :] if one.start < at)


def median(ordered: Sequence[float]) -> float | None:
    """The middle of sorted values; between the two middle ones where they are even in number."""
    if not ordered:
        return None
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2


def p90(ordered: Sequence[float]) -> float | None:
    """The value nine in ten stay within (nearest rank), None below twenty."""
    return ordered[math.ceil(0.9 * len(ordered)) - 1] if len(ordered) >= _FEWEST_FOR_P90 else None
