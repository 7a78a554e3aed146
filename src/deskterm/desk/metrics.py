"""The week's figures, from messages and events alone: they need no network."""

from deskterm.desk.shop import DeskContext
from deskterm.domain.business_hours import Hours
from deskterm.domain.figures import count, stories, weeks
from deskterm.domain.figures.values import FiguresReport
from deskterm.storage import metrics

_VOLUME = "New tickets of the period by category, spam and mail not from customers left out."


class Metrics:
    """Reports of a week beside the one before."""

    def __init__(self, shop: DeskContext) -> None:
        self._shop = shop

    def week(self, now: int, back: int = 0, *, business: bool = False) -> FiguresReport:
        """The ISO week `back` weeks ago: 0 is the running one, compared with the same stretch of the last.

        On a Monday 0 is the last full week, -1 the running one. `business` counts business hours alone.
        """
        shop = self._shop.settings.shop
        zone = self._shop.formats.zone
        week = weeks.week(now, back, zone)
        with self._shop.db.read() as tx:
            since = week.series[0].start
            told = stories.tell(
                metrics.matters(tx, since),
                metrics.posts(tx, since, self._thanking()),
                metrics.turns(tx, since),
            )
            snoozed = stories.snooze_spans(metrics.naps(tx))
            stopped = [count.TicketSample(at, ticket_id, 1) for ticket_id, at in metrics.stopped_sends(tx)]
        span = Hours(shop.hours, zone, shop.holidays).business_seconds if business else _calendar
        return FiguresReport(
            start=week.period.start,
            end=week.period.end,
            title=week.title,
            compared=week.compared,
            business_hours=business,
            figures=count.figures(told, stopped, snoozed, span, week),
            volume=count.volume(told, week),
            volume_definition=_VOLUME,
        )

    def _thanking(self) -> frozenset[str]:
        """The macros that only answer a thank-you."""
        macros = self._shop.playbook.current().macros.values()
        return frozenset(macro.id for macro in macros if macro.category == "thanks")


def _calendar(start: int, end: int) -> int:
    return end - start
