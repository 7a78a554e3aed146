"""Planned replies: hold one back if the ticket has moved on, and change the ticket once one has gone out."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from deskterm.domain.events import By, What
from deskterm.domain.messages import Cue, Direction, mailbox_key
from deskterm.domain.outbox_states import Ending, OutboxState, Outcome
from deskterm.domain.review.replies import Draft, Follows, OutboxRow
from deskterm.domain.rules.letters import LetterKind
from deskterm.domain.suggest.suggest import THANKS
from deskterm.domain.tickets import CategoryBy, Status, Ticket, View
from deskterm.errors import NotFound
from deskterm.intake.side_threads import raise_unsent
from deskterm.storage import changes, events, tickets
from deskterm.storage.acting import incidents
from deskterm.storage.mail import messages, summaries
from deskterm.storage.products import waits
from deskterm.storage.replies import also_answered, drafts, outbox
from deskterm.storage.replies.follow_ups import letter_before_went, written_since
from deskterm.storage.replies.mailings import give_own_action
from deskterm.storage.schema.database import Tx
from deskterm.storage.ticket_work import promises, waking

if TYPE_CHECKING:
    from deskterm.intake.values import Fresh

WROTE = "the customer wrote before it went"
ANSWERED = "an answer written elsewhere went first"
TOO_LATE = "its time passed more than a day before deskterm ran again"
TOO_LATE_BY_ITSELF = "it could not go for more than a day"
NOT_WANTED = "its ticket is no longer waiting for an answer"
TAKEN_BACK = "the letter before it was taken back"
WROTE_AGAIN = "another letter of yours went to the customer first"
FOLLOWS_NOTHING = "the letter before it is not known to have gone out"
SET_ASIDE = "its ticket was put out of the way"
DID_NOT_GO = "the reply did not go"  # the reason shown for its ticket on top
_GOES_ON = "the customer has written since; it goes all the same"
_DAY = 86400


def check_planned(tx: Tx, fresh: Mapping[int, Iterable["Fresh"]], now: int) -> None:
    """Look at the planned replies of tickets that got new mail from people.

    One that was to go "unless answered" becomes a draft again. One that goes in any case notes the mail in
    its history, and no longer changes the ticket's status when it goes.
    """
    held: set[int] = set()
    for ticket, rows in outbox.waiting(tx).items():
        people = [one for one in fresh.get(ticket, ()) if one.mail.human]
        for row in rows if people else ():
            since = _read_up_to(tx, row, ticket)
            if row.id not in held and _check_row(tx, row, [one for one in people if one.at >= since], now):
                held.add(row.id)


def _check_row(tx: Tx, row: OutboxRow, news: list["Fresh"], now: int) -> bool:
    """Hold a planned reply back, or note the news in its history; returns whether it was held back."""
    wrote = any(one.mail.direction is Direction.IN for one in news)
    if news and row.unless_answered:
        hold_back(tx, row, WROTE if wrote else ANSWERED, now, raises=wrote)
        return True
    if wrote:
        outbox.add_history(tx, row.id, _GOES_ON, now)
        follows = outbox.follows(tx, row.id)
        if follows:
            outbox.put_follows(tx, row.id, replace(follows, status=None))
        also_answered.keep_status(tx, row.id)
    return False


def _read_up_to(tx: Tx, row: OutboxRow, ticket_id: int) -> int:
    """The time of the mail that a reply answers on a ticket, 0 if not known any more.

    Older mail may still arrive.
    """
    for one in also_answered.of_reply(tx, row.id):
        if one.ticket_id == ticket_id:
            return one.read_to
    answers = outbox.draft(tx, row.id).answers
    try:
        return messages.get(tx, answers).at if answers else 0
    except NotFound:
        return 0


def hold_back(tx: Tx, row: OutboxRow, why: str, now: int, *, raises: bool = True) -> None:
    """Stop a queued reply without being asked: it becomes the ticket's draft again, marked as held back.

    What it promised is dropped. With `raises` its ticket goes to the top; without, because the customer has
    had another answer, only the snooze that waited for it ends. An acknowledgement is simply dropped.
    """
    if is_follow_up(tx, row.id):
        _drop(tx, row.id, why, now)
        return
    redraft(tx, row, now, why)
    tickets.change(tx, tickets.root(tx, row.ticket_id), solve_at=None)
    ticket = tickets.get(tx, tickets.root(tx, row.ticket_id))
    action = events.new_action(tx)
    queued = give_own_action(tx, row.id)
    events.add(tx, action, ticket.id, now, By.SYNC, What.QUEUED, {"outbox": row.id}, None, queued)
    _drop_promises(tx, row, ticket, now, action, queued)
    if outbox.get(tx, row.id).ending is Ending.HELD_BACK:
        tickets.cue(tx, ticket.id, Cue.HELD_BACK, on=True)
    if row.automatic == LetterKind.ACKNOWLEDGE:
        return
    for one in also_answered.of_reply(tx, row.id):
        value = {"outbox": row.id, "ticket": ticket.id}
        events.add(tx, action, one.ticket_id, now, By.SYNC, What.ALSO, value, None, queued)
        _show_again(tx, tickets.get(tx, one.ticket_id), row, now, action, queued, raises=raises)
    _show_again(tx, ticket, row, now, action, queued, raises=raises)


def _show_again(  # noqa: PLR0917 - what an event is written with
    tx: Tx, ticket: Ticket, row: OutboxRow, now: int, action: int, queued: int, *, raises: bool
) -> None:
    """Raise a ticket whose planned reply did not go, or only end the snooze that waited for it."""
    if raises and may_return_to_inbox(tx, ticket, queued):
        waking.raise_ticket(tx, ticket.id, now, DID_NOT_GO)
        raise_unsent(tx, ticket.id, now)
    elif ticket.snoozed_until is not None and ticket.snoozed_until == row.planned_at:
        changes.change(tx, ticket.id, now, By.SYNC, action=action, snoozed_until=None)


def is_follow_up(tx: Tx, outbox_id: int) -> bool:
    """Whether a reply is a macro's follow-up letter. Unlike other replies it may be dropped silently."""
    follows = outbox.follows(tx, outbox_id)
    return follows is not None and follows.follow_up


