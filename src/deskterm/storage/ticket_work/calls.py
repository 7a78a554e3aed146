"""Storing what was said outside mail (calls, messages) as messages."""

from sqlite3 import Connection

from deskterm.domain.events import By, What
from deskterm.domain.messages import Address, Direction
from deskterm.domain.ticket_work.calls import Spoken
from deskterm.storage import customers, events, tickets
from deskterm.storage.mail import messages
from deskterm.storage.mail.new_message import new_message


def log(
    tx: Connection, ticket_id: int, spoken: Spoken, text: str, at: int, *, action: int = 0, undoes: int = 0
) -> int:
    """Store something said outside mail as a message of its own; returns the action."""
    action = action or events.new_action(tx)
    row = tx.execute("SELECT customer_id FROM ticket WHERE id = ?", (ticket_id,)).fetchone()
    who = customers.get(tx, row["customer_id"])
    direction = Direction.OUT if spoken.ours else Direction.IN
    sender = Address("", "") if spoken.ours else Address(who.display_name, "")
    new = new_message(
        direction=direction, at=at, text=text, sender=sender, channel=spoken.channel, outside=spoken.ours
    )
    made = messages.add(tx, ticket_id, new, customer_id=who.id)
    tickets.refresh(tx, [ticket_id])
    now = {"message": made, "text": text, "channel": spoken.channel, "ours": spoken.ours}
    events.add(tx, action, ticket_id, at, By.OWNER, What.LOGGED, None, now, undoes)
    return action
