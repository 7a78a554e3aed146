"""The lists of tickets: pages, counts, places. Reads quick enough for a screen that is drawing."""

from collections.abc import Mapping
from functools import cached_property
from math import inf
from typing import TYPE_CHECKING

from deskterm.desk.shop import DeskContext
from deskterm.domain.business_hours import Hours
from deskterm.domain.tickets import Counts, Listing, Row
from deskterm.storage import lists
from deskterm.storage.schema.database import revision

if TYPE_CHECKING:
    from deskterm.domain.figures.sla_targets import ReplyTarget

_MOST = 2_000  # rows sorted by what is due


class Inbox:
    """All lists of tickets."""

    def __init__(self, shop: DeskContext) -> None:
        self._shop = shop
        self._targets: Mapping[int, ReplyTarget] = {}

    def page(self, listing: Listing, first: int, count: int) -> list[Row]:
        """Rows `first` to `first + count` of a list, in its order; fewer at the end."""
        with self._shop.db.read() as tx:
            return lists.page(tx, listing, first, count)

    def count(self, listing: Listing) -> int:
        """How many tickets a list has."""
        with self._shop.db.read() as tx:
            return lists.count(tx, listing)

    def counts(self) -> Counts:
        """The counts for the top line."""
        with self._shop.db.read() as tx:
            return lists.counts(tx)

    def note_looked_at(self, newest: Mapping[int, int]) -> None:
        """Note the mail not from customers that the owner has seen: its tickets and their newest mail."""
        with self._shop.db.write() as tx:
            lists.note_looked_at(tx, newest)

    def position(self, listing: Listing, ticket_id: int) -> int | None:
        """A ticket's place in a list from 0, or None."""
        with self._shop.db.read() as tx:
            return lists.position(tx, listing, ticket_id)

    def rows(self, ticket_ids: tuple[int, ...]) -> list[Row]:
        """The rows of given tickets, in that order."""
        with self._shop.db.read() as tx:
            return lists.rows(tx, ticket_ids)

    def revision(self) -> int:
        """A number that changes when any process changes the database."""
        with self._shop.db.read() as tx:
            return revision(tx)

    def wake(self, now: int) -> int:
        """End snoozes, solve tickets and bring back promises that are due by now; gives how many."""
        from deskterm.storage import tickets  # noqa: PLC0415 - not needed for the first picture
        from deskterm.storage.ticket_work import promises, waking  # noqa: PLC0415 - as above

        self.read_targets(now)
        with self._shop.db.read() as tx:
            idle = not (tickets.over(tx, now) or tickets.to_solve(tx, now) or promises.due(tx, now))
        if idle:
            return 0
        with self._shop.db.write() as tx:
            woken, solved = waking.wake(tx, now), waking.solve_due(tx, now)
            return len(woken) + len(solved) + len(waking.remind(tx, now))

    def waiting_since(self, row: Row, now: int) -> int | None:
        """Business seconds for which a row's customer has waited for an answer; None if they have not."""
        since = row.unanswered_since
        return None if since is None else self.hours.business_seconds(since, now)

    def read_targets(self, now: int) -> None:
        """Read which answers have a target, for the lists; does nothing without targets."""
        if not self._shop.settings.targets:
            return
        from deskterm.desk.metrics import Metrics  # noqa: PLC0415 - not needed for the first picture

        self._targets = Metrics(self._shop).reply_targets(now)

    def time_left(self, row: Row, now: int) -> int | None:
        """Business seconds left of a row's target; negative if missed, None without a target."""
        target = self._targets.get(row.ticket_id)
        if target is None or row.unanswered_since is None:
            return None
        return target.within - self.hours.business_seconds(target.since, now)

    def by_due(self, listing: Listing, now: int) -> list[int]:
        """The tickets of a list by the time left for their targets and promises.

        Tickets with neither come after, in the list's own order.
        """
        rows = self.page(listing, 0, _MOST)
        left = {row.ticket_id: self._until_due(row, now) for row in rows}
        return sorted(left, key=lambda ticket: left[ticket])

    def _until_due(self, row: Row, now: int) -> float:
        promised = row.promised_at
        ahead = (
            None if promised is None else self.hours.business_seconds(now, promised) if promised > now else -1
        )
        found = [one for one in (self.time_left(row, now), ahead) if one is not None]
        return min(found, default=inf)

    @cached_property
    def hours(self) -> Hours:
        """The shop's business hours."""
        shop = self._shop.settings.shop
        return Hours(shop.hours, self._shop.formats.zone, shop.holidays)
