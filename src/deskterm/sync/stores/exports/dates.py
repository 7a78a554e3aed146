"""Reading times in exports: `02/11/2026 9:59 PM`, `10-Dez-25`, `2. November 2026`."""

import re
import unicodedata
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, timedelta, timezone
from functools import lru_cache
from zoneinfo import ZoneInfo

from deskterm.domain.text import line
from deskterm.sync.stores.reading import BrokenRow

DAY_FIRST, MONTH_FIRST = "day first", "month first"
_DAY, _MONTHS = 86400, 12
_SPACED_OFFSET = re.compile(r"\s+(?=[+-]\d\d:?\d\d$)")
_NUMBERS = re.compile(r"(\d{1,4})([./-])\s?(\d{1,2})\2\s?(\d{4}|\d{2})(?!\d)[,.]?")
_EAST_ASIAN = re.compile(r"(\d{4})[年년]\s?(\d{1,2})[月월]\s?(\d{1,2})[日일]")
_NAMED = re.compile(r"(?:(\d{1,2})(?:\.|st|nd|rd|th|er|º)?[\s-]+)?(?:de |d')?([^\W\d_]{3,12})\.?[\s-]+"
                    r"(?:de )?(\d{1,2})?(?:\.|st|nd|rd|th)?"
                    r"(?:,?[\s-]*(\d{4}|\d{2}(?![\d:])))?")  # fmt: skip
_TIME = re.compile(
    r"[\sT,]*(?:[^\W\d_]{1,5}\.?\s+){0,2}(\d{1,2})(?:[:.h時时点](\d{2})分?)(?:[:.](\d{2})(?:\.\d+)?)?"
    r"\s?(a\.?m\.?|p\.?m\.?)?(?:\s?uhr)?\s?(z|utc|gmt|[+-]\d{2}:?\d{2})?",
    re.IGNORECASE,
)
_WEEKDAY = re.compile(r"([^\W\d_]{2,14})\.?,?\s+(?:(?:den|the|le|el|il|de|af)\s+)?(?=\d)", re.IGNORECASE)
_SERIAL = re.compile(r"[2-6]\d{4}(?:[.,]\d+)?")  # days since 1899-12-30, as spreadsheets count
_SECONDS = re.compile(r"1\d{9}")
_TODAY_LANGUAGES = (
    "en",
    "de",
    "fr",
    "es",
    "it",
    "nl",
    "pt",
    "pl",
    "sv",
    "da",
    "nb",
    "fi",
    "cs",
    "hu",
    "ro",
    "tr",
)
_Order = Callable[[], str]


def read_moment(text: str, zone: ZoneInfo, what: str, habit: _Order) -> int:
    """A time as UTC seconds; without an offset it is in `zone`. Raises BrokenRow if it is not a time.

    `habit` says whether the column writes the day or the month first ("" where
    nothing tells); it is asked only for a date like `02/11/2026`.
    """
    try:
        found = datetime.fromisoformat(_SPACED_OFFSET.sub("", text.strip()).removesuffix(" UTC"))
    except ValueError:
        found = _read_loosely(unicodedata.normalize("NFKC", text).strip(), what, habit)
    try:
        return int((found if found.tzinfo else found.replace(tzinfo=zone)).timestamp())
    except (ValueError, OverflowError) as error:
        raise _no_time(text, what) from error


def common_order(cells: Iterable[str], latest: int = 0) -> str:
    """Whether a column writes day or month first, by a vote of its unambiguous dates.

    None lies after `latest`, when the file was written (UTC seconds; 0 where that is not known).
    """
    end = datetime.fromtimestamp(latest + _DAY, UTC).date() if latest else date.max
    votes = {
        _vote(found) or _vote_by_time(found, end) for cell in cells if (found := _NUMBERS.match(cell.strip()))
    }
    votes.discard("")
    return votes.pop() if len(votes) == 1 else ""


