"""Figures of quality: solved at once, solved for good, or reopened."""

from collections.abc import Iterator

from deskterm.domain.figures.families.resolution import why_not_resolved
from deskterm.domain.figures.families.volume import counts
from deskterm.domain.figures.measure import Family, Frame, Measure, Unit
from deskterm.domain.figures.samples import TicketSample, share_of_tickets
from deskterm.domain.figures.stories import Story
from deskterm.domain.figures.ticket_logs import (
    Sibling,
)

WEEK = 7 * 86400


def _one_touch(story: Story, _frame: Frame) -> Iterator[TicketSample]:
    if counts(story) and story.solves:
        touched = float(story.touches == 1)
        yield TicketSample(story.solves[-1].at, story.matter.ticket_id, touched, why_not_resolved(story))


def _first_contact(story: Story, _frame: Frame) -> Iterator[TicketSample]:
    if not counts(story) or not story.solves:
        return
    at = story.solves[-1].at
    back = any(solve.came_back for solve in story.solves)
    again = any(at < one.created_at <= at + WEEK and same_matter(story, one) for one in story.siblings)
    held = float(story.touches == 1 and not back and not again)
    yield TicketSample(at, story.matter.ticket_id, held, why_not_resolved(story), until=at + WEEK)


def _sample_reopened(story: Story, _frame: Frame) -> Iterator[TicketSample]:
    if counts(story):
        for solve in story.solves:
            label = "thank-yous" if solve.thanked else ""
            yield TicketSample(solve.at, story.matter.ticket_id, float(solve.came_back), label=label)


def _sample_repeated(story: Story, _frame: Frame) -> Iterator[TicketSample]:
    if counts(story):
        at = story.matter.created_at
        before = any(at - WEEK <= one.created_at < at and same_matter(story, one) for one in story.siblings)
        yield TicketSample(at, story.matter.ticket_id, float(before))


def same_matter(story: Story, other: Sibling) -> bool:
    """Whether two tickets of a customer are about the same order or of the same category."""
    matter = story.matter
    same_order = matter.order_id is not None and matter.order_id == other.order_id
    return same_order or bool(matter.category and matter.category == other.category)


MEASURES = (
    Measure(
        "one-touch", "One-touch",
        "Of the tickets solved for the last time in the period, those with exactly one reply of ours. "
        "A later thank-you does not change it, nor its answer from a macro of the category thanks.",
        Family.QUALITY, Unit.SHARE, 1, _one_touch, share_of_tickets,
    ),
    Measure(
        "first contact", "First contact resolution",
        "Of the tickets solved for the last time in the period: one reply, not reopened, and no new ticket "
        "of "
        "the same customer about the same order or category within 7 days. Younger solves cannot tell yet.",
        Family.QUALITY, Unit.SHARE, 1, _first_contact, share_of_tickets,
    ),
    Measure(
        "reopened", "Reopened",
        "Of the tickets solved in the period, those the customer came back to up to now. "
        "One solved again without a reply, or with a macro of the category thanks, was a thank-you.",
        Family.QUALITY, Unit.SHARE, -1, _sample_reopened, share_of_tickets,
    ),
    Measure(
        "repeat", "Repeat contact",
        "Of the new tickets of the period, those whose customer had opened another about the same order or "
        "category in the 7 days before.",
        Family.QUALITY, Unit.SHARE, -1, _sample_repeated, share_of_tickets,
    ),
)  # fmt: skip
