"""Building the story of each ticket from its messages and events; all figures are counted from stories."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import field
from itertools import zip_longest
from typing import NamedTuple

from deskterm.domain.figures.ticket_logs import (
    FOREVER,
    Change,
    Label,
    Logged,
    Mark,
    Matter,
    Post,
    Sibling,
    SnoozeChange,
    StatusChange,
    TicketLogs,
    TimeSpan,
)
from deskterm.domain.tickets import Status
from deskterm.value_class import dataclass


class Solve(NamedTuple):
    """One solving: when, and whether the customer had to come back after it (a thank-you does not count)."""

    at: int
    came_back: bool
    thanked: bool


@dataclass(slots=True)
class Story:
    """One ticket's life. `asked` is the customer's first message, `answered` our first reply to it.

    `touches` counts our replies since `asked`: a mail that opened the ticket is none, nor is
    an answer to a thank-you that came after another reply.
    `solved` is the last solve, None while the ticket is not solved. `siblings` are the
    customer's other tickets, `asked_for` the snoozes that the customer wished.
    """

    matter: Matter
    asked: int | None = None
    answered: int | None = None
    touches: int = 0
    solves: list[Solve] = field(default_factory=list)
    solved: int | None = None
    unanswered: list[TimeSpan] = field(default_factory=list)
    replies: list[TimeSpan] = field(default_factory=list)  # from a question to the reply that answers it
    posts: list[Post] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    categories: list[Label] = field(default_factory=list)
    priorities: list[Label] = field(default_factory=list)
    siblings: tuple[Sibling, ...] = ()
    snoozes: list[TimeSpan] = field(default_factory=list)
    asked_for: list[TimeSpan] = field(default_factory=list)
    standing: list[tuple[Status, TimeSpan]] = field(default_factory=list)


def build_stories(logs: TicketLogs) -> list[Story]:
    """The story of each ticket."""
    posts, status_changes = _by_ticket(logs.posts), _by_ticket(in_force(logs.status_changes))
    snooze_changes, marks = _by_ticket(snooze_spans(logs.snooze_changes)), _by_ticket(in_force(logs.marks))
    wishes = _by_ticket(snooze_spans(logs.snooze_changes, asked=True))
    categories, priorities = _by_ticket(in_force(logs.categories)), _by_ticket(in_force(logs.priorities))
    stories = []
    for matter in logs.matters:
        one = matter.ticket_id
        story = _story(matter, sorted(posts[one]), sorted(status_changes[one], key=_when))
        story.snoozes, story.asked_for, story.marks = snooze_changes[one], wishes[one], sorted(marks[one])
        story.categories = sorted(categories[one], key=_when)
        story.priorities = sorted(
            (_from_its_mail(label, story.posts) for label in priorities[one]), key=_when
        )
        story.siblings = logs.siblings.get(one, ())
        stories.append(story)
    return stories


def _by_ticket(logged: Iterable[Logged]) -> dict[int, list[Logged]]:
    found: dict[int, list[Logged]] = defaultdict(list)
    for one in logged:
        found[one.ticket_id].append(one)
    return found


def _from_its_mail(label: Label, posts: Sequence[Post]) -> Label:
    """A rule runs minutes after the mail has arrived: what it says holds from the mail on.

    Its event bears the mail's time; those of older versions bear that of the run.
    """
    if not label.by_mail:
        return label
    mails = (post.at for post in posts if not post.ours and post.at <= label.at)
    return label._replace(at=max(mails, default=label.at))


def snooze_spans(snooze_changes: Iterable[SnoozeChange], *, asked: bool = False) -> list[TimeSpan]:
    """The times in which tickets were snoozed: each to its end, or to the next change before that.

    With `asked` those alone that the customer wished.
    """
    ordered = sorted(
        in_force(snooze_changes), key=lambda change: (change.ticket_id, change.at, change.action)
    )
    found: list[TimeSpan] = []
    for change, following in zip_longest(ordered, ordered[1:]):
        if change.until is not None and (change.asked or not asked):
            next_at = following.at if following and following.ticket_id == change.ticket_id else FOREVER
            found.append(TimeSpan(change.at, min(change.until, next_at), change.ticket_id))
    return found


def in_force(changes: Iterable[Change]) -> list[Change]:
    """The changes that were not undone; what an undo and its redo wrote is left out."""
    listed = list(changes)
    undone: set[int] = set()
    for action, undoes in sorted(
        {(change.action, change.undoes) for change in listed if change.undoes}, reverse=True
    ):
        if action not in undone:
            undone.add(undoes)
    return [change for change in listed if not change.undoes and change.action not in undone]


def _when(one: StatusChange | Label) -> tuple[int, int]:
    return one.at, one.action


def _story(matter: Matter, posts: list[Post], status_changes: list[StatusChange]) -> Story:
    story = Story(matter, posts=posts)
    story.asked = next((post.at for post in posts if not post.ours), None)
    if story.asked is not None:
        replies = [post for post in posts if post.ours and post.at >= story.asked]
        story.touches = sum(not post.thanks for post in replies) or min(1, len(replies))
        story.answered = replies[0].at if replies else None
    _add_solves(story, posts, status_changes)
    _add_waits(story, posts)
    _add_states(story, status_changes)
    return story


def _add_solves(story: Story, posts: list[Post], status_changes: list[StatusChange]) -> None:
    for place, change in enumerate(status_changes):
        if change.now is not Status.SOLVED:
            continue
        later = status_changes[place + 1 :]
        left = next((one for one in later if one.was is Status.SOLVED and one.now is not Status.SPAM), None)
        again = next(
            (one.at for one in later if left and one.at >= left.at and one.now is Status.SOLVED), None
        )
        thanked = left is not None and again is not None and not _reply_times(posts, left.at, again)
        story.solves.append(Solve(change.at, came_back=left is not None and not thanked, thanked=thanked))
    if status_changes and status_changes[-1].now is Status.SOLVED:
        story.solved = status_changes[-1].at


def _reply_times(posts: list[Post], start: int, end: int) -> bool:
    return any(post.ours and not post.thanks and start <= post.at <= end for post in posts)


def _add_waits(story: Story, posts: list[Post]) -> None:
    """Add the story's waits: each ends with our reply, or with a solve without one."""
    since: int | None = None
    ends = [(post.at, 1, post.ours) for post in posts] + [(solve.at, 2, True) for solve in story.solves]
    for at, kind, answered in sorted(ends):
        if since is None and not answered:
            since = at
        elif since is not None and answered:
            wait = TimeSpan(since, at, story.matter.ticket_id)
            story.unanswered.append(wait)
            if kind == 1:
                story.replies.append(wait)
            since = None
    if since is not None and story.matter.status is not Status.SOLVED:
        story.unanswered.append(TimeSpan(since, FOREVER, story.matter.ticket_id))


def _add_states(story: Story, status_changes: list[StatusChange]) -> None:
    matter, since = story.matter, story.matter.created_at
    status = status_changes[0].was if status_changes else matter.status
    for change in status_changes:
        story.standing.append((status, TimeSpan(since, change.at, matter.ticket_id)))
        status, since = change.now, change.at
    story.standing.append((status, TimeSpan(since, FOREVER, matter.ticket_id)))
