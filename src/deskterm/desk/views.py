"""Views: queries that the owner keeps."""

import json

from deskterm.desk.shop import DeskContext
from deskterm.domain.views import Done
from deskterm.storage import desk_facts

_KEY = "views"


class Views:
    """The queries that are kept, oldest first."""

    def __init__(self, shop: DeskContext) -> None:
        self._shop = shop

    def all(self) -> tuple[str, ...]:
        """Every query that is kept."""
        with self._shop.db.read() as tx:
            return tuple(json.loads(desk_facts.get_fact(tx, _KEY, "[]")))

    def keep(self, query: str, now: int) -> Done:  # noqa: ARG002 - as every use case that changes something
        """Keep a query as a view."""
        self._put((*self.all(), query))
        return Done(f"Kept the view {query}")

    def drop(self, query: str, now: int) -> Done:  # noqa: ARG002 - as above
        """Keep a query no longer."""
        self._put(tuple(one for one in self.all() if one != query))
        return Done(f"Dropped the view {query}")

    def _put(self, views: tuple[str, ...]) -> None:
        with self._shop.db.write() as tx:
            desk_facts.set_fact(tx, _KEY, json.dumps(list(dict.fromkeys(views)), ensure_ascii=False))