def _vote_by_time(found: re.Match[str], end: date) -> str:
    """The order that alone does not put the date into the future, or ""."""
    first, second, year = int(found[1]), int(found[3]), _full_year(found[4])
    if not (0 < first <= _MONTHS and 0 < second <= _MONTHS and first != second and year > 0):
        return ""
    by_day, by_month = date(year, second, first) <= end, date(year, first, second) <= end
    return "" if by_day == by_month else DAY_FIRST if by_day else MONTH_FIRST


def _vote(found: re.Match[str]) -> str:
    first, second = int(found[1]), int(found[3])
    if found[2] == ".":
        return DAY_FIRST
    if first > 31:  # noqa: PLR2004 - a year
        return ""
    return DAY_FIRST if first > 12 else MONTH_FIRST if second > 12 else ""  # noqa: PLR2004 - months


def _read_loosely(text: str, what: str, habit: _Order) -> datetime:
    try:
        if _SERIAL.fullmatch(text):
            return datetime(1899, 12, 30) + timedelta(days=float(text.replace(",", ".")))  # noqa: DTZ001
        if _SECONDS.fullmatch(text):
            return datetime.fromtimestamp(int(text), UTC)
        day, rest = _read_day(text, what, habit)
        return _with_time(day, rest, text, what)
    except (ValueError, OverflowError) as error:
        raise _no_time(text, what) from error


def _read_day(text: str, what: str, habit: _Order) -> tuple[datetime, str]:
    """The date at the start of a text (after a weekday, if any), and the rest of the text."""
    if (before := _WEEKDAY.match(text)) and before[1].casefold() not in _months():
        text = text[before.end() :]
    if found := _NUMBERS.match(text):
        return _numbered_day(found, what, habit), text[found.end() :]
    if found := _EAST_ASIAN.match(text):
        return datetime(int(found[1]), int(found[2]), int(found[3])), text[found.end() :]  # noqa: DTZ001
    if found := _NAMED.match(text):
        day = found[1] or found[3]
        month = _months().get(found[2].casefold()[:12], 0)
        year = found[4] or (found[3] if found[1] else None)
        if day and month and year:
            return datetime(_full_year(year), month, int(day)), text[found.end() :]  # noqa: DTZ001
    raise _no_time(text, what)


def _numbered_day(found: re.Match[str], what: str, habit: _Order) -> datetime:
    first, second, third = int(found[1]), int(found[3]), found[4]
    if first > 31:  # noqa: PLR2004 - a year comes first
        return datetime(first, second, int(third))  # noqa: DTZ001
    order = _vote(found) or habit()
    if not order and first != second:
        raise BrokenRow(f'the {what} "{line(found[0])}" can be read two ways: day or month first')
    day, month = (first, second) if order != MONTH_FIRST else (second, first)
    return datetime(_full_year(third), month, day)  # noqa: DTZ001


def _full_year(text: str) -> int:
    return int(text) if len(text) > 2 else 2000 + int(text)  # noqa: PLR2004 - digits


def _with_time(day: datetime, rest: str, text: str, what: str) -> datetime:
    if not rest.strip():
        return day
    found = _TIME.fullmatch(rest.rstrip())
    if not found:
        raise _no_time(text, what)
    hour = int(found[1])
    if found[4]:
        hour = hour % 12 + (12 if found[4].lower().startswith("p") else 0)
    return day.replace(hour=hour, minute=int(found[2]), second=int(found[3] or 0), tzinfo=_offset(found[5]))


def _offset(text: str | None) -> timezone | None:
    if not text:
        return None
    if text[0] not in "+-":
        return UTC
    size = timedelta(hours=int(text[1:3]), minutes=int(text[-2:]))
    return timezone(-size if text[0] == "-" else size)


@lru_cache(maxsize=1)
def _months() -> dict[str, int]:
    """Month names, long and short, in several languages."""
    from babel.dates import get_month_names  # noqa: PLC0415 - only where a month is written out

    return {
        name.rstrip(".").casefold(): number
        for language in reversed(_TODAY_LANGUAGES)
        for width in ("wide", "abbreviated")
        for context in ("format", "stand-alone")
        for number, name in get_month_names(width, context, language).items()
    }


def _no_time(text: str, what: str) -> BrokenRow:
    return BrokenRow(f'the {what} "{line(text[:30])}" is no time')
