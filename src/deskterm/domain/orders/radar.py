"""Orders that will soon become tickets: not shipped in time, or with a parcel that does not move."""

from enum import StrEnum

from deskterm.domain.business_hours import Hours
from deskterm.domain.orders.order import Fulfilment, Order, Payment, Shipment
from deskterm.domain.orders.returns import DEFAULT_LIMITS, ReturnLimits, ReturnStep, find_overdue
from deskterm.value_class import dataclass

_DAY = 86400
_NO_LONGER = 30 * _DAY  # after so long without news the parcel has arrived or its customer has written
_GOING = (Fulfilment.SHIPPED, Fulfilment.PARTLY)
_DUE = (Payment.PAID, Payment.PARTLY_REFUNDED)


class Worry(StrEnum):
    """Why an order is on the radar."""

    UNSHIPPED = "not shipped"
    SILENT = "no movement"
    NO_DATA = "no carrier data"  # shipped long ago, and nobody knows where it is
    NOT_BACK = "return overdue"  # the label was sent long ago, but the parcel is not back
    NO_MONEY = "money overdue"  # the return is back, but the money is not


# The letter that each calls for, by the ids of the starter macros; the first one that fits the order counts.
LETTERS: dict[Worry, tuple[str, ...]] = {
    Worry.UNSHIPPED: ("late-to-leave", "crisis-new-date", "crisis-delay"),
    Worry.SILENT: ("late-parcel", "late-no-tracking"),
    Worry.NO_DATA: ("late-parcel", "late-no-tracking"),
    Worry.NO_MONEY: ("return-received",),
    Worry.NOT_BACK: ("return-not-back",),
}


@dataclass(frozen=True, slots=True)
class Limits:
    """When an order counts as late: business days until it ships, days without movement of a parcel."""

    ships_within: int
    silent_after: int
    returns: ReturnLimits = DEFAULT_LIMITS


def find_return_worry(order: Order, now: int, limits: Limits) -> tuple[Worry, int] | None:
    """What is overdue in an order's returns and since when (UTC seconds); an overdue refund comes first."""
    found = [late for one in order.returns if (late := find_overdue(one, now, limits.returns))]
    by_step = dict(sorted(found, key=lambda late: -late[1]))
    if ReturnStep.MONEY in by_step:
        return Worry.NO_MONEY, by_step[ReturnStep.MONEY]
    return (Worry.NOT_BACK, by_step[ReturnStep.BACK]) if found else None


def find_worry(order: Order, now: int, limits: Limits, hours: Hours) -> tuple[Worry, int] | None:
    """Why an order is on the radar and since when (UTC seconds); None if it is not.

    Only facts from the store or the carrier count: a parcel without any is NO_DATA.
    """
    if order.cancelled_at is not None or order.gone_at is not None or order.test:
        return None
    if order.fulfilment is Fulfilment.UNFULFILLED and order.payment in _DUE:
        if order.known_day is None:
            return None
        last_day = hours.working_day_after(order.placed_at, limits.ships_within)
        return (Worry.UNSHIPPED, order.placed_at) if now >= last_day + _DAY else None
    moving = _under_way(order)
    if not moving:
        return None
    known = [since for one in moving if (since := one.moved_at or order.known_day) is not None]
    latest = max(known, default=now)
    if not limits.silent_after * _DAY <= now - latest < _NO_LONGER:
        return None
    was_scanned = any(one.last_scan_at for one in moving)
    return (Worry.SILENT if was_scanned else Worry.NO_DATA, latest)


def silent_parcel(order: Order, now: int, silent_after: int) -> tuple[Shipment, int] | None:
    """The parcel of an order of which nothing is known for longest, and since when (UTC seconds).

    That is its last movement, else the day of the order.
    None if each of them has arrived or has moved within that many days.
    """
    ways = [(one, one.moved_at or order.known_day) for one in _under_way(order)]
    known = [(one, since) for one, since in ways if since is not None]
    parcel = min(known, key=lambda one: one[1], default=None)
    return parcel if parcel and now - parcel[1] >= silent_after * _DAY else None


def _under_way(order: Order) -> list[Shipment]:
    """The parcels that have left and are not delivered."""
    if order.fulfilment not in _GOING or order.cancelled_at is not None:
        return []
    return [one for one in order.shipments if one.delivered_at is None]
