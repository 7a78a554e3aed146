"""The radar: orders that will become tickets, while there is still time to write first."""

from deskterm.desk.shop import DeskContext
from deskterm.domain.business_hours import Hours
from deskterm.domain.orders.radar import Limits, find_worry
from deskterm.domain.tickets import Status
from deskterm.domain.views import RadarRow
from deskterm.storage import lists
from deskterm.storage.acting import radar

_LOOKED_BACK = 90 * 86400  # seconds: what was ordered earlier is no matter of today


class Radar:
    """Orders to look after. What is written from here goes through the review, as every reply."""

    def __init__(self, shop: DeskContext) -> None:
        self._shop = shop

    def rows(self, now: int) -> tuple[RadarRow, ...]:
        """The orders that worry and that no solved ticket settled, the longest first, with their tickets."""
        shop, policy = self._shop.settings.shop, self._shop.settings.policy
        limits = Limits(policy.ships_within_days, policy.silent_after_days)
        hours = Hours(shop.hours, self._shop.formats.zone, shop.holidays)
        with self._shop.db.read() as tx:
            found = [
                (order, worry)
                for order in radar.under_way(tx, now - _LOOKED_BACK)
                if (worry := find_worry(order, now, limits, hours))
            ]
            about = radar.tickets_about(tx, [order.id for order, _ in found])
            rows = {row.ticket_id: row for row in lists.rows(tx, about.values())}
        listed = [RadarRow(order, *worry, rows.get(about.get(order.id, 0))) for order, worry in found]
        return tuple(sorted((row for row in listed if not _is_settled(row)), key=lambda row: row.since))


def _is_settled(row: RadarRow) -> bool:
    """Whether a ticket about the order was solved after the worry began: the customer knows."""
    ticket = row.ticket
    return ticket is not None and ticket.status is Status.SOLVED and ticket.last_at > row.since
