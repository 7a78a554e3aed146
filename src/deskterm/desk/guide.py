"""What a new owner is shown: the tour at the first start, and hints for a week."""

import json

from deskterm.desk.shop import DeskContext
from deskterm.storage import desk_facts

_TOUR, _FIRST, _USED = "tour", "first start", "keys used"
_HINTED = 7 * 86400  # seconds from the first start in which hints are given


class Guide:
    """Whether tour and hints are due. A desk used before the tour existed gets neither."""

    def __init__(self, shop: DeskContext) -> None:
        self._shop = shop

    def begin(self, now: int) -> bool:
        """Note a start of the desk; gives whether the tour is due."""
        with self._shop.db.write() as tx:
            if not desk_facts.get_fact(tx, _FIRST):
                desk_facts.set_fact(tx, _FIRST, str(now))
                if desk_facts.get_fact(tx, "place"):
                    desk_facts.set_fact(tx, _TOUR, "over")
            return not desk_facts.get_fact(tx, _TOUR)

    def end_tour(self) -> None:
        """The tour was finished or closed: do not show it again."""
        with self._shop.db.write() as tx:
            desk_facts.set_fact(tx, _TOUR, "over")

    def hints_due(self, now: int) -> bool:
        """Whether hints are still shown."""
        with self._shop.db.read() as tx:
            return now < int(desk_facts.get_fact(tx, _FIRST, "0")) + _HINTED

    def known_commands(self) -> frozenset[str]:
        """The commands of hints that the owner has already used."""
        with self._shop.db.read() as tx:
            return frozenset(json.loads(desk_facts.get_fact(tx, _USED, "[]")))

    def note_used(self, command_id: str) -> None:
        """Note that the owner has used a command, so that no hint is given about it."""
        known = self.known_commands() | {command_id}
        with self._shop.db.write() as tx:
            desk_facts.set_fact(tx, _USED, json.dumps(sorted(known)))
