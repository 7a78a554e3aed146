"""Figures of resolution: how long matters take, and who waits for whom meanwhile."""

from collections.abc import Iterator

from deskterm.domain.figures.families.volume import counts
from deskterm.domain.figures.measure import Family, Frame, Measure, Sampler, Unit, time_sample
from deskterm.domain.figures.samples import TicketSample, median_of
from deskterm.domain.figures.spans import times_in, without
from deskterm.domain.figures.stories import Story
from deskterm.domain.tickets import Status

_NO_QUESTION = "opened by us, never answered"


def why_not_resolved(story: Story) -> str:
    """Why a ticket that was solved once has no resolution; empty where it has."""
    if story.solved is None:
        return "open again"
    if story.asked is None:
        return _NO_QUESTION
    return "" if story.touches else "solved without a reply"


def _sample_begin(story: Story) -> int:
    return story.matter.created_at if story.asked is None else story.asked


def _first(story: Story, frame: Frame) -> Iterator[TicketSample]:
    if not counts(story):
        return
    begin, ticket = _sample_begin(story), story.matter.ticket_id
    solves = [solve.at for solve in story.solves if solve.at >= begin]  # not before the customer asked
    if not solves:
        yield TicketSample(begin, ticket, 0, "not solved yet")
    elif story.asked is None:
        yield TicketSample(solves[0], ticket, 0, _NO_QUESTION)
    else:
        yield time_sample(story, solves[0], begin, solves[0], frame)


def _last(story: Story, frame: Frame) -> Iterator[TicketSample]:
    if not counts(story) or not story.solves:
        return
    solve, why = story.solves[-1].at, why_not_resolved(story)
    if why:
        yield TicketSample(solve, story.matter.ticket_id, 0, why)
    else:
        yield time_sample(story, solve, _sample_begin(story), solve, frame)


def _time_in(*statuses: Status, wished: bool = True) -> Sampler:
    """Samples of how long a ticket stood in such a status up to its last solve.

    With `wished` false without the snoozes that the customer asked for.
    """

    def sample(story: Story, frame: Frame) -> Iterator[TicketSample]:
        if not counts(story) or not story.solves:
            return
        end, ticket = story.solves[-1].at, story.matter.ticket_id
        if story.solved is None:
            yield TicketSample(end, ticket, 0, "open again")
            return
        spans = times_in(story, statuses, _sample_begin(story), end)
        if not wished:
            spans = without(spans, story.asked_for)
        if spans or Status.OPEN in statuses:
            calendar = sum(frame.calendar(start, stop) for start, stop in spans)
            business = sum(frame.business(start, stop) for start, stop in spans)
            yield TicketSample(end, ticket, calendar, business=business)

    return sample


MEASURES = (
    Measure(
        "first resolution", "First resolution time",
        "From the customer's first message to the first time the ticket was solved after it, in the week of "
        "that solve. What was never solved is named in the week of that message.",
        Family.RESOLUTION, Unit.SECONDS, -1, _first, median_of,
    ),
    Measure(
        "resolution", "Resolution time",
        "From the customer's first message to the last time the ticket was solved, reopenings included, "
        "in the week of that solve.",
        Family.RESOLUTION, Unit.SECONDS, -1, _last, median_of,
    ),
    Measure(
        "requester wait", "Customer waiting for us",
        "The time a ticket stood open or on hold up to its last solve, in the week of that solve. Waiting "
        "for "
        "the customer does not count, nor does a snooze that the customer wished; another stops nothing.",
        Family.RESOLUTION, Unit.SECONDS, -1, _time_in(Status.OPEN, Status.HOLD, wished=False), median_of,
    ),
    Measure(
        "customer wait", "Us waiting for the customer",
        "The time a ticket stood waiting up to its last solve, of the tickets that ever did.",
        Family.RESOLUTION, Unit.SECONDS, 0, _time_in(Status.WAITING), median_of,
    ),
    Measure(
        "hold", "On hold",
        "The time a ticket stood on hold (a carrier, a supplier) up to its last solve, of the tickets that "
        "ever did.",
        Family.RESOLUTION, Unit.SECONDS, -1, _time_in(Status.HOLD), median_of,
        asks="No ticket was put on hold.",
    ),
)  # fmt: skip
