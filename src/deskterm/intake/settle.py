"""After a batch: update the status of each ticket that got mail, and write its events."""

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet

from deskterm.domain.events import By, What
from deskterm.domain.messages import Direction, MachineKind
from deskterm.domain.suggest import suggest
from deskterm.domain.tickets import (
    CategoryBy,
    Status,
    View,
    after_customer_mail,
    after_reply,
    inferred_at_first_sync,
)
from deskterm.intake import also_answered, auto_receipts, learning
from deskterm.intake.planned_replies import check_planned
from deskterm.intake.side_threads import raise_answered
from deskterm.intake.values import Context, Fresh
from deskterm.storage import changes, events, tickets
from deskterm.storage.answers import offers
from deskterm.storage.figures import surveys
from deskterm.storage.mail import messages, strangers, summaries
from deskterm.storage.mail.summaries import ConversationState
from deskterm.storage.schema.database import Tx


def settle(tx: Tx, context: Context, fresh: Mapping[int, list[Fresh]], made: AbstractSet[int]) -> None:
    """Update tickets to their new messages. `made` are the tickets that this batch created."""
    fresh = auto_receipts.set_aside(tx, fresh)
    awaiting = tickets.awaiting_history(tx, fresh)
    shown = {ticket: mails for ticket, mails in fresh.items() if ticket not in awaiting}
    new = [one.message for mails in shown.values() for one in mails]
    before = summaries.conversation_states(tx, shown, without=new)
    strangers.mark(tx, fresh)
    summaries.derive_from_mails(tx, fresh)
    aside = summaries.mark_aside(tx, fresh)
    if aside:  # some mail of ours turned out to go to other people than the customer, so it answers nothing
        known = summaries.conversation_states(tx, shown, without=new)
        before = {
            one: was._replace(heard=known[one].heard, replied=known[one].replied, sent=known[one].sent)
            for one, was in before.items()
        }
    set_first_sync_status(tx, awaiting, context.now, context.work_from)
    for ticket, was in before.items():
        mails = sorted(shown[ticket], key=lambda one: (one.at, one.message))
        _write_events(tx, context, was, mails, made=ticket in made, aside=aside)
    check_planned(tx, fresh, context.now)
    also_answered.call_back(tx, fresh)
    surveys.mark_bad(tx, fresh.keys() - made, new)
    _put_moods(tx, fresh)
    tickets.refresh(tx, fresh)
    _put_cues(tx, fresh)
    raise_answered(tx, {ticket: [one.mail for one in mails] for ticket, mails in fresh.items()})
    learning.teach(tx, before, context.playbook)
    offers.drop(tx, fresh)


def join(tx: Tx, context: Context, into: int, other: int, *, without: Iterable[int] = ()) -> None:
    """Join two tickets that turned out to be one matter; the owner can undo it.

    Its status then follows from the mails of both: open if the last one is the customer's.
    `without` are messages that are stored but not settled yet: they do not count.
    """
    before = summaries.conversation_states(tx, [into, other], without=without)
    moved = {one.id for one in messages.for_ticket(tx, other)}
    action = changes.join(tx, into, other, context.now, By.SYNC)
    strangers.mark(tx, [into])
    summaries.derive_from_mails(tx, [into])
    summaries.mark_aside(tx, [into])  # what answered the customer of one may not answer that of the other
    both = summaries.conversation_states(tx, [into], without=without)[into]
    unanswered = both.heard is not None and (both.replied is None or both.replied < both.heard)
    status = both.status
    if unanswered and before[other].status is Status.OPEN and status in (Status.HOLD, Status.SOLVED):
        status = Status.OPEN
    if status in (Status.OPEN, Status.WAITING):
        stays = unanswered or both.came_back or both.heard is both.replied is None
        status = Status.OPEN if stays else Status.WAITING
    machines = before[into].heard is None and before[into].replied is None
    view = before[other].view if machines and both.view is View.OTHERS else both.view
    changes.change(tx, into, context.now, By.SYNC, action=action, status=status, view=view)
    _guess_category(tx, context, into, moved, action)


