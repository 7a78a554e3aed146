"""The radar: orders likely to become tickets, while there is time to write first."""

from deskterm.desk.products.returns import limits_of, with_returns
from deskterm.desk.shop import DeskContext
from deskterm.domain.business_hours import Hours
from deskterm.domain.orders.radar import Limits, Worry, find_return_worry, find_worry
from deskterm.domain.tickets import Status
from deskterm.domain.views import RadarRow
from deskterm.storage import lists, orders
from deskterm.storage.acting import radar
from deskterm.storage.products import returns

_RETURNS_BACK = 365 * 86400  # seconds: earlier returns are ignored
_LOOKED_BACK = 90 * 86400  # seconds: earlier orders are ignored


class Radar:
    """Orders to look after. What is written from here goes through the review, like every reply."""

    def __init__(self, shop: DeskContext) -> None:
        self._shop = shop

    def rows(self, now: int) -> tuple[RadarRow, ...]:
        """The orders with a problem that no solved ticket has dealt with, oldest first, with tickets."""
        shop, policy = self._shop.settings.shop, self._shop.settings.policy
        limits = Limits(policy.ships_within_days, policy.silent_after_days, limits_of(self._shop))
        hours = Hours(shop.hours, self._shop.formats.zone, shop.holidays)
        with self._shop.db.read() as tx:
            found = [
                (order, worry)
                for order in radar.under_way(tx, now - _LOOKED_BACK)
                if (worry := find_worry(order, now, limits, hours))
            ]
            coming = with_returns(tx, orders.by_ids(tx, returns.orders_with_open(tx, now - _RETURNS_BACK)))
            found += [(one, late) for one in coming if (late := find_return_worry(one, now, limits))]
            about = radar.tickets_about(tx, [order.id for order, _ in found])
            rows = {row.ticket_id: row for row in lists.rows(tx, about.values())}
        listed = [RadarRow(order, *worry, rows.get(about.get(order.id, 0))) for order, worry in found]
        return tuple(sorted((row for row in listed if not _is_settled(row)), key=lambda row: row.since))


def _is_settled(row: RadarRow) -> bool:
    """Whether a ticket about the order was solved after the problem began: the customer knows."""
    if row.worry in (Worry.NOT_BACK, Worry.NO_MONEY):
        return False  # a mail brings back neither goods nor money
    ticket = row.ticket
    return ticket is not None and ticket.status is Status.SOLVED and ticket.last_at > row.since
