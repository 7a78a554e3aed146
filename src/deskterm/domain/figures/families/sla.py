"""Figures of targets: whether answers and solves were in time."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from deskterm.domain.figures.families.volume import counts
from deskterm.domain.figures.measure import Family, Frame, Measure, Needs, Unit
from deskterm.domain.figures.samples import TicketSample, share_of_times
from deskterm.domain.figures.sla_targets import SlaTarget, find_target
from deskterm.domain.figures.spans import times_in, without
from deskterm.domain.figures.stories import Story
from deskterm.domain.figures.ticket_logs import (
    FOREVER,
)
from deskterm.domain.tickets import Status

_ASKS = "No target is set (targets in config.toml)."


def category_at(story: Story, at: int) -> str:
    """A ticket's category at a moment; the first it was given after it, where it had none before."""
    before = [one.now for one in story.categories if one.at <= at]
    return before[-1] if before else story.categories[0].now if story.categories else story.matter.category


def priority_at(story: Story, at: int) -> str:
    """A ticket's priority at a moment: normal until somebody says otherwise."""
    return next((one.now for one in reversed(story.priorities) if one.at <= at), "normal")


def target_for(story: Story, at: int, frame: Frame, *, solve: bool = False) -> SlaTarget | None:
    """The target that was in force for a ticket's message that arrived at `at`."""
    priority, category = priority_at(story, at), category_at(story, at)
    return find_target(frame.targets, at, priority, category, story.matter.channel, solve=solve)


def _sample_answered(story: Story, frame: Frame) -> Iterator[TicketSample]:
    """Each message that was answered, at its answer; what was not answered yet is named."""
    if not counts(story) or not frame.targets:
        return
    answered = set(story.replies)
    for wait in story.unanswered:
        target = target_for(story, wait.start, frame)
        if target is None:
            continue
        if wait in answered:
            kept = float(frame.business(wait.start, wait.end) <= target.reply)
            yield TicketSample(wait.end, wait.ticket_id, kept)
        elif wait.end == FOREVER:
            yield TicketSample(wait.start, wait.ticket_id, 0, "not answered yet")
        else:
            yield TicketSample(wait.end, wait.ticket_id, 0, "solved without a reply")


def _sample_solved(story: Story, frame: Frame) -> Iterator[TicketSample]:
    if not counts(story) or not story.solves or story.asked is None:
        return
    target = target_for(story, story.asked, frame, solve=True)
    if target is None:
        return
    end = story.solves[-1].at
    left = "open again" if story.solved is None else ""
    spent = sum(frame.business(*one) for one in without(_running(story, story.asked, end), story.asked_for))
    yield TicketSample(end, story.matter.ticket_id, float(spent <= target.solve), left)


def _running(story: Story, start: int, end: int) -> list[tuple[int, int]]:
    """The times in which the clock of a solve target runs: it stops while the customer is to answer."""
    return times_in(story, (Status.OPEN, Status.HOLD), start, end)


class DueReply(NamedTuple):
    """A customer who waits, and how many business seconds of the target are left; negative: it is missed."""

    ticket_id: int
    left: int


def replies_due(stories: Iterable[Story], frame: Frame, now: int, within: int) -> list[DueReply]:
    """The answers that are due before `within` (UTC seconds) or late already, the most urgent first."""
    found = []
    for story in stories:
        for wait in story.unanswered:
            target = target_for(story, wait.start, frame) if wait.end == FOREVER else None
            if target is not None and counts(story):
                left = target.reply - frame.business(wait.start, now)
                if left <= frame.business(now, within):
                    found.append(DueReply(wait.ticket_id, left))
    return sorted(found, key=lambda one: one.left)


MEASURES = (
    Measure(
        "answered in time", "Answered in time",
        "Of the replies of the period, those within the target that was in force when the oldest unanswered "
        "message arrived, in business hours.",
        Family.SLA, Unit.SHARE, 1, _sample_answered, share_of_times, asks=_ASKS, needs=Needs.TARGETS,
        idle="No answer had a target.",
    ),
    Measure(
        "solved in time", "Solved in time",
        "Of the tickets solved for the last time in the period, those within the target that was in force "
        "when "
        "the customer first wrote, in business hours; the clock stops while the customer is to answer, or "
        "wished us to wait.",
        Family.SLA, Unit.SHARE, 1, _sample_solved, share_of_times, asks=_ASKS, needs=Needs.TARGETS,
        idle="No solved ticket had a target.",
    ),
)  # fmt: skip
