"""Figures of replies: how long customers wait for an answer."""

from collections.abc import Iterator

from deskterm.domain.figures.families.volume import counts
from deskterm.domain.figures.measure import Family, Frame, Measure, Unit, time_sample
from deskterm.domain.figures.samples import TicketSample, median_of
from deskterm.domain.figures.stories import Story


def _first(story: Story, frame: Frame) -> Iterator[TicketSample]:
    if not counts(story) or story.asked is None:
        return
    if story.answered is not None:
        yield time_sample(story, story.answered, story.asked, story.answered, frame)
    else:
        why = "not answered yet" if story.solved is None else "solved without a reply"
        yield TicketSample(story.asked, story.matter.ticket_id, 0, why)


def _next(story: Story, frame: Frame) -> Iterator[TicketSample]:
    if counts(story):
        for wait in story.replies:
            if wait.end != story.answered:
                yield time_sample(story, wait.end, wait.start, wait.end, frame)


MEASURES = (
    Measure(
        "first reply", "First reply time",
        "From the arrival of the customer's first message to our first reply, in the week of the reply. "
        "A ticket we opened counts from the customer's first answer. Automatic replies and notes are none.",
        Family.REPLIES, Unit.SECONDS, -1, _first, median_of,
    ),
    Measure(
        "next reply", "Next reply time",
        "From the oldest message that was not answered to the reply that answers it, after the first reply "
        "of the ticket; each reply counts. A message that was solved without a reply has none.",
        Family.REPLIES, Unit.SECONDS, -1, _next, median_of,
    ),
)  # fmt: skip
