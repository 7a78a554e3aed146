"""The week's figures, from messages and events alone: they need no network."""

from deskterm.desk.shop import Shopfront
from deskterm.domain.metrics import Report


class Metrics:
    """Reports of a week beside the one before."""

    def __init__(self, shop: Shopfront) -> None:
        self._shop = shop

    def week(self, now: int, back: int = 0, *, business: bool = False) -> Report:
        """The ISO week `back` weeks ago: 0 is the running one, compared with the same stretch of the last.

        On a Monday 0 is the last full week. `business` counts business hours alone.
        """
        raise NotImplementedError
