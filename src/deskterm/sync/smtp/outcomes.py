"""Recording the outcome of a delivery: sent, put off, back to the owner, or uncertain."""

from collections.abc import Iterable
from dataclasses import replace

from deskterm.domain.outbox_states import Ending, OutboxState, Outcome
from deskterm.domain.review.replies import OutboxRow, Recipient
from deskterm.intake.refused_replies import call_back
from deskterm.intake.sent_replies import record_sent_reply
from deskterm.storage.replies import outbox
from deskterm.storage.schema.database import Database, Tx
from deskterm.sync.smtp.send import Answer, Fate

_FIRST_WAIT = 60  # seconds
_LONGEST_WAIT = 3600
_GIVE_UP = 3 * 86400


def record_outcome(db: Database, row: OutboxRow, answer: Answer, at: int) -> None:
    """Record how a try ended, the server's answer for each recipient, and what follows."""
    with db.write() as tx:
        match answer.fate:
            case Fate.SENT:
                _record_sent(tx, row, answer, at)
            case Fate.LATER | Fate.LINE_LOST if at - _tried_since(row, at) < _GIVE_UP:
                _put_off(tx, row, answer, at)
            case Fate.LATER | Fate.LINE_LOST | Fate.REFUSED:
                _record_refused(tx, row, answer, at)
            case Fate.UNCERTAIN:
                _note_answers(tx, row, answer.people)
                outbox.mark(tx, row.id, OutboxState.UNCERTAIN, answer.words, at)


def refuse(tx: Tx, row: OutboxRow, words: str, at: int) -> None:
    """Return a reply that nobody has got to the owner, with its tickets; `words` say why it did not go."""
    outbox.mark(tx, row.id, OutboxState.REFUSED, words, at)
    call_back(tx, row.id, at)


def wait(attempts: int, spread: int) -> int:
    """Seconds until the next try: doubled each time up to an hour, with `spread` to separate rows."""
    doubled: int = _FIRST_WAIT << min(attempts - 1, 10)
    return min(doubled, _LONGEST_WAIT) + spread * 7 % 20


def _record_sent(tx: Tx, row: OutboxRow, answer: Answer, at: int) -> None:
    """Record that it was sent. Recipients refused only for now are tried again alone."""
    _note_answers(tx, row, answer.people)
    again = at - _tried_since(row, at) < _GIVE_UP
    ending = _sent_ending(row, answer, again=again)
    outbox.mark(tx, row.id, OutboxState.SENT, answer.words, at, ending=ending)
    record_sent_reply(tx, row.id, at)
    put_off = [one for one in answer.people if one.is_put_off]
    if put_off and again:
        people = tuple(replace(one, outcome=Outcome.UNKNOWN) for one in put_off)
        _put_off(tx, row, replace(answer, people=people), at)
    if ending is Ending.NOT_TO_ALL:
        call_back(tx, row.id, at)


def _put_off(tx: Tx, row: OutboxRow, answer: Answer, at: int) -> None:
    _note_answers(tx, row, answer.people)
    ending = Ending.LINE_LOST if answer.fate is Fate.LINE_LOST else Ending.PUT_OFF
    outbox.later(tx, row.id, at + wait(row.attempts + 1, row.id), answer.words, at, ending=ending)


def _record_refused(tx: Tx, row: OutboxRow, answer: Answer, at: int) -> None:
    """Record a refusal. If somebody has got it already it stays sent, with those who have not."""
    if not _was_accepted(row):
        _note_answers(tx, row, answer.people)
        refuse(tx, row, answer.words, at)
        return
    left = [one for one in row.recipients if one.outcome is not Outcome.ACCEPTED]
    words = {one.address: one.words for one in answer.people}
    for one in left:
        outbox.note_answer(tx, row.id, one.address, Outcome.REFUSED, words.get(one.address) or answer.words)
    outbox.mark(tx, row.id, OutboxState.SENT, answer.words, at, ending=Ending.NOT_TO_ALL)
    call_back(tx, row.id, at)


def _sent_ending(row: OutboxRow, answer: Answer, *, again: bool) -> Ending:
    """The ending of a sent row: NOT_TO_ALL if somebody was refused for good or is not tried `again`."""
    people = {one.address: one for one in (*row.recipients, *answer.people)}
    refused = any(one.is_refused_for_good or (one.is_put_off and not again) for one in people.values())
    return Ending.NOT_TO_ALL if refused else Ending.NONE


def _note_answers(tx: Tx, row: OutboxRow, people: Iterable[Recipient]) -> None:
    for one in people:
        outbox.note_answer(tx, row.id, one.address, one.outcome, one.words)


def _was_accepted(row: OutboxRow) -> bool:
    """Whether somebody has got the mail already in an earlier try."""
    return any(one.outcome is Outcome.ACCEPTED for one in row.recipients)


def _tried_since(row: OutboxRow, at: int) -> int:
    """When this row was first tried since the owner queued it (UTC seconds)."""
    first = at
    for then, state, _ in reversed(row.history):
        if state not in (OutboxState.QUEUED, OutboxState.SENDING):
            break
        if state == OutboxState.SENDING:
            first = then
    return first
