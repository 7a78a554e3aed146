"""Where the owner was: list, ticket and line, kept over restarts and crashes."""

from dataclasses import asdict

from deskterm.desk.shop import DeskContext
from deskterm.domain.tickets import Listing
from deskterm.storage import desk_facts
from deskterm.value_class import dataclass

_KEY = "place"


@dataclass(frozen=True, slots=True)
class Spot:
    """A place at the desk. `top` and `line` are the first visible lines of the list and of the mail."""

    listing: Listing = Listing.INBOX
    ticket_id: int | None = None
    top: int = 0
    line: int = 0
    reading: bool = False
    one_line: bool | None = None


class LastPlace:
    """Saves and restores where the owner was."""

    def __init__(self, shop: DeskContext) -> None:
        self._shop = shop

    def recall(self) -> Spot:
        """Where the owner was last; the top of the inbox the first time, or if it cannot be read."""
        with self._shop.db.read() as tx:
            kept = desk_facts.get_fact(tx, _KEY)
        if not kept:
            return Spot()
        import json  # noqa: PLC0415 - not needed if nothing was kept

        try:
            found = json.loads(kept)
            return Spot(**{**found, "listing": Listing(found["listing"])})
        except (ValueError, TypeError, KeyError):
            return Spot()

    def keep(self, spot: Spot) -> None:
        """Save where the owner is."""
        import json  # noqa: PLC0415 - as above

        with self._shop.db.write() as tx:
            desk_facts.set_fact(tx, _KEY, json.dumps(asdict(spot)))
