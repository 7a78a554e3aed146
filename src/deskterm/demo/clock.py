"""The shop's hours, so that answers are written at plausible times."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from deskterm.demo.shop import ZONE

_OPENS, _CLOSES, _SATURDAY = 9, 17, 5
DAY = 86400


def local(at: int) -> datetime:
    """The time on the shop's clock."""
    return datetime.fromtimestamp(at, ZoneInfo(ZONE))


def at_hour(day: int, hour: float) -> int:
    """That hour (14.5 is half past two) on the day of `day`, in UTC seconds."""
    midnight = local(day).replace(hour=0, minute=0, second=0, microsecond=0)
    return int((midnight + timedelta(hours=hour)).timestamp())


def after_business_minutes(at: int, minutes: float) -> int:
    """The time that many business minutes after `at`."""
    left = timedelta(minutes=minutes)
    now = _open(local(at))
    while left > (room := now.replace(hour=_CLOSES, minute=0) - now):
        left -= room
        now = _open(now.replace(hour=_CLOSES, minute=0) + timedelta(seconds=1))
    return int((now + left).timestamp())


def _open(moment: datetime) -> datetime:
    """The same time if it is within business hours, else the next opening."""
    if moment.hour >= _CLOSES:
        moment = (moment + timedelta(days=1)).replace(hour=0, minute=0)
    while moment.weekday() >= _SATURDAY:
        moment = (moment + timedelta(days=1)).replace(hour=0, minute=0)
    opens = moment.replace(hour=_OPENS, minute=4, second=0, microsecond=0)
    return max(moment, opens)
