"""The lists of tickets: pages, counts, places. Quick reads that a screen may call while it draws."""

from deskterm.desk.shop import Shopfront
from deskterm.domain.tickets import Counts, Listing, Row


class Inbox:
    """All lists of tickets, the inbox first among them."""

    def __init__(self, shop: Shopfront) -> None:
        self._shop = shop

    def page(self, listing: Listing, first: int, count: int) -> list[Row]:
        """Rows `first` to `first + count` of a list, in its order. May be shorter at the end."""
        raise NotImplementedError

    def count(self, listing: Listing) -> int:
        """How many tickets a list holds."""
        raise NotImplementedError

    def counts(self) -> Counts:
        """What the top line says."""
        raise NotImplementedError

    def position(self, listing: Listing, ticket_id: int) -> int | None:
        """A ticket's place in a list from 0, None when it is not in it."""
        raise NotImplementedError

    def rows(self, ticket_ids: tuple[int, ...]) -> list[Row]:
        """The rows of given tickets in that order, as the tickets behind a figure are listed."""
        raise NotImplementedError

    def revision(self) -> int:
        """A number that differs once any process has changed the database."""
        raise NotImplementedError

    def wake(self, now: int) -> int:
        """End the snoozes that are over and solve what was to be solved by now; gives how many changed."""
        raise NotImplementedError

    def waiting_since(self, row: Row, now: int) -> float | None:
        """Business seconds the customer of a row has been unanswered, None when nobody waits."""
        raise NotImplementedError
