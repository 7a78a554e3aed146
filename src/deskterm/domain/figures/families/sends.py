"""Figures of sending: what the review stopped, and which answers took two keys."""

from collections.abc import Callable, Iterator

from deskterm.domain.figures.first_offer import FirstOffer
from deskterm.domain.figures.measure import Family, Frame, Measure, Unit
from deskterm.domain.figures.samples import TicketSample, number_of_times, share_of_times
from deskterm.domain.figures.stories import Story
from deskterm.domain.figures.ticket_logs import (
    MarkKind,
    Origin,
)


def _sample_stopped(story: Story, _frame: Frame) -> Iterator[TicketSample]:
    for mark in story.marks:
        if mark.kind is MarkKind.STOPPED:
            yield TicketSample(mark.at, mark.ticket_id, 1)


def _two_keys(story: Story, _frame: Frame) -> Iterator[TicketSample]:
    for mark in story.marks:
        if mark.kind is MarkKind.QUEUED:
            yield TicketSample(mark.at, mark.ticket_id, float(mark.value == Origin.TWO_KEYS))


def _offers(story: Story, _frame: Frame) -> Iterator[TicketSample]:
    """Each reply to a mail that macros were offered for, and whether it came from one of them."""
    for mark in story.marks:
        if mark.kind is MarkKind.OFFERED:
            yield TicketSample(mark.at, mark.ticket_id, mark.value, label=mark.label)


def _first(outcome: FirstOffer) -> Callable[[Story, Frame], Iterator[TicketSample]]:
    """Whether the macro of key 1 came to that, of each reply to a mail that it was offered for."""

    def sample(story: Story, _frame: Frame) -> Iterator[TicketSample]:
        for mark in story.marks:
            if mark.kind is MarkKind.FIRST_OFFER:
                yield TicketSample(mark.at, mark.ticket_id, float(mark.value == outcome))

    return sample


def _key_one_right(story: Story, _frame: Frame) -> Iterator[TicketSample]:
    for mark in story.marks:
        if mark.kind is MarkKind.FIRST_OFFER and mark.label:
            yield TicketSample(mark.at, mark.ticket_id, float(mark.value != FirstOffer.REFUSED))


_NOT_OFFERED = "No reply went to a mail with suggestions."
MEASURES = (
    Measure(
        "stopped", "Stopped sends",
        "Replies that the review stopped: a value missing, another customer's order, a claim not ticked, "
        "a new mail meanwhile.",
        Family.SENDS, Unit.COUNT, 0, _sample_stopped, number_of_times, total=True,
    ),
    Measure(
        "two keys", "Sent in two keys",
        "Of the replies written here, those that cost two keys: a suggestion taken as it stands, and y.",
        Family.SENDS, Unit.SHARE, 1, _two_keys, share_of_times,
    ),
    Measure(
        "suggestions taken", "Suggestions taken",
        "Of the replies to mails that a macro was offered for, those made from an offered macro, edited or "
        "not.",
        Family.SENDS, Unit.SHARE, 1, _offers, share_of_times,
        asks=_NOT_OFFERED,
    ),
    Measure(
        "first taken", "Key 1 taken",
        "Of the replies to mails that a macro was offered for, those made from the first as it stands.",
        Family.SENDS, Unit.SHARE, 1, _first(FirstOffer.TAKEN), share_of_times, asks=_NOT_OFFERED,
    ),
    Measure(
        "first edited", "Key 1 edited",
        "Of the replies to mails that a macro was offered for, those made from the first and changed.",
        Family.SENDS, Unit.SHARE, 0, _first(FirstOffer.EDITED), share_of_times, asks=_NOT_OFFERED,
    ),
    Measure(
        "first refused", "Key 1 refused",
        "Of the replies to mails that a macro was offered for, those made otherwise than from the first.",
        Family.SENDS, Unit.SHARE, -1, _first(FirstOffer.REFUSED), share_of_times, asks=_NOT_OFFERED,
    ),
    Measure(
        "first right", "Key 1 right where marked",
        "Of the replies to mails for which the first macro was marked ✓, those made from it, edited or not.",
        Family.SENDS, Unit.SHARE, 1, _key_one_right, share_of_times,
        asks="No first macro was marked ✓.",
    ),
)  # fmt: skip
