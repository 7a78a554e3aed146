"""Weeks as the owner's calendar has them, and what one is fairly compared with."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

_SERIES = 10
_DAY_NAMES = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class Period(NamedTuple):
    """From `start` up to, not with, `end` (UTC seconds)."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Week:
    """An ISO week or its stretch up to now, the stretch it is compared with, and the weeks up to it."""

    period: Period
    before: Period
    series: tuple[Period, ...]
    title: str
    compared: str


def week(now: int, back: int, zone: ZoneInfo) -> Week:
    """The week `back` weeks ago: 0 the running one, on a Monday the last full one (then -1: the running)."""
    local = datetime.fromtimestamp(now, UTC).astimezone(zone)
    ago = max(0, back + (local.weekday() == 0))
    monday = local.date() - timedelta(days=local.weekday() + 7 * ago)
    last = monday - timedelta(days=7)
    so_far = ago == 0
    end = now if so_far else midnight(monday + timedelta(days=7), zone)
    week_ago = at_wall(local.replace(tzinfo=None) - timedelta(days=7), zone)
    earlier = [monday - timedelta(days=7 * step) for step in range(_SERIES - 1, 0, -1)]
    period = Period(midnight(monday, zone), end)
    return Week(
        period,
        Period(midnight(last, zone), week_ago if so_far else midnight(monday, zone)),
        (*(Period(midnight(day, zone), midnight(day + timedelta(days=7), zone)) for day in earlier), period),
        _title(monday, local.date() if so_far else monday + timedelta(days=6), so_far=so_far),
        f"{'the same stretch of week' if so_far else 'week'} {last.isocalendar().week}",
    )


def _title(first: date, last: date, *, so_far: bool) -> str:
    days = _week_name(last)
    if first != last:
        days = f"{_DAY_NAMES[0]} {first.day}{_month_unless(first, last)} to {days}"
    return f"Week {first.isocalendar().week}, {days}{', so far' if so_far else ''}"


def _month_unless(first: date, last: date) -> str:
    return "" if first.month == last.month else f" {_MONTHS[first.month]}"


def _week_name(day: date) -> str:
    return f"{_DAY_NAMES[day.weekday()]} {day.day} {_MONTHS[day.month]}"


def midnight(day: date, zone: ZoneInfo) -> int:
    """The first second of a day in that zone, as UTC seconds."""
    return at_wall(datetime.combine(day, time()), zone)


def at_wall(wall: datetime, zone: ZoneInfo) -> int:
    """The UTC seconds of what a clock on the wall showed."""
    return int(wall.replace(tzinfo=zone).timestamp())
