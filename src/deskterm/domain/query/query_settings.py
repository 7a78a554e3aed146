"""What a query must know about the shop: its hours, and when orders and parcels count as late."""

from deskterm.domain.business_hours import Hours
from deskterm.value_class import dataclass

_DAY = 86400


@dataclass(frozen=True, slots=True)
class QueryFrame:
    """The shop's hours and limits. Without hours it is always open, and business days are days.

    `ships_within`: business days until an order ships. `silent_after`: days a parcel may be without movement.
    """

    hours: Hours | None = None
    ships_within: int = 3
    silent_after: int = 5

    def is_open(self, at: int) -> bool:
        """Whether a moment (UTC seconds) is within business hours."""
        return self.hours is None or self.hours.business_seconds(at, at + 1) > 0

    def is_holiday(self, at: int) -> bool:
        """Whether a moment (UTC seconds) is on a holiday."""
        return self.hours is not None and self.hours.is_holiday(at)

    def leaves_by(self, placed_at: int) -> int:
        """From when on an order placed then is late if it has not shipped (UTC seconds)."""
        if self.hours is None:
            return placed_at + (self.ships_within + 1) * _DAY
        return self.hours.working_day_after(placed_at, self.ships_within) + _DAY
