"""Where the owner was: list, ticket and line, kept over restarts and crashes."""

import json
from dataclasses import asdict, dataclass

from deskterm.desk.shop import DeskContext
from deskterm.domain.tickets import Listing
from deskterm.storage import desk_facts

_KEY = "place"


@dataclass(frozen=True, slots=True)
class Spot:
    """A place at the desk. `top` and `line` are the first lines in sight of the list and of the mail."""

    listing: Listing = Listing.INBOX
    ticket_id: int | None = None
    top: int = 0
    line: int = 0
    reading: bool = False
    one_line: bool | None = None


class LastPlace:
    """Keeps and gives back where the owner was."""

    def __init__(self, shop: DeskContext) -> None:
        self._shop = shop

    def recall(self) -> Spot:
        """Where the owner was last; the top of the inbox at first, and when what was kept cannot be read."""
        with self._shop.db.read() as tx:
            kept = desk_facts.get_fact(tx, _KEY)
        try:
            found = json.loads(kept)
            return Spot(**{**found, "listing": Listing(found["listing"])})
        except (ValueError, TypeError, KeyError):
            return Spot()

    def keep(self, spot: Spot) -> None:
        """Keep where the owner is."""
        with self._shop.db.write() as tx:
            desk_facts.set_fact(tx, _KEY, json.dumps(asdict(spot)))
