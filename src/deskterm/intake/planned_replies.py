"""A reply that waits for its time: held back where the matter moved on, and what follows once it is out."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from deskterm.domain.events import By, What
from deskterm.domain.messages import Cue, Direction
from deskterm.domain.outbox_states import Ending, OutboxState, Outcome
from deskterm.domain.review.replies import Draft, Follows, OutboxRow
from deskterm.domain.rules.letters import LetterKind
from deskterm.domain.suggest.suggest import THANKS
from deskterm.domain.tickets import CategoryBy, Status, Ticket, View
from deskterm.errors import NotFound
from deskterm.storage import changes, events, tickets
from deskterm.storage.goods import waits
from deskterm.storage.mail import messages
from deskterm.storage.matters import promises, sides, waking
from deskterm.storage.replies import drafts, outbox
from deskterm.storage.replies.follow_ups import letter_before_went
from deskterm.storage.replies.mailings import give_own_action
from deskterm.storage.schema.database import Tx

if TYPE_CHECKING:
    from deskterm.intake.values import Fresh

WROTE = "the customer wrote before it went"
ANSWERED = "an answer written elsewhere went first"
TOO_LATE = "its time passed more than a day before deskterm ran again"
TOO_LATE_BY_ITSELF = "it could not go for more than a day"
NOT_WANTED = "its ticket waits for no answer any more"
TAKEN_BACK = "the letter before it was taken back"
FOLLOWS_NOTHING = "the letter before it is not known to have gone out"
SET_ASIDE = "its ticket was put out of the way"
DID_NOT_GO = "the reply did not go"  # why its ticket stands on top
_GOES_ON = "the customer has written since; it goes all the same"
_DAY = 86400


def moved_on(tx: Tx, fresh: Mapping[int, Iterable["Fresh"]], now: int) -> None:
    """People have written on tickets: a reply planned for "unless answered" is a draft again.

    One that goes in any case says so in its history, and leaves the ticket as the mail made it.
    """
    for ticket, rows in outbox.waiting(tx).items():
        people = [one for one in fresh.get(ticket, ()) if one.mail.human]
        for row in rows if people else ():
            since = _read_up_to(tx, row)
            _look_again(tx, row, [one for one in people if one.at >= since], now)


def _look_again(tx: Tx, row: OutboxRow, news: list["Fresh"], now: int) -> None:
    wrote = any(one.mail.direction is Direction.IN for one in news)
    if news and row.unless_answered:
        hold_back(tx, row, WROTE if wrote else ANSWERED, now, raises=wrote)
    elif wrote:
        outbox.add_history(tx, row.id, _GOES_ON, now)
        follows = outbox.follows(tx, row.id)
        if follows:
            outbox.put_follows(tx, row.id, replace(follows, status=None))


def _read_up_to(tx: Tx, row: OutboxRow) -> int:
    """The time of the mail that the reply answers (0: it was forgotten): older history may still arrive."""
    answers = outbox.draft(tx, row.id).answers
    try:
        return messages.get(tx, answers).at if answers else 0
    except NotFound:
        return 0


def hold_back(tx: Tx, row: OutboxRow, why: str, now: int, *, raises: bool = True) -> None:
    """Keep a reply in the outbox from going, by ourselves: it is the ticket's draft again, and marked so.

    Its ticket stands on top, unless the customer has had another answer (`raises`), and what the letter
    promised does not stand. A mere acknowledgement is dropped: nobody waits for it.
    """
    if is_follow_up(tx, row.id):
        _drop(tx, row.id, why, now)
        return
    redraft(tx, row, now, why)
    ticket = tickets.get(tx, tickets.root(tx, row.ticket_id))
    action = events.new_action(tx)
    queued, told = give_own_action(tx, row.id), {"outbox": row.id}
    events.add(tx, action, ticket.id, now, By.SYNC, What.QUEUED, told, None, queued)
    _drop_promises(tx, row, ticket, now, action, queued)
    if outbox.get(tx, row.id).ending is Ending.HELD_BACK:
        tickets.cue(tx, ticket.id, Cue.HELD_BACK, on=True)
    if row.automatic == LetterKind.ACKNOWLEDGE:
        return
    if raises and _can_rise(tx, ticket, queued):
        waking.raise_ticket(tx, ticket.id, now, DID_NOT_GO)
        for parent in sides.parents(tx, [ticket.id]).values():
            waking.raise_ticket(tx, parent, now, f"the mail to {sides.get(tx, ticket.id).name} did not go")
    elif ticket.snoozed_until is not None and ticket.snoozed_until == row.planned_at:
        changes.change(tx, ticket.id, now, By.SYNC, action=action, snoozed_until=None)


def is_follow_up(tx: Tx, outbox_id: int) -> bool:
    """Whether a reply is the letter that follows a macro's: once it is not wanted nobody misses it."""
    follows = outbox.follows(tx, outbox_id)
    return follows is not None and follows.follow_up


def why_not_to_follow(tx: Tx, row: OutboxRow) -> str:
    """Why a follow-up is not to go: nobody waits for it, or its own letter never went. Empty for others."""
    if not is_follow_up(tx, row.id):
        return ""
    if tickets.get(tx, row.ticket_id).status not in (Status.WAITING, Status.HOLD):
        return NOT_WANTED
    return "" if letter_before_went(tx, row.id) else FOLLOWS_NOTHING


def drop_follow_ups(tx: Tx, ticket_id: int, why: str, now: int, *, action: int = 0) -> None:
    """Take the letters that were to follow out of a ticket's outbox: they are no drafts again.

    With `action` only what was planned in that action.
    """
    for row in queued_follow_ups(tx, ticket_id):
        if action in (0, outbox.action(tx, row.id)):
            _drop(tx, row.id, why, now)