def why_not_to_follow(tx: Tx, row: OutboxRow) -> str:
    """Why a follow-up must not go: it is not wanted, its letter never went, somebody wrote since. Else ""."""
    if not is_follow_up(tx, row.id):
        return ""
    if tickets.get(tx, row.ticket_id).status not in (Status.WAITING, Status.HOLD):
        return NOT_WANTED
    if not letter_before_went(tx, row.id):
        return FOLLOWS_NOTHING
    since = written_since(tx, row.id)
    return {None: "", Direction.IN: WROTE}.get(since, WROTE_AGAIN)


def drop_follow_ups(tx: Tx, ticket_id: int, why: str, now: int, *, action: int = 0) -> None:
    """Discard a ticket's queued follow-ups; none becomes a draft. With `action` only those it planned."""
    for row in queued_follow_ups(tx, ticket_id):
        if action in (0, outbox.action(tx, row.id)):
            _drop(tx, row.id, why, now)


def queued_follow_ups(tx: Tx, ticket_id: int) -> list[OutboxRow]:
    """The follow-ups of a ticket that have not gone yet."""
    queued = (row for row in outbox.for_ticket(tx, ticket_id) if row.state is OutboxState.QUEUED)
    return [row for row in queued if is_follow_up(tx, row.id)]


def _drop(tx: Tx, outbox_id: int, why: str, now: int) -> None:
    outbox.mark(tx, outbox_id, OutboxState.DISCARDED, f"not sent: {why}", now, ending=Ending.DROPPED)


def may_return_to_inbox(tx: Tx, ticket: Ticket, queued: int) -> bool:
    """Whether a ticket may return to the inbox: not from the trash, nor if another action solved it."""
    if ticket.view is View.TRASH or ticket.status is not Status.SOLVED:
        return ticket.view is not View.TRASH
    return any(
        one.what is What.STATUS and one.now == Status.SOLVED and one.ticket_id == ticket.id
        for one in events.for_action(tx, queued)
    )


def _drop_promises(  # noqa: PLR0917 - what an event is written with
    tx: Tx, row: OutboxRow, ticket: Ticket, now: int, action: int, queued: int
) -> None:
    made = promises.of_letter(tx, row.message_id)
    if made:
        promises.set_dropped(tx, made, dropped=True)
        events.add(tx, action, ticket.id, now, By.SYNC, What.PROMISE, {"promises": made}, None, queued)


