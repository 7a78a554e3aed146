"""Time spans of a story: when a ticket had a status, and subtracting spans."""

from collections.abc import Collection, Iterable

from deskterm.domain.figures.stories import Story
from deskterm.domain.figures.ticket_logs import (
    TimeSpan,
)
from deskterm.domain.tickets import Status


def times_in(story: Story, statuses: Collection[Status], start: int, end: int) -> list[tuple[int, int]]:
    """The times between two moments (UTC seconds) in which a ticket stood in one of these statuses."""
    found = [
        (max(one.start, start), min(one.end, end)) for status, one in story.standing if status in statuses
    ]
    return [(begin, stop) for begin, stop in found if begin < stop]


def without(times: Iterable[tuple[int, int]], gone: Iterable[TimeSpan]) -> list[tuple[int, int]]:
    """The time spans without those in `gone`."""
    left = list(times)
    for span in gone:
        parts = [((start, min(stop, span.start)), (max(start, span.end), stop)) for start, stop in left]
        left = [(start, stop) for pair in parts for start, stop in pair if start < stop]
    return left