def first_sync_status(
    standing: ConversationState, now: int, work_from: int | None
) -> tuple[Status, int | None, bool]:
    """The status that old mail gives a ticket, when it was solved, and whether that is inferred.

    A ticket whose last mail is from before `work_from` is history: it counts as solved then.
    """
    replied, heard = standing.replied, standing.heard
    last = max(at for at in (replied, heard) if at is not None)
    status, solved_at = inferred_at_first_sync(last, last_is_ours=last == replied, now=now)
    if status is Status.WAITING and standing.came_back:
        return Status.OPEN, None, False
    if status is not Status.SOLVED and work_from is not None and last < work_from:
        return Status.SOLVED, last, True
    return status, solved_at, status is Status.SOLVED


def set_first_sync_status(tx: Tx, awaiting: Iterable[int], now: int, work_from: int | None) -> list[int]:
    """Set the status of tickets of a first sync from their mails; `history` writes the events later.

    A ticket with a person's mail belongs among the customers' tickets. Returns those that changed.
    """
    states = [
        (one, first_sync_status(one, now, work_from))
        for one in summaries.conversation_states(tx, awaiting).values()
        if one.heard is not None or one.replied is not None
    ]
    changed = [
        (one.ticket, *state)
        for one, state in states
        if (one.status, one.solved_at, one.view) != (*state[:2], View.CUSTOMERS)
    ]
    summaries.set_first_sync_states(tx, changed)
    return [ticket for ticket, *_ in changed]


def _write_events(
    tx: Tx,
    context: Context,
    was: ConversationState,
    mails: list[Fresh],
    *,
    made: bool,
    aside: AbstractSet[int],
) -> None:
    """Write the events of a ticket's new mails, and set the status they lead to."""
    ticket = was.ticket
    if made:
        was = _begin(tx, was, mails)
    action = events.new_action(tx)
    if made:
        events.add(tx, action, ticket, mails[0].at, By.SYNC, What.CREATED, None, mails[0].mail.subject)
    for one in mails:
        what = What.REPLY if one.mail.direction is Direction.OUT else What.MESSAGE_IN
        events.add(tx, action, ticket, one.at, By.SYNC, what, None, one.message)
    order = tickets.get(tx, ticket).order_id
    if order != was.order:
        events.add(tx, action, ticket, mails[-1].at, By.SYNC, What.ORDER, was.order, order)
    _bring_back(tx, was, mails, action)
    _statuses(tx, was, [one for one in mails if one.message not in aside], action)
    _guess_category(tx, context, ticket, {one.message for one in mails}, action)


def _begin(tx: Tx, was: ConversationState, mails: list[Fresh]) -> ConversationState:
    """Set a new ticket's first status and view from its earliest mail, not from the one read first."""
    first = next((one for one in mails if one.mail.human), None)
    ours = first is not None and first.mail.direction is Direction.OUT
    status = Status.WAITING if ours else Status.OPEN
    if all(one.mail.blocked for one in mails):
        status = Status.SPAM
    view = View.CUSTOMERS if any(one.mail.for_customers for one in mails) else View.OTHERS
    tickets.change(tx, was.ticket, status=status, view=view)
    return was._replace(status=status, view=view)


def _bring_back(tx: Tx, was: ConversationState, mails: list[Fresh], action: int) -> None:
    """Show a ticket among the customers' if it had only automatic mail, or was in the trash and they wrote.

    A ticket that the owner put among the others has mail from people already, and stays there.
    """
    people = [one for one in mails if one.mail.human]
    wrote = [one for one in people if one.mail.direction is Direction.IN]
    only_machines = was.heard is None and was.replied is None
    back = wrote if was.view is View.TRASH else people if was.view is View.OTHERS and only_machines else []
    if back:
        changes.change(tx, was.ticket, back[0].at, By.SYNC, action=action, view=View.CUSTOMERS)


