"""The further tickets that one reply answers: each gets the sent mail, and is called back if it returns."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from deskterm.domain.events import By, What
from deskterm.domain.messages import MachineKind
from deskterm.intake.due import CAME_BACK
from deskterm.storage import events, tickets
from deskterm.storage.mail import messages, summaries
from deskterm.storage.mail.new_message import NewMessage
from deskterm.storage.replies import also_answered
from deskterm.storage.schema.database import Tx
from deskterm.storage.ticket_work import waking

if TYPE_CHECKING:
    from deskterm.domain.review.replies import OutboxRow
    from deskterm.intake.values import Fresh


def repeat_sent(tx: Tx, row: "OutboxRow", message_id: int, again: NewMessage, at: int) -> None:
    """Store a mail that went out `at` (UTC seconds) on each further ticket it answers, once.

    `again` has no Message-ID: an answer to the mail belongs to the ticket it was written on.
    """
    for one in also_answered.of_reply(tx, row.id):
        customer = tickets.get(tx, one.ticket_id).customer_id
        made = messages.repeat(tx, one.ticket_id, again, message_id, customer)
        if made:
            if row.planned_at is None and not row.automatic:
                summaries.put_after_reply(tx, one.ticket_id, row.id, row.queued_at, at)
            events.add(tx, events.new_action(tx), one.ticket_id, at, By.SYNC, What.REPLY, None, made)
            summaries.mark_aside(tx, [one.ticket_id])
            tickets.refresh(tx, [one.ticket_id])


def call_back(tx: Tx, fresh: Mapping[int, Iterable["Fresh"]]) -> None:
    """Bring back the further tickets of a mail that bounced: it answered nobody there either."""
    bounces = [one for mails in fresh.values() for one in mails if one.mail.machine is MachineKind.BOUNCE]
    for bounce in bounces:
        for ticket in also_answered.copies_of_returned(tx, bounce.message) if bounce.mail.answers else ():
            waking.raise_ticket(tx, ticket, bounce.at, CAME_BACK)
