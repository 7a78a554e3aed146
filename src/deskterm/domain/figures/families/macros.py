"""What macros and SOPs are used for, and what came after."""

from collections.abc import Iterator

from deskterm.domain.figures.families.satisfaction import good_answers
from deskterm.domain.figures.families.volume import counts
from deskterm.domain.figures.measure import Family, Frame, Measure, Reads, Unit
from deskterm.domain.figures.records import SurveyAnswer
from deskterm.domain.figures.samples import TicketSample, median_of, number_of_times, share_of_times
from deskterm.domain.figures.stories import Story
from deskterm.domain.figures.ticket_logs import (
    Mark,
    MarkKind,
    Origin,
    Post,
)


def _uses(story: Story) -> Iterator[Post]:
    return (post for post in story.posts if post.ours and post.macro)


def _sample_used(story: Story, _frame: Frame) -> Iterator[TicketSample]:
    if counts(story):
        for post in _uses(story):
            yield TicketSample(post.at, post.ticket_id, 1, label=post.macro)


def _sample_edited(story: Story, _frame: Frame) -> Iterator[TicketSample]:
    for mark in story.marks:
        if mark.kind is MarkKind.QUEUED and mark.value not in (Origin.BY_HAND, Origin.UNKNOWN):
            yield TicketSample(mark.at, mark.ticket_id, float(mark.value == Origin.EDITED), label=mark.label)


def _sample_reopened(story: Story, _frame: Frame) -> Iterator[TicketSample]:
    """Of each use that a solve followed: whether the customer came back after that solve."""
    if counts(story):
        for post in _uses(story):
            solve = next((one for one in story.solves if one.at >= post.at), None)
            if solve is not None:
                yield TicketSample(post.at, post.ticket_id, float(solve.came_back), label=post.macro)


def _sample_taken(story: Story, _frame: Frame) -> Iterator[TicketSample]:
    """Of each reply for which a macro was offered, whether it was made from that macro."""
    for mark in story.marks:
        if mark.kind is MarkKind.SUGGESTED:
            yield TicketSample(mark.at, mark.ticket_id, mark.value, label=mark.label)


def _sample_csat(one: SurveyAnswer, frame: Frame) -> Iterator[TicketSample]:
    """A good answer or not, under each macro that the ticket's replies were made from before."""
    for sample in good_answers(one, frame) if one.macros else ():
        yield sample._replace(label="\n".join(one.macros))


def _runs(story: Story) -> dict[str, list[Mark]]:
    """The ticks of each SOP that was worked on, in order; those taken away again left out."""
    runs: dict[str, dict[str, Mark]] = {}
    for mark in story.marks:
        if mark.kind is MarkKind.STEP:
            sop, _, step = mark.label.partition("\n")
            steps = runs.setdefault(sop, {})
            steps.pop(step, None)
            if mark.value:
                steps[step] = mark
    return {sop: list(steps.values()) for sop, steps in runs.items() if steps}


def _sop_runs(story: Story, _frame: Frame) -> Iterator[TicketSample]:
    for sop, ticks in _runs(story).items():
        yield TicketSample(ticks[0].at, story.matter.ticket_id, 1, label=sop)


def _sop_time(story: Story, _frame: Frame) -> Iterator[TicketSample]:
    """The time in front of the ticket, for tickets on which the SOP was worked."""
    spent = sum(mark.value for mark in story.marks if mark.kind is MarkKind.HANDLED)
    if spent:
        for sop, ticks in _runs(story).items():
            yield TicketSample(ticks[0].at, story.matter.ticket_id, spent, label=sop)


def _sop_reopened(story: Story, _frame: Frame) -> Iterator[TicketSample]:
    for sop, ticks in _runs(story).items():
        solve = next((one for one in story.solves if one.at >= ticks[0].at), None)
        if solve is not None:
            yield TicketSample(ticks[0].at, story.matter.ticket_id, float(solve.came_back), label=sop)


def _steps(story: Story, _frame: Frame) -> Iterator[TicketSample]:
    for sop, ticks in _runs(story).items():
        for tick in ticks:
            step = tick.label.partition("\n")[2]
            yield TicketSample(ticks[0].at, story.matter.ticket_id, 1, label=f"{sop}\t{step}")


_NO_SOP = "No step of an SOP was ticked."
MEASURES = (
    Measure(
        "macro uses", "Replies from a macro",
        "Replies of the period that were made from a macro, edited or not.",
        Family.MACROS, Unit.COUNT, 0, _sample_used, number_of_times, total=True,
    ),
    Measure(
        "macro edits", "Edited before sending",
        "Of the replies written here from a macro, those whose text was changed before it went.",
        Family.MACROS, Unit.SHARE, -1, _sample_edited, share_of_times,
    ),
    Measure(
        "macro reopened", "Reopened after a macro",
        "Of the replies of the period from a macro that a solve followed, those whose customer came back "
        "after it.",
        Family.MACROS, Unit.SHARE, -1, _sample_reopened, share_of_times,
    ),
    Measure(
        "macro taken", "Suggested and taken",
        "Of the replies for which a macro was suggested, those made from just that macro, each suggestion "
        "counted by itself.",
        Family.MACROS, Unit.SHARE, 1, _sample_taken, share_of_times,
        asks="No reply went to a mail with suggestions.",
    ),
    Measure(
        "macro csat", "CSAT after a macro",
        "Of the answers of the period from 1 to 5 on tickets with replies from a macro: those of 4 and 5.",
        Family.MACROS, Unit.SHARE, 1, _sample_csat, share_of_times, Reads.SURVEYS,
        asks="No customer with a reply from a macro has answered a survey.",
    ),
    Measure(
        "sop runs", "SOPs worked on",
        "Tickets on which a step of an SOP was ticked, in the period of the first tick.",
        Family.MACROS, Unit.COUNT, 0, _sop_runs, number_of_times, asks=_NO_SOP, total=True,
    ),
    Measure(
        "sop time", "Handling with an SOP",
        "The active time in front of tickets on which an SOP was worked; the median.",
        Family.MACROS, Unit.SECONDS, -1, _sop_time, median_of, asks=_NO_SOP,
    ),
    Measure(
        "sop reopened", "Reopened after an SOP",
        "Of the tickets on which an SOP was worked and that were solved after, those whose customer came "
        "back.",
        Family.MACROS, Unit.SHARE, -1, _sop_reopened, share_of_times, asks=_NO_SOP,
    ),
    Measure(
        "sop steps", "Steps ticked",
        "Steps of SOPs that were ticked, of the tickets on which the SOP was begun in the period.",
        Family.MACROS, Unit.COUNT, 0, _steps, number_of_times, asks=_NO_SOP, total=True,
    ),
)  # fmt: skip
