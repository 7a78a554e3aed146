"""Dates in header fields (RFC 5322, section 3.3, and what old and careless mailers write)."""

import re
from datetime import date
from functools import lru_cache

_LONGEST = 200
_CLOCK = r"(\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?(?:\.\d+)?"
_ZONE = r"\s*([+-]\d{2}:?\d{2}(?!\d)|[A-Za-z]{1,5})?"
_RFC = re.compile(
    rf"(\d{{1,2}})[ -]+([A-Za-z]{{3}})[a-z]*\.?[ ,-]+(\d{{2,4}})(?!\d)(?:[ ,]+{_CLOCK}{_ZONE})?"
)
_ASCTIME = re.compile(
    rf"([A-Za-z]{{3}})[a-z]*\.? +(\d{{1,2}}),? +{_CLOCK} +(?:[A-Z]{{2,5}} +)?(\d{{4}})(?!\d){_ZONE}"
)
_AMERICAN = re.compile(rf"([A-Za-z]{{3}})[a-z]*\.? +(\d{{1,2}}), *(\d{{4}})(?!\d)(?:[ ,]+{_CLOCK}{_ZONE})?")
_ISO = re.compile(rf"(\d{{4}})-(\d{{2}})-(\d{{2}})(?:[T ]{_CLOCK}{_ZONE})?")
_MONTHS = {name: at for at, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}
_ZONES = {
    "EST": -300,
    "EDT": -240,
    "CST": -360,
    "CDT": -300,
    "MST": -420,
    "MDT": -360,
    "PST": -480,
    "PDT": -420,
}
_ZONES |= {"CET": 60, "CEST": 120, "MET": 60, "MEST": 120, "BST": 60, "JST": 540, "EET": 120, "EEST": 180}
_FARTHEST_ZONE = 14 * 60
_EPOCH = date(1970, 1, 1).toordinal()
_LATEST = (date(2100, 1, 1).toordinal() - _EPOCH) * 86400
_HOURS, _MINUTES, _SECONDS = 24, 60, 61
_CENTURY, _THIS_CENTURY = 100, 50


def timestamp(value: str) -> int | None:
    """A date field in UTC seconds; None if it is not a date, or outside 1970 to 2100."""
    if len(value) > _LONGEST:
        return None
    if found := _RFC.search(value):
        day, month, year, *clock = found.groups()
    elif found := _ASCTIME.search(value):
        month, day, hour, minute, second, year, zone = found.groups()
        clock = [hour, minute, second, zone]
    elif found := _AMERICAN.search(value):
        month, day, year, *clock = found.groups()
    elif found := _ISO.search(value):
        year, month, day, *clock = found.groups()
    else:
        return None
    return _seconds(_days(year, month, day), clock)


@lru_cache(maxsize=4096)
def _days(year: str, month: str, day: str) -> int | None:
    """The days since 1970; None if there is no such day."""
    try:
        return date(_year(year), _month(month), int(day)).toordinal() - _EPOCH
    except ValueError:
        return None


def _year(digits: str) -> int:
    year = int(digits)
    if len(digits) > 2 and year >= _CENTURY:  # noqa: PLR2004 - three digits count from 1900 (RFC 5322, 4.3)
        return year if year >= 10 * _CENTURY else 1900 + year
    return year + (2000 if year < _THIS_CENTURY else 1900)


def _month(name: str) -> int:
    return int(name) if name.isdecimal() else _MONTHS.get(name[:3].lower(), 0)


def _seconds(days: int | None, clock: list[str]) -> int | None:
    hour, minute, second = int(clock[0] or 0), int(clock[1] or 0), int(clock[2] or 0)
    if days is None or hour >= _HOURS or minute >= _MINUTES or second >= _SECONDS:
        return None
    at = days * 86400 + hour * 3600 + minute * 60 + second - 60 * _offset(clock[3] or "")
    return at if 0 <= at < _LATEST else None


@lru_cache(maxsize=256)
def _offset(zone: str) -> int:
    """A zone's minutes east of Greenwich; an unknown or absurd zone counts as UTC."""
    if zone[:1] not in ("+", "-"):
        return _ZONES.get(zone.upper(), 0)
    minutes = int(zone[1:3]) * 60 + int(zone[-2:])
    if minutes > _FARTHEST_ZONE:
        return 0
    return -minutes if zone[0] == "-" else minutes
