"""Figures of volume: what came, what was done, what is open, and for how long."""

from collections.abc import Iterator

from deskterm.domain.figures.measure import Family, Frame, Measure, Unit
from deskterm.domain.figures.samples import (
    TicketSample,
    mean_of,
    median_age_at_end,
    number_of_tickets,
    oldest_at_end,
    states_at_end,
)
from deskterm.domain.figures.stories import Story
from deskterm.domain.tickets import Status, View

_UNDONE = frozenset({Status.OPEN, Status.WAITING, Status.HOLD})


def counts(story: Story) -> bool:
    """Whether a ticket counts: it is a customer's and not spam."""
    return story.matter.view is View.CUSTOMERS and story.matter.status is not Status.SPAM


def _sample_created(story: Story, _frame: Frame) -> Iterator[TicketSample]:
    matter = story.matter
    why = "" if counts(story) else "spam" if matter.status is Status.SPAM else str(matter.view)
    yield TicketSample(matter.created_at, matter.ticket_id, 1, why)


def _sample_solved(story: Story, _frame: Frame) -> Iterator[TicketSample]:
    if counts(story):
        for solve in story.solves:
            yield TicketSample(solve.at, story.matter.ticket_id, 1)


def _backlog(story: Story, _frame: Frame) -> Iterator[TicketSample]:
    if counts(story):
        for status, stretch in story.standing:
            if status in _UNDONE:
                beside = "" if status is Status.OPEN else str(status)
                yield TicketSample(stretch.start, stretch.ticket_id, 1, beside, until=stretch.end)


def _sample_snoozed(story: Story, _frame: Frame) -> Iterator[TicketSample]:
    if counts(story):
        for nap in story.snoozes:
            yield TicketSample(nap.start, nap.ticket_id, 1, until=nap.end)


def _sample_unanswered(story: Story, _frame: Frame) -> Iterator[TicketSample]:
    if counts(story):
        for wait in story.unanswered:
            yield TicketSample(wait.start, wait.ticket_id, 1, until=wait.end)


def _messages(story: Story, _frame: Frame) -> Iterator[TicketSample]:
    if counts(story) and story.solves:
        why = "" if story.solved is not None else "open again"
        yield TicketSample(story.solves[-1].at, story.matter.ticket_id, len(story.posts), why)


MEASURES = (
    Measure(
        "created", "New tickets",
        "Tickets whose first message arrived in the period; spam and mail not from customers left out.",
        Family.VOLUME, Unit.TICKETS, 0, _sample_created, number_of_tickets,
    ),
    Measure(
        "solved", "Solved",
        "Tickets solved in the period, each once; a snooze solves none.",
        Family.VOLUME, Unit.TICKETS, 1, _sample_solved, number_of_tickets,
    ),
    Measure(
        "backlog", "Open at the end",
        "Tickets with status open when the period ends, those that are snoozed among them; waiting and "
        "on hold are counted beside, snoozed or not.",
        Family.VOLUME, Unit.TICKETS, -1, _backlog, states_at_end, state=True,
    ),
    Measure(
        "snoozed", "Snoozed at the end",
        "Tickets that were out of sight when the period ended, whatever their status. None of them was done.",
        Family.VOLUME, Unit.TICKETS, 0, _sample_snoozed, states_at_end, state=True,
    ),
    Measure(
        "unanswered", "Longest unanswered",
        "How long the customer who has waited longest for us had waited when the period ended; "
        "the tickets are all that were unanswered then.",
        Family.VOLUME, Unit.SECONDS, -1, _sample_unanswered, oldest_at_end, state=True, total=True,
    ),
    Measure(
        "unanswered median", "Unanswered, median",
        "How long the customers had waited for us who were unanswered when the period ended: half of them "
        "shorter, half of them longer.",
        Family.VOLUME, Unit.SECONDS, -1, _sample_unanswered, median_age_at_end, state=True,
    ),
    Measure(
        "messages", "Messages per ticket",
        "Mails between the customer and us, of each ticket solved for the last time in the period; the mean. "
        "Notes, automatic mail and mail to third parties are none.",
        Family.VOLUME, Unit.COUNT, -1, _messages, mean_of,
    ),
)  # fmt: skip
