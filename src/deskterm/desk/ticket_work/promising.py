"""Promises to customers: made in letters or by hand, and dropped by hand."""

from collections.abc import Iterable

from deskterm.desk.action_words import marks
from deskterm.desk.shop import DeskContext
from deskterm.domain.events import By, What
from deskterm.domain.ticket_work.promises import Promise, PromisedDate
from deskterm.domain.views import Done
from deskterm.errors import NotFound, NotNow
from deskterm.storage import events, tickets
from deskterm.storage.ticket_work import promises


class Promising:
    """The promises on a ticket. Every change can be undone."""

    def __init__(self, shop: DeskContext) -> None:
        self._shop = shop

    def standing(self, ticket_id: int) -> tuple[Promise, ...]:
        """The promises neither kept nor dropped, the next due first."""
        with self._shop.db.read() as tx:
            return promises.standing(tx, tickets.root(tx, ticket_id))

    def promise(self, ticket_ids: Iterable[int], due_at: int, now: int) -> Done:
        """Note a promise made on tickets outside a letter. NotNow for a past time."""
        if due_at <= now:
            raise NotNow("That time is past.", todo="Choose a later one.")
        formats = self._shop.formats
        words = f"{formats.weekday(due_at)[:3]} {formats.day(due_at)} {formats.time(due_at)}"
        with self._shop.db.write() as tx:
            action = events.new_action(tx)
            ids = tuple(dict.fromkeys(tickets.root(tx, one) for one in ticket_ids))
            for one in ids:
                made = promises.add(tx, one, [PromisedDate(f"by {words}", due_at, due_at)], now)
                events.add(tx, action, one, now, By.OWNER, What.PROMISE, None, {"promises": made})
            return Done(f"Promised on {marks(ids)} by {words}", action, ids)

    def drop(self, promise_id: int, now: int) -> Done:
        """Drop a promise: it was kept in another way, or withdrawn."""
        with self._shop.db.write() as tx:
            found = promises.get(tx, promise_id)
            if found is None:
                raise NotFound("That promise does not exist.")
            promises.set_dropped(tx, [promise_id], dropped=True)
            action = events.new_action(tx)
            value = {"promises": [promise_id]}
            events.add(tx, action, found.ticket_id, now, By.OWNER, What.PROMISE, value, None)
            return Done(
                f"Dropped the promise {found.words} on T{found.ticket_id}", action, (found.ticket_id,)
            )
