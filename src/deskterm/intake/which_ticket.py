"""Which tickets a mail belongs to.

Message-IDs connect a mail to tickets, but it enters one only by the stranger rule: its author must be named
in the From, To or Cc of the mail it answers, or it must name a mail of ours in In-Reply-To. A bounce goes
to the ticket of the mail it is about. Nothing here depends on the order in which mails come, and
`find_joining` runs again for each ticket that names more people than before: so the same mails end in the
same tickets however they arrive.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from deskterm.domain.messages import Direction
from deskterm.domain.ticket_work.subjects import is_answer, without_number
from deskterm.intake.values import ClassifiedMail
from deskterm.storage.mail import strangers, threads
from deskterm.storage.mail.threads import Near, Speaker, SubjectMatch, Tie
from deskterm.storage.schema.database import Tx

SUBJECT_JOINS_WITHIN = 14 * 86400
ANSWER_JOINS_WITHIN = 30 * 86400
_MOST_TIES = 100


class _Side(NamedTuple):
    """One of two mails that name the same Message-ID: its author, the people of its ticket, and how."""

    speaker: Speaker
    people: frozenset[str]
    tie: Tie

    @property
    def is_own(self) -> bool:
        """Whether the Message-ID is this mail's own."""
        return self.tie is Tie.BEARS

    def enters(self, other: "_Side") -> bool:
        """Whether this mail may enter the other one's ticket."""
        answers_us = self.tie is Tie.ANSWERS and other.is_own and self.speaker.asks and other.speaker.ours
        return self.speaker.report or answers_us or bool(self.speaker.authors & other.people)


def by_ids(tx: Tx, mail: ClassifiedMail, customer: int, ties: Sequence[Near]) -> tuple[list[int], list[int]]:
    """By Message-ID, the tickets a mail belongs to, and those the stranger rule keeps it out of."""
    incoming = mail.human and mail.direction is Direction.IN
    me = Speaker(
        mail.report,
        mail.authors,
        mail.people,
        ours=mail.human and not incoming,
        asks=incoming and not strangers.is_apart(tx, customer),
    )
    inside = {tie.ticket: None for tie in ties if tie.customer == customer}
    outside: dict[int, None] = {}
    for tie in _foremost(ties):
        if tie.ticket in inside:
            continue
        here = _Side(me, mail.people, mail.tie(tie.key))
        there = _Side(threads.speaker(tx, tie.message), threads.people(tx, tie.ticket), tie.tie)
        if _shares_ticket(here, there):
            inside[tie.ticket] = None
        else:
            outside[tie.ticket] = None
    return list(inside), [ticket for ticket in outside if ticket not in inside]


def subjects_of(mail: ClassifiedMail) -> tuple[str, ...]:
    """The subjects to look a mail up by: its base subject, with and without another desk's ticket number."""
    bare = without_number(mail.subject) if mail.base_subject else ""
    return tuple(one for one in (mail.base_subject, bare) if one)


def by_subject(mail: ClassifiedMail, others: Iterable[SubjectMatch]) -> list[int]:
    """The tickets a mail continues by its subject alone. `others` are its customer's mails of that subject.

    The later of two such mails must name no mail that it answers. They are at most 14 days apart, or 30 if
    the later one's subject has a mark like "Re:".
    """
    me = SubjectMatch(0, mail.at, mail.answers, mail.subject)
    return [one.ticket for one in others if _continues(*sorted((one, me), key=lambda side: side.at))]


def _continues(earlier: SubjectMatch, later: SubjectMatch) -> bool:
    """Whether the later of two mails by one customer with one subject continues the earlier."""
    apart = later.at - earlier.at
    if later.answers and (apart or earlier.answers):
        return False
    return apart <= SUBJECT_JOINS_WITHIN or (apart <= ANSWER_JOINS_WITHIN and is_answer(later.subject))


def find_joining(tx: Tx, ticket: int) -> tuple[list[int], list[int]]:
    """The tickets to join with a ticket as it is now, and those the stranger rule keeps apart from it."""
    here = threads.people(tx, ticket)
    inside: dict[int, None] = {}
    outside: dict[int, None] = {}
    for mine, other in threads.beyond(tx, ticket, _MOST_TIES):
        side = _Side(threads.speaker(tx, mine.message), here, mine.tie)
        there = _Side(threads.speaker(tx, other.message), threads.people(tx, other.ticket), other.tie)
        same = mine.customer is not None and mine.customer == other.customer
        if same or _shares_ticket(side, there):
            inside[other.ticket] = None
        else:
            outside[other.ticket] = None
    return list(inside), [one for one in outside if one not in inside]


def _foremost(ties: Iterable[Near]) -> list[Near]:
    """The first 100 of those that share an id. A broken mailer may give all its mails the same one."""
    return sorted(ties, key=lambda tie: not tie.own)[:_MOST_TIES]


def _shares_ticket(here: _Side, there: _Side) -> bool:
    """Whether two mails that name the same Message-ID belong in one ticket."""
    i_enter, you_enter = here.enters(there), there.enters(here)
    if here.is_own == there.is_own:  # neither answers the other: both answer a third, or both have this id
        return i_enter and you_enter
    return you_enter if here.is_own else i_enter
