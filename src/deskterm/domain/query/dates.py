"""The days of a query: `2026-11-30`, `2026-11`, `2026`, `yesterday`, `monday`, `7d`."""

import re
from datetime import datetime, timedelta

from deskterm.domain.moments import parse_moment

TRIES = "2026-11-30, 2026-11, yesterday, monday or 7d"
_ISO = re.compile(r"(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?")
_DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
_AGO = re.compile(r"(\d{1,4})\s*([dwmy])(?:ays?|eeks?|onths?|ears?)?")
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS_A_YEAR = 12


def parse_day(typed: str, now: datetime) -> datetime | None:
    """The first moment of a typed day, month or year; None if it is not one.

    A weekday means the last one, today included. `7d`, `2w`, `3m` and `1y` count back from today. `now` is in
    the owner's zone.
    """
    words = typed.strip().casefold()
    today = now.replace(hour=0, minute=0, second=0, microsecond=0)
    if words in ("today", "yesterday"):
        return today - timedelta(days=words == "yesterday")
    named = [day for day in _WEEKDAYS if len(words) > 2 and day.startswith(words)]  # noqa: PLR2004 - mo, t
    if named:
        return today - timedelta(days=(now.weekday() - _WEEKDAYS.index(named[0])) % 7)
    if ago := _AGO.fullmatch(words):
        return _count_back(today, int(ago[1]), ago[2])
    return _parse_date(words, today)


def _parse_date(words: str, today: datetime) -> datetime | None:
    iso, dotted = _ISO.fullmatch(words), _DOTTED.fullmatch(words)
    parts = (
        (iso[1], iso[2] or "1", iso[3] or "1") if iso else (dotted[3], dotted[2], dotted[1]) if dotted else ()
    )
    try:
        year, month, day = map(int, parts)
        return today.replace(year=year, month=month, day=day)
    except ValueError:
        return None


def _count_back(today: datetime, count: int, unit: str) -> datetime | None:
    try:
        if unit in "dw":
            return today - timedelta(days=count * (7 if unit == "w" else 1))
        back = count * (_MONTHS_A_YEAR if unit == "y" else 1)
        months = today.year * _MONTHS_A_YEAR + today.month - 1 - back
        first = today.replace(year=months // _MONTHS_A_YEAR, month=months % _MONTHS_A_YEAR + 1, day=1)
        following = (first + timedelta(days=31)).replace(day=1)
        return first.replace(day=min(today.day, (following - first).days))
    except (ValueError, OverflowError):
        return None


_EVER = 1 << 53  # later than any time


def promise_span(typed: str, now: datetime) -> tuple[int, int] | None:
    """The span (from, before; UTC seconds) in which a promise is due; None if it is not a day.

    Typed may be `any`, `late` (before now), `today`, a day to come (`friday`, `3d`: until it ends) or
    `<friday` (before it begins).
    """
    words = typed.strip().casefold()
    if words in ("any", "late"):
        return 0, _EVER if words == "any" else int(now.timestamp())
    today = parse_day("today", now)
    name = words.removeprefix("<")
    day = today if name == "today" else parse_moment(name, now) or parse_day(name, now)
    if day is None or today is None:
        return None
    begins = day.replace(hour=0, minute=0, second=0, microsecond=0)
    first = int(today.timestamp()) if words == "today" else 0
    try:
        ends = begins if words.startswith("<") else begins + timedelta(days=1)
        return first, int(ends.timestamp())
    except OverflowError:  # the last day of the calendar
        return first, _EVER
