"""Finding tickets by words."""

from deskterm.desk.shop import DeskContext
from deskterm.domain.views import Hit
from deskterm.storage import search


class Search:
    """Search over subject, people, order numbers and what was written. No query is an error."""

    def __init__(self, shop: DeskContext) -> None:
        self._shop = shop

    def find(self, query: str, first: int = 0, count: int = 50) -> list[Hit]:
        """Hits `first` to `first + count`, newest first. Words are joined by AND, "quotes" hold a phrase."""
        with self._shop.db.read() as tx:
            return search.find(tx, query, first, count)

    def count(self, query: str) -> int:
        """How many messages match."""
        with self._shop.db.read() as tx:
            return search.total(tx, query)