def queued_follow_ups(tx: Tx, ticket_id: int) -> list[OutboxRow]:
    """The letters that are to follow an earlier one of a ticket and have not gone yet."""
    queued = (row for row in outbox.of_ticket(tx, ticket_id) if row.state is OutboxState.QUEUED)
    return [row for row in queued if is_follow_up(tx, row.id)]


def _drop(tx: Tx, outbox_id: int, why: str, now: int) -> None:
    outbox.mark(tx, outbox_id, OutboxState.DISCARDED, f"not sent: {why}", now, ending=Ending.DROPPED)


def _can_rise(tx: Tx, ticket: Ticket, queued: int) -> bool:
    """Whether a ticket is to be seen again. What somebody solved otherwise, or threw away, stays so."""
    if ticket.view is View.TRASH or ticket.status is not Status.SOLVED:
        return ticket.view is not View.TRASH
    return any(
        one.what is What.STATUS and one.now == Status.SOLVED and one.ticket_id == ticket.id
        for one in events.of_action(tx, queued)
    )


def _drop_promises(  # noqa: PLR0917 - what an event is written with
    tx: Tx, row: OutboxRow, ticket: Ticket, now: int, action: int, queued: int
) -> None:
    made = promises.of_letter(tx, row.message_id)
    if made:
        promises.set_dropped(tx, made, dropped=True)
        events.add(tx, action, ticket.id, now, By.SYNC, What.PROMISE, {"promises": made}, None, queued)


def redraft(tx: Tx, row: OutboxRow, now: int, held_back: str = "") -> Draft:
    """Take a row out of the outbox; its text is the ticket's draft again, for those who have not had it.

    `held_back` says why deskterm does so by itself; without it the owner does. A letter that nobody pressed
    a key for never comes into a draft that the owner has begun: its text is left in the outbox.
    """
    draft = outbox.draft(tx, row.id)
    had = {one.address for one in row.recipients if one.outcome is Outcome.ACCEPTED}
    to, cc, bcc = (
        tuple(one for one in many if one.address not in had) for many in (draft.to, draft.cc, draft.bcc)
    )
    waits.letter_came_back(tx, row.message_id)
    root = tickets.root(tx, row.ticket_id)
    if not is_follow_up(tx, row.id):  # the letter before it has set the time
        tickets.change(tx, root, solve_at=None)
    draft = replace(draft, ticket_id=root, to=to, cc=cc, bcc=bcc)
    dropped = row.automatic == LetterKind.ACKNOWLEDGE and bool(held_back)
    if dropped or (row.automatic and drafts.find(tx, root)):
        words = f"not sent: {held_back}" if held_back else "taken out of the outbox"
        outbox.mark(tx, row.id, OutboxState.DISCARDED, words, now, ending=Ending.DROPPED)
        return draft
    words = f"brought back as a draft: {held_back}" if held_back else "brought back as a draft"
    ending = Ending.HELD_BACK if held_back else Ending.BROUGHT_BACK
    outbox.mark(tx, row.id, OutboxState.DISCARDED, words, now, ending=ending)
    return save_above(tx, draft, now)


def save_above(tx: Tx, draft: Draft, now: int) -> Draft:
    """Save a draft that is back. What was begun since stands below it: no word and no file is lost."""
    draft = replace(draft, ticket_id=tickets.root(tx, draft.ticket_id))
    newer = drafts.find(tx, draft.ticket_id)
    if newer:
        body = f"{draft.body.rstrip()}\n\n{newer.body.lstrip()}"
        files = tuple(dict.fromkeys((*draft.attachments, *newer.attachments)))
        draft = replace(draft, body=body, attachments=files)
    return drafts.save(tx, draft, now)


def follow(tx: Tx, outbox_id: int, at: int) -> None:
    """A planned reply is out since `at`: its ticket becomes what was reviewed, now and not before."""
    follows = outbox.follows(tx, outbox_id)
    if follows is not None:
        outbox.put_follows(tx, outbox_id, None)
        ticket = tickets.get(tx, outbox.get(tx, outbox_id).ticket_id)
        apply(tx, ticket, follows, at, By.SYNC)


def apply(tx: Tx, ticket: Ticket, follows: Follows, at: int, by: By, *, action: int = 0) -> None:
    """Make of a ticket what follows a reply. What was changed since it was planned is left alone.

    An answer to a thank-you leaves the category alone: what the ticket was about it still is.
    """
    columns: dict[str, Any] = {}
    stands = follows.status is not None and follows.unless_changed in (None, ticket.status)
    if stands:
        columns["status"] = follows.status
        if not (follows.unless_changed and (ticket.snoozed_until or 0) > at):
            columns["snoozed_until"] = None
        if follows.snooze_days and follows.status is not Status.SOLVED:
            columns["snoozed_until"] = at + follows.snooze_days * _DAY
        if follows.snooze_until > at:
            columns["snoozed_until"] = follows.snooze_until
    renames = follows.category and not (follows.category == THANKS and ticket.category)
    if renames and ticket.category_by is not CategoryBy.HAND:
        columns |= {"category": follows.category, "category_by": CategoryBy.MACRO}
    if follows.tags:
        columns["tags"] = tuple(dict.fromkeys((*ticket.tags, *follows.tags)))
    if follows.order_id is not None and ticket.order_id is None:
        columns["order_id"] = follows.order_id
    changes.change(tx, ticket.id, at, by, action=action, **columns)
    if stands:
        days = follows.solve_after_days if follows.status in (Status.WAITING, Status.HOLD) else 0
        tickets.change(tx, ticket.id, solve_at=at + days * _DAY if days else None)
