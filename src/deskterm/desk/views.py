"""Views: queries the owner keeps."""

import json

from deskterm.desk.action_words import sentence
from deskterm.desk.shop import DeskContext
from deskterm.domain.views import Done
from deskterm.storage import desk_changes, desk_facts

_KEY = "views"


class Views:
    """The kept queries, oldest first."""

    def __init__(self, shop: DeskContext) -> None:
        self._shop = shop

    def all(self) -> tuple[str, ...]:
        """All kept queries."""
        with self._shop.db.read() as tx:
            return tuple(json.loads(desk_facts.get_fact(tx, _KEY) or "[]"))

    def keep(self, query: str, now: int) -> Done:  # noqa: ARG002 - as every use case that changes something
        """Keep a query as a view. Can be undone."""
        return self._put((*self.all(), query), f"kept the view {query}")

    def drop(self, query: str, now: int) -> Done:  # noqa: ARG002 - as above
        """Stop keeping a query. Can be undone."""
        return self._put(tuple(one for one in self.all() if one != query), f"dropped the view {query}")

    def _put(self, views: tuple[str, ...], words: str) -> Done:
        with self._shop.db.write() as tx:
            was = desk_facts.get_fact(tx, _KEY)
            now = json.dumps(list(dict.fromkeys(views)), ensure_ascii=False)
            desk_facts.set_fact(tx, _KEY, now)
            return Done(sentence(words), desk_changes.note(tx, words, facts={_KEY: (was, now)}))
