"""Replies that no server took for the customer: they have no answer, so their tickets return to the inbox."""

from collections.abc import Iterator
from dataclasses import replace

from deskterm.domain.messages import mailbox_key
from deskterm.domain.outbox_states import OutboxState, Outcome
from deskterm.domain.review.replies import Follows, OutboxRow
from deskterm.domain.tickets import Status, Ticket
from deskterm.intake.planned_replies import may_return_to_inbox
from deskterm.intake.side_threads import raise_unsent
from deskterm.storage import tickets
from deskterm.storage.mail import summaries
from deskterm.storage.replies import also_answered, outbox
from deskterm.storage.replies.mailings import give_own_action
from deskterm.storage.schema.database import Tx
from deskterm.storage.ticket_work import waking

REFUSED = "your reply was refused"
_DAY = 86400


def call_back(tx: Tx, outbox_id: int, now: int) -> None:
    """Raise all tickets that a reply answers if it was refused for good for each of the customer's addresses.

    What the reply made of them is kept with it: it comes true when the reply is sent after all. A letter of a
    rule answers nothing, so it calls nobody.
    """
    row = outbox.get(tx, outbox_id)
    if row.automatic:
        return
    home = tickets.root(tx, row.ticket_id)
    action = give_own_action(tx, outbox_id)
    for ticket in _refused_tickets(tx, row, home):
        if not may_return_to_inbox(tx, ticket, action):
            continue
        _keep_what_follows(tx, row, ticket, home, now)
        tickets.change(tx, ticket.id, solved_at=None, solve_at=None)
        waking.raise_ticket(tx, ticket.id, now, REFUSED)
        raise_unsent(tx, ticket.id, now)


def _refused_tickets(tx: Tx, row: OutboxRow, home: int) -> Iterator[Ticket]:
    """The tickets of a reply whose customer was refused it, and has had nothing else of ours since."""
    ids = [home, *(one.ticket_id for one in also_answered.of_reply(tx, row.id))]
    reached = summaries.customer_addresses(tx, ids)
    states = summaries.conversation_states(tx, ids)
    for one in ids:
        theirs = [who for who in row.recipients if mailbox_key(who.address) in reached[one]]
        nobody = row.state is OutboxState.REFUSED
        refused = bool(theirs) and (nobody or all(who.outcome is Outcome.REFUSED for who in theirs))
        replied = states[one].replied
        # one that went to others stands on the ticket as of `sent_at`
        if refused and (replied is None or replied < row.queued_at or replied == row.sent_at):
            yield tickets.get(tx, one)


def _keep_what_follows(tx: Tx, row: OutboxRow, ticket: Ticket, home: int, now: int) -> None:
    """Note with the reply what its ticket is to become again once it is sent."""
    also = {one.ticket_id: one.follows for one in also_answered.of_reply(tx, row.id)}
    planned = outbox.follows(tx, row.id) if ticket.id == home else also[ticket.id]
    if planned is not None:
        kept = replace(planned, unless_changed=Status.OPEN)
    else:
        solves = waking.solves_at(tx, ticket.id)
        days = 0 if solves is None else max(1, round((solves - now) / _DAY))
        kept = Follows(
            ticket.status,
            snooze_until=ticket.snoozed_until or 0,
            solve_after_days=days,
            unless_changed=Status.OPEN,
        )
    if ticket.id == home:
        outbox.put_follows(tx, row.id, kept)
    else:
        also_answered.put_follows(tx, row.id, ticket.id, kept)
