"""Periods of the owner's calendar, and the periods they are fairly compared with."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import NamedTuple
from zoneinfo import ZoneInfo

from deskterm.value_class import dataclass

_DAY_NAMES = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MONTHS_IN = {"month": 1, "quarter": 3, "year": 12}
_WEEK = timedelta(days=7)
_LAST_WEEK_OF_ALL_YEARS = 52
_FEW_DAYS, _SOME_DAYS = 31, 200


class PeriodKind(StrEnum):
    """How long a period is; DAYS is from one date to another."""

    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    DAYS = "days"


SERIES = {PeriodKind.WEEK: 10, PeriodKind.MONTH: 12, PeriodKind.QUARTER: 8}


class Period(NamedTuple):
    """A period from `start` to `end` (exclusive; UTC seconds)."""

    start: int
    end: int


def weeks_within(period: Period, zone: ZoneInfo) -> tuple[str, ...]:
    """The ISO weeks (`2026-W48`) that begin within a period, by the calendar of a zone."""
    day = datetime.fromtimestamp(period.start, zone).date()
    found = []
    while midnight(day, zone) < period.end:
        if day.isoweekday() == 1 and midnight(day, zone) >= period.start:
            found.append(f"{day:%G-W%V}")
        day += timedelta(days=1)
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Window:
    """A period or its stretch up to now, the stretches it is compared with, and its series.

    The series ends with the period, and shows those before it; of a year or of single days it shows the
    parts of the period. `steps` names them.
    """

    kind: PeriodKind
    period: Period
    before: Period
    year_ago: Period
    series: tuple[Period, ...]
    title: str
    compared: str
    compared_year: str
    steps: str


def week(now: int, back: int, zone: ZoneInfo) -> Window:
    """The ISO week `back` weeks ago: see `window`."""
    return window(PeriodKind.WEEK, now, back, zone)


def window(kind: PeriodKind, now: int, back: int, zone: ZoneInfo) -> Window:
    """The period of that kind, `back` of them ago: 0 is the running one, compared with the same stretch.

    On its first day 0 is the last full one, and -1 the running one.
    """
    wall = datetime.fromtimestamp(now, UTC).astimezone(zone).replace(tzinfo=None)
    first = _first_day(kind, wall.date())
    ago = max(0, back + (wall.date() == first))
    start = _step(kind, first, -ago)
    running = ago == 0
    end = now if running else midnight(_step(kind, start, 1), zone)
    period = Period(midnight(start, zone), end)
    until = wall if running else None
    before, year = _step(kind, start, -1), _year_earlier(kind, start)
    last = _step(kind, start, 1) - timedelta(days=1)
    return Window(
        kind,
        period,
        _stretch(kind, start, before, until, zone),
        _stretch(kind, start, year, until, zone),
        _series(kind, start, period, zone),
        _title(kind, start, min(last, wall.date()), wall.date()),
        ("as much of " if running else "") + _name(kind, before),
        ("as much of " if running else "") + _name(kind, year, with_year=True),
        "months" if kind is PeriodKind.YEAR else f"{kind}s",
    )


def days(first: date, last: date, now: int, zone: ZoneInfo) -> Window:
    """The days from `first` to `last`, both included, but nothing after `now`.

    Where they are not over yet, they are compared with the same stretch of the days before.
    """
    length = (last - first).days + 1
    period = Period(midnight(first, zone), min(now, midnight(last + timedelta(days=1), zone)))
    running = period.end == now
    wall = datetime.fromtimestamp(period.end, UTC).astimezone(zone).replace(tzinfo=None)
    so_far = wall - datetime.combine(first, time())
    earlier, year = first - timedelta(days=length), _shift_months(first, -12)
    same = "as much of " if running else ""
    step = 1 if length <= _FEW_DAYS else 7 if length <= _SOME_DAYS else 28
    edges = [midnight(first + timedelta(days=n), zone) for n in range(0, length, step)]
    edges = [edge for edge in edges if edge < period.end]
    return Window(
        PeriodKind.DAYS,
        period,
        _days_long(earlier, so_far, zone),
        _days_long(year, so_far, zone),
        tuple(Period(a, b) for a, b in pairwise([*edges, period.end])),
        _full(first) if first == last else f"{_full(first)} to {_full(last)}",
        same + ("the day before" if length == 1 else f"the {length} days before"),
        same + f"{_full(year)} to {_full(year + timedelta(days=length - 1))}",
        {1: "days", 7: "weeks"}.get(step, "four weeks"),
    )


def _days_long(first: date, length: timedelta, zone: ZoneInfo) -> Period:
    """The period of that many calendar days from the midnight at which a day begins."""
    return Period(midnight(first, zone), at_wall(datetime.combine(first, time()) + length, zone))


def _first_day(kind: PeriodKind, day: date) -> date:
    if kind is PeriodKind.WEEK:
        return day - timedelta(days=day.weekday())
    months = _MONTHS_IN[kind]
    return date(day.year, (day.month - 1) // months * months + 1, 1)


def _step(kind: PeriodKind, first: date, by: int) -> date:
    """The first day of the period `by` periods later."""
    if kind is PeriodKind.WEEK:
        return first + by * _WEEK
    return _shift_months(first, by * _MONTHS_IN[kind])


def _shift_months(day: date, by: int) -> date:
    """The same day of the month that many months later, or the last there is."""
    months = day.year * 12 + day.month - 1 + by
    first = date(months // 12, months % 12 + 1, 1)
    following = date((months + 1) // 12, (months + 1) % 12 + 1, 1)
    return first + timedelta(days=min(day.day, (following - first).days) - 1)


def _year_earlier(kind: PeriodKind, start: date) -> date:
    """The week of the same number, or the same months, a year earlier."""
    if kind is not PeriodKind.WEEK:
        return _shift_months(start, -12)
    iso = start.isocalendar()
    try:
        return date.fromisocalendar(iso.year - 1, iso.week, 1)
    except ValueError:  # there was no week 53
        return date.fromisocalendar(iso.year - 1, _LAST_WEEK_OF_ALL_YEARS, 1)


def _stretch(kind: PeriodKind, start: date, other: date, until: datetime | None, zone: ZoneInfo) -> Period:
    """The period that begins at `other`, up to where `until` stands in the one that begins at `start`."""
    end = _step(kind, other, 1)
    if until is None:
        return Period(midnight(other, zone), midnight(end, zone))
    if kind is PeriodKind.WEEK:
        day = other + (until.date() - start)
    else:
        months = (other.year - start.year) * 12 + other.month - start.month
        day = _shift_months(until.date(), months)
    wall = min(datetime.combine(day, until.time()), datetime.combine(end, time()))
    return Period(midnight(other, zone), at_wall(wall, zone))


def _series(kind: PeriodKind, start: date, period: Period, zone: ZoneInfo) -> tuple[Period, ...]:
    if kind is PeriodKind.YEAR:
        return tuple(_months(start, period, zone))
    earlier = (_step(kind, start, -ago) for ago in range(SERIES[kind] - 1, 0, -1))
    whole = [Period(midnight(day, zone), midnight(_step(kind, day, 1), zone)) for day in earlier]
    return (*whole, period)


def _months(start: date, period: Period, zone: ZoneInfo) -> Iterator[Period]:
    for month in range(12):
        begins = midnight(_shift_months(start, month), zone)
        if begins < period.end:
            yield Period(begins, min(period.end, midnight(_shift_months(start, month + 1), zone)))


def _title(kind: PeriodKind, first: date, last: date, today: date) -> str:
    """`Week 47, Mon 16 to Sun 22 Nov`, with the year once that is another; `October 2026, so far`."""
    so_far = ", so far" if today <= last else ""
    name = _name(kind, first, with_year=kind is not PeriodKind.WEEK or first.isocalendar().year != today.year)
    if kind is not PeriodKind.WEEK:
        return f"{name[0].upper()}{name[1:]}{so_far}"
    end = _week_name(last)
    if first != last:
        end = f"{_DAY_NAMES[0]} {first.day}{_month_unless(first, last)} to {end}"
    return f"{name[0].upper()}{name[1:]}, {end}{so_far}"


def _name(kind: PeriodKind, first: date, *, with_year: bool = False) -> str:
    """`week 46`, `October`, `quarter 3`, `2025`."""
    if kind is PeriodKind.YEAR:
        return str(first.year)
    if kind is PeriodKind.WEEK:
        iso = first.isocalendar()
        return f"week {iso.week}{f' of {iso.year}' if with_year else ''}"
    month = f"{_MONTHS[first.month]}" if kind is PeriodKind.MONTH else f"quarter {(first.month + 2) // 3}"
    return f"{month} {first.year}" if with_year else month


def _month_unless(first: date, last: date) -> str:
    return "" if first.month == last.month else f" {_MONTHS[first.month]}"


def _week_name(day: date) -> str:
    return f"{_DAY_NAMES[day.weekday()]} {day.day} {_MONTHS[day.month]}"


def _full(day: date) -> str:
    return f"{day.day} {_MONTHS[day.month]} {day.year}"


def midnight(day: date, zone: ZoneInfo) -> int:
    """The first second of a day in that zone, as UTC seconds."""
    return at_wall(datetime.combine(day, time()), zone)


def at_wall(wall: datetime, zone: ZoneInfo) -> int:
    """The UTC seconds of a local time."""
    return int(wall.replace(tzinfo=zone).timestamp())
