"""When a reviewed reply is sent: the picker of the review's `later`."""

from dataclasses import replace
from typing import Any

from deskterm.actions import time_options
from deskterm.desk.reply.sending import When
from deskterm.domain.business_hours import read_week
from deskterm.domain.moments import TRIES, send_times
from deskterm.domain.review.replies import Level, Review
from deskterm.screens.base.ask import Ask
from deskterm.screens.base.choose import Choose
from deskterm.screens.base.screen import DeskScreen
from deskterm.value_class import dataclass
from deskterm.widgets.picker import Option

_DRAFT, _TOGGLE = "draft", "toggle"
_TITLES = {True: "Send later, only if the customer has not answered", False: "Send later, answered or not"}
_TOGGLES = {True: "send it even if the customer has answered", False: "only if the customer has not answered"}


@dataclass(frozen=True, slots=True)
class KeepDraft:
    """Send nothing; keep the draft."""


async def pick(screen: DeskScreen[Any], review: Review) -> When | KeepDraft | None:
    """Ask when to send it; None if the owner leaves. A red reply can only be kept.

    By default it goes only if the customer has not written by then: what was reviewed may not be true after
    that.
    """
    unless_answered = True
    while True:
        value = await screen.app.push_screen_wait(_picker(screen, review, unless_answered=unless_answered))
        if value == _TOGGLE:
            unless_answered = not unless_answered
        elif value == _DRAFT:
            return KeepDraft()
        else:
            return When(int(value), unless_answered) if value else None


def judge(screen: DeskScreen[Any], review: Review, when: When) -> Review:
    """The review for the time of sending, when the letter must still be true. NotFound without a draft."""
    work, ticket = screen.work, review.draft.ticket_id
    then = work.desk.replies.review(ticket, work.now(), when.at)
    return replace(review, concerns=then.concerns)


async def confirm_amber(screen: DeskScreen[Any], review: Review) -> bool:
    """Whether to schedule an amber reply after all. A green one needs no second key."""
    if review.level is Level.GREEN:
        return True
    words = " ".join(one.words for one in review.concerns if one.level is Level.AMBER)
    asks = Ask(screen.work, "Send it later anyway?", words, key="Y", does="send it later")
    sure = await screen.app.push_screen_wait(asks)
    return sure is True


def _picker(screen: DeskScreen[Any], review: Review, *, unless_answered: bool) -> Choose:
    work = screen.work
    keep = Option(_DRAFT, "keep it as a draft", "d", "nothing is sent")
    if review.level is Level.RED:
        return Choose(work, "This cannot be sent yet", [keep])
    week = read_week(work.settings.shop.hours)
    found = time_options.options(work, send_times(work.formats.local(work.now()), week))
    toggle = Option(_TOGGLE, _TOGGLES[unless_answered], "u")
    return Choose(
        work,
        _TITLES[unless_answered],
        [*found, toggle, keep],
        free=lambda words: time_options.parse_typed_time(work, words),
        tries=TRIES,
    )