def _statuses(tx: Tx, was: ConversationState, mails: list[Fresh], action: int) -> None:
    """Change the status mail by mail, in the order in which they were written.

    A mail that has been answered already changes nothing, nor does a reply older than the customer's last.
    """
    status = was.status
    for one in mails:
        if one.mail.machine is MachineKind.BOUNCE and _reopens(was, one, mails):
            status = _customer_wrote(tx, was, one, status, action)  # our answer did not reach them
        if not one.mail.human:
            continue
        if one.mail.direction is Direction.IN and (was.replied is None or was.replied < one.at):
            status = _customer_wrote(tx, was, one, status, action)
        elif (
            one.mail.direction is Direction.OUT
            and (was.heard is None or was.heard <= one.at)
            and (was.bounced is None or was.bounced < one.at)
        ):
            status = _record_reply(tx, was, one, status, action)


def _reopens(was: ConversationState, bounce: Fresh, mails: list[Fresh]) -> bool:
    """Whether a bounce is about mail of ours in this ticket, and nothing has gone to the customer since."""
    ours = [one.at for one in mails if one.mail.human and one.mail.direction is Direction.OUT]
    sent = min((at for at in (was.sent, *ours) if at is not None), default=None)
    replied = max((at for at in (was.replied, *ours) if at is not None), default=0)
    return bounce.mail.answers and sent is not None and bounce.at >= max(sent, replied)


def _customer_wrote(tx: Tx, was: ConversationState, one: Fresh, status: Status, action: int) -> Status:
    now = after_customer_mail(status)
    if now is Status.SPAM:
        return now
    at = one.at
    if status is Status.SOLVED and was.solved_at is not None and was.solved_at >= at:
        # The mail was on its way when the owner solved the ticket: they had not seen it.
        at = was.solved_at
        tickets.change(tx, was.ticket, solved_at=one.at - 1)
    changes.change(tx, was.ticket, at, By.SYNC, action=action, status=now, snoozed_until=None)
    tickets.change(tx, was.ticket, solve_at=None)
    return now


def _record_reply(tx: Tx, was: ConversationState, one: Fresh, status: Status, action: int) -> Status:
    if status not in (Status.OPEN, Status.HOLD):
        return status
    now = after_reply(None)
    changes.change(tx, was.ticket, one.at, By.SYNC, action=action, status=now)
    return now


def _guess_category(tx: Tx, context: Context, ticket: int, new: AbstractSet[int], action: int) -> None:
    """Guess the category from the words in which the customer first says what it is about, if new."""
    first = summaries.first_words(tx, [ticket]).get(ticket)
    if (
        first is None
        or first.message not in new
        or tickets.get(tx, ticket).category_by not in (CategoryBy.NOBODY, CategoryBy.GUESS)
    ):
        return
    found = suggest.category(first.written, first.subject, context.playbook)
    by = CategoryBy.GUESS if found else CategoryBy.NOBODY
    changes.change(tx, ticket, first.at, By.SYNC, action=action, category=found, category_by=by)


def _put_moods(tx: Tx, fresh: Mapping[int, list[Fresh]]) -> None:
    """Store how each ticket's customer sounds in their newest mail."""
    for ticket, mails in fresh.items():
        heard = [one for one in mails if one.mail.human and one.mail.direction is Direction.IN]
        newest = max(heard, key=lambda one: one.at, default=None)
        if newest is not None and newest.at >= summaries.last_heard(tx, ticket):
            summaries.put_mood(tx, ticket, newest.mail.mood)


def _put_cues(tx: Tx, fresh: Mapping[int, list[Fresh]]) -> None:
    for ticket, mails in fresh.items():
        for found in {found for one in mails for found in one.mail.cues}:
            tickets.cue(tx, ticket, found, on=True)
