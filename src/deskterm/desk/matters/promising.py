"""Promises to customers: made by letters, or by hand; dropped by hand."""

from deskterm.desk.shop import DeskContext
from deskterm.domain.events import By, What
from deskterm.domain.matters.promises import Promise, PromisedDate
from deskterm.domain.views import Done
from deskterm.errors import NotFound, NotNow
from deskterm.storage import events, tickets
from deskterm.storage.matters import promises


class Promising:
    """The promises on a ticket. Every change is undoable."""

    def __init__(self, shop: DeskContext) -> None:
        self._shop = shop

    def standing(self, ticket_id: int) -> tuple[Promise, ...]:
        """The promises that are neither kept nor dropped, the one due first at the front."""
        with self._shop.db.read() as tx:
            return promises.standing(tx, tickets.root(tx, ticket_id))

    def promise(self, ticket_id: int, due_at: int, now: int) -> Done:
        """Note what was promised otherwise than by a letter. NotNow for a time that is past."""
        if due_at <= now:
            raise NotNow("That time is past.", todo="Choose a later one.")
        formats = self._shop.formats
        words = f"{formats.weekday(due_at)[:3]} {formats.day(due_at)} {formats.time(due_at)}"
        with self._shop.db.write() as tx:
            ticket = tickets.get(tx, ticket_id)
            made = promises.add(tx, ticket.id, [PromisedDate(f"by {words}", due_at, due_at)], now)
            action = events.new_action(tx)
            events.add(tx, action, ticket.id, now, By.OWNER, What.PROMISE, None, {"promises": made})
            return Done(f"Promised on {ticket.mark} by {words}", action, (ticket.id,))

    def drop(self, promise_id: int, now: int) -> Done:
        """A promise does not stand any more: it was kept otherwise, or taken back."""
        with self._shop.db.write() as tx:
            found = promises.get(tx, promise_id)
            if found is None:
                raise NotFound("That promise is not in the database.")
            promises.set_dropped(tx, [promise_id], dropped=True)
            action = events.new_action(tx)
            told = {"promises": [promise_id]}
            events.add(tx, action, found.ticket_id, now, By.OWNER, What.PROMISE, told, None)
            return Done(
                f"Dropped the promise {found.words} on T{found.ticket_id}", action, (found.ticket_id,)
            )
