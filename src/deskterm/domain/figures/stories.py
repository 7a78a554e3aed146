"""What happened to each ticket, told from its messages and events: what every figure is counted from."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import NamedTuple, TypeVar

from deskterm.domain.tickets import Status, View

FOREVER = 2**62
Change = TypeVar("Change", "Turn", "Nap")


class Matter(NamedTuple):
    """A ticket as it stands now. Times are UTC seconds."""

    ticket_id: int
    created_at: int
    category: str
    status: Status
    view: View
    snoozed: bool


class Post(NamedTuple):
    """A mail between a person and us, notes and machines' mail left out. `ours`: we wrote it.

    `thanks`: it only answered a thank-you (by a macro of that category).
    """

    ticket_id: int
    at: int
    ours: bool
    thanks: bool = False


class Turn(NamedTuple):
    """A change of status, with its place among the events so that undone ones can be told."""

    ticket_id: int
    at: int
    was: Status
    now: Status
    action: int
    undoes: int


class Nap(NamedTuple):
    """A change of a snooze: `until` when it lasts (UTC seconds), None where it ended before."""

    ticket_id: int
    at: int
    until: int | None
    action: int
    undoes: int


class TimeSpan(NamedTuple):
    """A time in which something held for a ticket, `end` exclusive."""

    start: int
    end: int
    ticket_id: int


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
    `solved` is the last solve, None while the ticket is not solved.
    """

    matter: Matter
    asked: int | None = None
    answered: int | None = None
    touches: int = 0
    solves: list[Solve] = field(default_factory=list)
    solved: int | None = None
    unanswered: list[TimeSpan] = field(default_factory=list)
    standing: list[tuple[Status, TimeSpan]] = field(default_factory=list)


def tell(matters: Iterable[Matter], posts: Iterable[Post], turns: Iterable[Turn]) -> list[Story]:
    """The story of each ticket. Posts and turns may come in any order."""
    said: dict[int, list[Post]] = defaultdict(list)
    turned: dict[int, list[Turn]] = defaultdict(list)
    for post in posts:
        said[post.ticket_id].append(post)
    for turn in in_force(turns):
        turned[turn.ticket_id].append(turn)
    return [
        _story(matter, sorted(said[matter.ticket_id]), sorted(turned[matter.ticket_id], key=_when))
        for matter in matters
    ]


def snooze_spans(naps: Iterable[Nap]) -> list[TimeSpan]:
    """The times in which tickets were snoozed: each to its end, or to the next change before that."""
    ordered = sorted(in_force(naps), key=lambda nap: (nap.ticket_id, nap.at, nap.action))
    found: list[TimeSpan] = []
    for nap, following in zip_longest(ordered, ordered[1:]):
        if nap.until is not None:
            next_at = following.at if following and following.ticket_id == nap.ticket_id else FOREVER
            found.append(TimeSpan(nap.at, min(nap.until, next_at), nap.ticket_id))
    return found


def in_force(turns: Iterable[Change]) -> list[Change]:
    """The changes that were not undone; what an undo and its redo wrote is left out."""
    listed = list(turns)
    undone: set[int] = set()
    for action, undoes in sorted(
        {(turn.action, turn.undoes) for turn in listed if turn.undoes}, reverse=True
    ):
        if action not in undone:
            undone.add(undoes)
    return [turn for turn in listed if not turn.undoes and turn.action not in undone]


def _when(turn: Turn) -> tuple[int, int]:
    return turn.at, turn.action


def _story(matter: Matter, posts: list[Post], turns: list[Turn]) -> Story:
    story = Story(matter)
    story.asked = next((post.at for post in posts if not post.ours), None)
    if story.asked is not None:
        replies = [post for post in posts if post.ours and post.at >= story.asked]
        story.touches = sum(not post.thanks for post in replies) or min(1, len(replies))
        story.answered = replies[0].at if replies else None
    _tell_solves(story, posts, turns)
    _tell_waits(story, posts)
    _tell_standing(story, turns)
    return story


def _tell_solves(story: Story, posts: list[Post], turns: list[Turn]) -> None:
    for place, turn in enumerate(turns):
        if turn.now is not Status.SOLVED:
            continue
        later = turns[place + 1 :]
        left = next((one for one in later if one.was is Status.SOLVED and one.now is not Status.SPAM), None)
        again = next(
            (one.at for one in later if left and one.at >= left.at and one.now is Status.SOLVED), None
        )
        thanked = left is not None and again is not None and not _reply_times(posts, left.at, again)
        story.solves.append(Solve(turn.at, came_back=left is not None and not thanked, thanked=thanked))
    if turns and turns[-1].now is Status.SOLVED:
        story.solved = turns[-1].at


def _reply_times(posts: list[Post], start: int, end: int) -> bool:
    return any(post.ours and not post.thanks and start <= post.at <= end for post in posts)


def _tell_waits(story: Story, posts: list[Post]) -> None:
    since: int | None = None
    ends = [(post.at, post.ours) for post in posts] + [(solve.at, True) for solve in story.solves]
    for at, answered in sorted(ends):
        if since is None and not answered:
            since = at
        elif since is not None and answered:
            story.unanswered.append(TimeSpan(since, at, story.matter.ticket_id))
            since = None
    if since is not None and story.matter.status is not Status.SOLVED:
        story.unanswered.append(TimeSpan(since, FOREVER, story.matter.ticket_id))


def _tell_standing(story: Story, turns: list[Turn]) -> None:
    matter, since = story.matter, story.matter.created_at
    status = turns[0].was if turns else matter.status
    for turn in turns:
        story.standing.append((status, TimeSpan(since, turn.at, matter.ticket_id)))
        status, since = turn.now, turn.at
    story.standing.append((status, TimeSpan(since, FOREVER, matter.ticket_id)))
