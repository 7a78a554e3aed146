"""The lists of tickets: pages, counts, places. Quick reads that a screen may call while it draws."""

from functools import cached_property

from deskterm.desk.shop import DeskContext
from deskterm.domain.business_hours import Hours
from deskterm.domain.tickets import Counts, Listing, Row
from deskterm.storage import lists
from deskterm.storage.schema.database import revision


class Inbox:
    """All lists of tickets, the inbox first among them."""

    def __init__(self, shop: DeskContext) -> None:
        self._shop = shop

    def page(self, listing: Listing, first: int, count: int) -> list[Row]:
        """Rows `first` to `first + count` of a list, in its order. May be shorter at the end."""
        with self._shop.db.read() as tx:
            return lists.page(tx, listing, first, count)

    def count(self, listing: Listing) -> int:
        """How many tickets a list holds."""
        with self._shop.db.read() as tx:
            return lists.count(tx, listing)

    def counts(self) -> Counts:
        """What the top line says."""
        with self._shop.db.read() as tx:
            return lists.counts(tx)

    def mark_others_seen(self, now: int) -> None:
        """Note that the owner has looked through what is not from customers."""
        from deskterm.storage.desk_facts import set_fact  # noqa: PLC0415 - the first picture does without

        with self._shop.db.write() as tx:
            set_fact(tx, lists.OTHERS_SEEN, str(now))

    def position(self, listing: Listing, ticket_id: int) -> int | None:
        """A ticket's place in a list from 0, None when it is not in it."""
        with self._shop.db.read() as tx:
            return lists.position(tx, listing, ticket_id)

    def rows(self, ticket_ids: tuple[int, ...]) -> list[Row]:
        """The rows of given tickets in that order, as the tickets behind a figure are listed."""
        with self._shop.db.read() as tx:
            return lists.rows(tx, ticket_ids)

    def revision(self) -> int:
        """A number that differs once any process has changed the database."""
        with self._shop.db.read() as tx:
            return revision(tx)

    def wake(self, now: int) -> int:
        """End snoozes, solve what was to be solved, bring back what was promised by now; gives how many."""
        from deskterm.storage import tickets  # noqa: PLC0415 - the first picture does without
        from deskterm.storage.matters import promises, waking  # noqa: PLC0415 - as above

        with self._shop.db.read() as tx:
            idle = not (tickets.over(tx, now) or tickets.to_solve(tx, now) or promises.due(tx, now))
        if idle:
            return 0
        with self._shop.db.write() as tx:
            woken, solved = waking.wake(tx, now), waking.solve_due(tx, now)
            return len(woken) + len(solved) + len(waking.remind(tx, now))

    def waiting_since(self, row: Row, now: int) -> int | None:
        """Business seconds that the customer of a row has been unanswered, None when nobody waits."""
        since = row.unanswered_since
        return None if since is None else self.hours.business_seconds(since, now)

    @cached_property
    def hours(self) -> Hours:
        """The shop's business hours."""
        shop = self._shop.settings.shop
        return Hours(shop.hours, self._shop.formats.zone, shop.holidays)