def redraft(tx: Tx, row: OutboxRow, now: int, held_back: str = "") -> Draft:
    """Take a reply out of the outbox and make it the ticket's draft, to the recipients who have not got it.

    `held_back` says why deskterm does this by itself; "" means that the owner does it. An automatic letter
    is never mixed into a draft that the owner has begun: its text stays in the outbox.
    """
    draft = outbox.draft(tx, row.id)
    had = {one.address for one in row.recipients if one.outcome is Outcome.ACCEPTED}
    to, cc, bcc = (
        tuple(one for one in many if one.address not in had) for many in (draft.to, draft.cc, draft.bcc)
    )
    waits.letter_came_back(tx, row.message_id)
    root = tickets.root(tx, row.ticket_id)
    draft = replace(draft, ticket_id=root, to=to, cc=cc, bcc=bcc)
    dropped = row.automatic == LetterKind.ACKNOWLEDGE and bool(held_back)
    if dropped or (row.automatic and drafts.find(tx, root)):
        words = f"not sent: {held_back}" if held_back else "taken out of the outbox"
        outbox.mark(tx, row.id, OutboxState.DISCARDED, words, now, ending=Ending.DROPPED)
        return draft
    words = f"brought back as a draft: {held_back}" if held_back else "brought back as a draft"
    ending = Ending.HELD_BACK if held_back else Ending.BROUGHT_BACK
    outbox.mark(tx, row.id, OutboxState.DISCARDED, words, now, ending=ending)
    return save_returned_draft(tx, draft, now)


def withdraw_letter(tx: Tx, row: OutboxRow, now: int) -> Draft:
    """Take a letter to one of many out of the outbox; it was no draft before, and is none now."""
    waits.letter_came_back(tx, row.message_id)
    outbox.mark(tx, row.id, OutboxState.DISCARDED, "taken back with the others", now, ending=Ending.DROPPED)
    incidents.hide_unsent(tx, row.ticket_id)
    return replace(outbox.draft(tx, row.id), ticket_id=tickets.root(tx, row.ticket_id))


def save_returned_draft(tx: Tx, draft: Draft, now: int) -> Draft:
    """Save a draft that came back from the outbox. One begun since is appended: no word or file is lost."""
    draft = replace(draft, ticket_id=tickets.root(tx, draft.ticket_id))
    newer = drafts.find(tx, draft.ticket_id)
    if newer:
        body = f"{draft.body.rstrip()}\n\n{newer.body.lstrip()}"
        files = tuple(dict.fromkeys((*draft.attachments, *newer.attachments)))
        draft = replace(draft, body=body, attachments=files)
    return drafts.save(tx, draft, now)


def follow(tx: Tx, outbox_id: int, at: int) -> None:
    """Change a ticket as the review of a planned reply said, now that the reply has gone out at `at`.

    If the ticket was merged since into that of a customer whom the reply does not reach, its status stays.
    """
    follows = outbox.follows(tx, outbox_id)
    if follows is None:
        return
    outbox.put_follows(tx, outbox_id, None)
    row = outbox.get(tx, outbox_id)
    to = {mailbox_key(one.address) for one in row.recipients}
    others = [(one.ticket_id, one.follows) for one in also_answered.of_reply(tx, outbox_id) if one.follows]
    asked = [(tickets.root(tx, row.ticket_id), follows), *others]
    reached = summaries.customer_addresses(tx, [ticket for ticket, _ in asked])
    for ticket, wanted in asked:
        kept = wanted if to & reached[ticket] else replace(wanted, status=None)
        apply(tx, tickets.get(tx, ticket), kept, at, By.SYNC)


def apply(tx: Tx, ticket: Ticket, follows: Follows, at: int, by: By, *, action: int = 0) -> None:
    """Change a ticket as a reply asks for: status, snooze, category, tags, order.

    What was changed since the reply was planned stays. An answer to thanks does not change the category: the
    ticket is still about the same matter.
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
    if stands:
        days = follows.solve_after_days if follows.status in (Status.WAITING, Status.HOLD) else 0
        columns["solve_at"] = at + days * _DAY if days else None
    changes.change(tx, ticket.id, at, by, action=action, **columns)
