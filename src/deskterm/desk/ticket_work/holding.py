"""Puts a ticket on hold for a supplier or carrier once they are written to."""

from deskterm.domain.events import By, What
from deskterm.domain.tickets import Status
from deskterm.storage import changes, events, tickets
from deskterm.storage.schema.database import Tx
from deskterm.storage.ticket_work import side_threads


def hold_parent(tx: Tx, side: int, now: int, action: int) -> None:
    """Put the ticket of a side thread on hold for its contact, who was written to, unless it is solved."""
    parent = side_threads.parents(tx, [side])[side]
    thread = side_threads.get(tx, side)
    events.add(tx, action, parent, now, By.OWNER, What.SIDE, None, {"thread": side, "to": thread.name})
    if tickets.get(tx, parent).status in (Status.OPEN, Status.WAITING):
        changes.change(tx, parent, now, By.OWNER, action=action, status=Status.HOLD, snoozed_until=None)
