"""After a first sync: writing the events that old mail would have caused had deskterm been there.

Only a ticket's mails decide them, oldest first, so the order of arrival does not matter. A week of silence
after our reply means that the ticket was solved then, between two mails as well as at the end.
"""

from collections.abc import Iterator
from typing import NamedTuple

from deskterm.domain.events import By, What
from deskterm.domain.messages import Direction
from deskterm.domain.playbook import Playbook
from deskterm.domain.suggest import suggest
from deskterm.domain.tickets import Status, inferred_at_first_sync
from deskterm.intake import learning, settle
from deskterm.storage import events, tickets
from deskterm.storage.events import NewEvent
from deskterm.storage.mail import summaries
from deskterm.storage.mail.summaries import TicketMail
from deskterm.storage.schema.database import Tx

_AT_ONCE = 200


class _Step(NamedTuple):
    """An event to be written: when, what, the value before and the value after."""

    at: int
    what: What
    was: object
    now: object


def infer(tx: Tx, now: int, work_from: int | None = None, *, playbook: Playbook | None = None) -> int:
    """Write the history of up to 200 tickets; returns how many, 0 when none is left.

    Call it after all folders have been read for the first time, once per transaction, until it returns 0.
    Times are UTC seconds. A ticket whose last mail is from before `work_from` counts as solved.
    """
    listed = summaries.tickets_awaiting_history(tx, _AT_ONCE)
    mails_of = summaries.mails_of(tx, listed)
    awaiting = tickets.awaiting_history(tx, listed)
    tickets.refresh(tx, settle.set_first_sync_status(tx, awaiting, now, work_from))
    touched = set(listed) - awaiting
    steps: list[NewEvent] = []
    for ticket in listed:
        mails = mails_of.get(ticket, [])
        if mails:
            steps += _events(ticket, _steps(mails, now, work_from, touched=ticket in touched))
    events.add_all(tx, steps)
    if playbook is not None and playbook.macros:
        summaries.put_category(tx, _categories(tx, [one for one in listed if one not in touched], playbook))
    if playbook is not None:
        learning.teach(tx, listed, playbook)
    summaries.mark_history_written(tx, listed)
    return len(listed)


def _steps(mails: list[TicketMail], now: int, work_from: int | None, *, touched: bool) -> Iterator[_Step]:
    """What happened to a ticket. If the owner has touched it already, its status stays as they left it."""
    yield _Step(mails[0].at, What.CREATED, None, None)
    status: Status | None = None
    for place, mail in enumerate(mails):
        ours = mail.direction is Direction.OUT
        yield _Step(mail.at, What.REPLY if ours else What.MESSAGE_IN, None, mail.message)
        if mail.bounce and status is Status.WAITING and not touched:
            yield _Step(mail.at, What.STATUS, status, Status.OPEN)
            status = Status.OPEN
        if not mail.human:
            continue
        turned = Status.WAITING if ours else Status.OPEN
        if status not in (None, turned):
            yield _Step(mail.at, What.STATUS, status, turned)
        status = turned
        following = next((one.at for one in mails[place + 1 :] if one.human), None)
        until = following if following is not None else now
        then, solved_at = inferred_at_first_sync(mail.at, last_is_ours=ours, now=until)
        if following is None and touched:
            return
        if following is None and then is not Status.SOLVED and work_from is not None and mail.at < work_from:
            then, solved_at = Status.SOLVED, mail.at
        if then is Status.SOLVED and solved_at is not None:
            yield _Step(solved_at, What.STATUS, status, then)
            status = then


def _events(ticket: int, steps: Iterator[_Step]) -> Iterator[NewEvent]:
    for step in steps:
        by = By.INFERRED if step.what is What.STATUS else By.SYNC
        yield NewEvent(ticket, step.at, by, step.what, step.was, step.now)


def _categories(tx: Tx, listed: list[int], playbook: Playbook) -> Iterator[tuple[int, str]]:
    """The category of each ticket, from the words in which the customer first says what it is about."""
    category = suggest.categories(playbook)
    for ticket, first in summaries.first_words(tx, listed).items():
        if found := category(first.written, first.subject):
            yield ticket, found
