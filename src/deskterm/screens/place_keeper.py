"""Keeps where the owner is in the inbox, so that a restart begins there."""

from collections.abc import Callable

from deskterm.actions.work import Work
from deskterm.desk.last_place import Spot


class PlaceKeeper:
    """Remembers list, ticket and line over restarts. `spot_now` gives None when there is nothing to keep."""

    def __init__(self, work: Work, spot_now: Callable[[], Spot | None]) -> None:
        self._work, self._spot_now = work, spot_now
        self._kept: Spot | None = Spot()
        self._last: Spot | None = None

    def recall(self) -> Spot:
        """Where the owner was last."""
        self._kept = spot = self._work.desk.place.recall()
        return spot

    async def keep(self, *, at_rest: bool = False) -> None:
        """Keep where the owner is if it changed; with `at_rest`, only if it was the same last time too."""
        spot, before, desk = self._spot_now(), self._last, self._work.desk
        self._last = spot
        if spot is None or spot == self._kept or desk.read_only or (at_rest and spot != before):
            return
        self._kept = spot
        await self._work.write(desk.place.keep, spot)
