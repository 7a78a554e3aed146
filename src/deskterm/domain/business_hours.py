"""Business hours: how many business seconds lie between two moments.

The schedule has spans for each weekday, holidays and a time zone. Days of 23 and 25 hours count as such.
"""

from bisect import bisect_right
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import accumulate
from zoneinfo import ZoneInfo

from deskterm.errors import ConfigError
from deskterm.lazy_regex import lazy_regex

Spans = tuple[tuple[int, int], ...]  # of one day: seconds after midnight, sorted, not overlapping

_DAY, _HOUR = 86400, 3600
_FORTNIGHT = 14 * 24  # hours
_MARGIN = 40 * _DAY  # the least that the calendar grows by
_FURTHEST = 366  # days ahead that a promise may be
_LATEST = 4_102_444_800  # the year 2100: a mail dated 99999 must not have its calendar built
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_EPOCH = date(1970, 1, 1)
_WEEKDAY_OF_EPOCH = 3  # a Thursday
_SPAN = lazy_regex(r"(\d{1,2}):(\d\d)[-–](\d{1,2}):(\d\d)")
_WEEKDAYS = lazy_regex(r"([a-z]{3})[a-z]*(?:[-–]([a-z]{3})[a-z]*)?")


def read_week(text: str) -> tuple[Spans, ...]:
    """The seven days of "Mon-Fri 09:00-12:30 13:30-17:00, Sat 10:00-13:00", Monday first.

    Days that are not named are closed; an empty text means always open. Raises ConfigError, which names the
    word that cannot be read.
    """
    if not text.strip():
        return (((0, _DAY),),) * 7
    week: list[set[tuple[int, int]]] = [set() for _ in _DAYS]
    days: set[int] = set()
    after_a_span = False
    for word in text.lower().replace(",", " ").replace(";", " ").split():
        if _SPAN.fullmatch(word):
            for day in days:
                week[day].add(_read_span(word, text))
            after_a_span = True
        else:
            days = _read_days(word, text) | (set() if after_a_span else days)
            after_a_span = False
    if not any(week):
        raise _unreadable(text, text)
    return tuple(_merge_spans(spans) for spans in week)


def _read_days(word: str, text: str) -> set[int]:
    found = _WEEKDAYS.fullmatch(word)
    names = [name for name in found.groups() if name] if found else []
    if not names or any(name not in _DAYS for name in names):
        raise _unreadable(word, text)
    first, last = _DAYS.index(names[0]), _DAYS.index(names[-1])
    return {(first + step) % 7 for step in range((last - first) % 7 + 1)}


def _read_span(word: str, text: str) -> tuple[int, int]:
    found = _SPAN.fullmatch(word)
    assert found
    hour, minute, to_hour, to_minute = map(int, found.groups())
    start, end = hour * 3600 + minute * 60, to_hour * 3600 + to_minute * 60
    if minute > 59 or to_minute > 59 or not 0 <= start < end <= _DAY:  # noqa: PLR2004 - minutes of an hour
        raise _unreadable(word, text)
    return start, end


def _merge_spans(spans: set[tuple[int, int]]) -> Spans:
    united: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if united and start <= united[-1][1]:
            united[-1] = united[-1][0], max(end, united[-1][1])
        else:
            united.append((start, end))
    return tuple(united)


def _unreadable(word: str, text: str) -> ConfigError:
    return ConfigError(
        f"The business hours {text!r} cannot be read at {word!r}.",
        todo='Write them as "Mon-Fri 09:00-17:00" or "Mon-Fri 09:00-12:30, Mon-Fri 13:30-17:00".',
    )


class Hours:
    """A shop's business hours. The calendar is built once and grows when asked about other years."""

    def __init__(self, text: str, zone: ZoneInfo, holidays: tuple[str, ...] = ()) -> None:
        self._week = read_week(text)
        self._zone = zone
        self._holidays = frozenset((_read_date(day) - _EPOCH).days for day in holidays)
        # (first and last second covered, starts of the open spans, their ends, seconds open before each)
        self._table: tuple[int, int, list[int], list[int], list[int]] = (0, 0, [], [], [])

    def business_seconds(self, start: int, end: int) -> int:
        """Business seconds from `start` to `end` (UTC seconds); 0 if `end` is not later."""
        start, end = max(0, min(start, _LATEST)), max(0, min(end, _LATEST))
        if end <= start:
            return 0
        table = self._table
        if not table[0] <= start or not end <= table[1]:
            table = self._table = self._extend(start, end)
        return _seconds_within(table, end) - _seconds_within(table, start)

    def working_day_after(self, now: int, days: int) -> int:
        """Noon of the `days`th working day after today in the shop's zone; `now` and result in UTC seconds.

        A working day has business hours and is not a holiday. The result is at most a year ahead.
        """
        today = datetime.fromtimestamp(now, UTC).astimezone(self._zone).date()
        for ahead in range(1, _FURTHEST):
            day = today + timedelta(days=ahead)
            days -= self._is_working_day(day)
            if not days:
                break
        return int(datetime.combine(day, time(12), self._zone).timestamp())

    def full_hour_after(self, now: int, seconds: int) -> int:
        """The first full hour (UTC seconds) by which that many business seconds have passed since `now`.

        The result is at most a fortnight ahead.
        """
        offset = self._offset(now) % _HOUR  # there are zones of half hours
        hour = now - (now + offset) % _HOUR + _HOUR
        last = hour + _FORTNIGHT * _HOUR
        hours = range(hour, last, _HOUR)
        return next((one for one in hours if self.business_seconds(now, one) >= seconds), last)

    def is_holiday(self, at: int) -> bool:
        """Whether a moment (UTC seconds) is on one of the shop's holidays."""
        day = datetime.fromtimestamp(at, UTC).astimezone(self._zone).date()
        return (day - _EPOCH).days in self._holidays

    def _is_working_day(self, day: date) -> bool:
        return bool(self._week[day.weekday()]) and (day - _EPOCH).days not in self._holidays

    def _extend(self, start: int, end: int) -> tuple[int, int, list[int], list[int], list[int]]:
        first, last, starts, _, _ = self._table
        margin = max(_MARGIN, last - first)  # doubling it keeps asking for one year after another cheap
        low = start - margin if not starts else min(first, start - margin)
        high = max(last, end + margin)
        spans = list(self._spans(low, high))
        sums = list(accumulate((b - a for a, b in spans), initial=0))
        return low, high, [a for a, _ in spans], [b for _, b in spans], sums

    def _spans(self, low: int, high: int) -> Iterator[tuple[int, int]]:
        """The open spans in UTC seconds, sorted."""
        for start, end, offset in self._offset_periods(low, high):
            for day in range((start + offset) // _DAY, (end + offset - 1) // _DAY + 1):
                if day in self._holidays:
                    continue
                midnight = day * _DAY - offset
                for opens, closes in self._week[(day + _WEEKDAY_OF_EPOCH) % 7]:
                    a, b = max(start, midnight + opens), min(end, midnight + closes)
                    if a < b:
                        yield a, b

    def _offset_periods(self, low: int, high: int) -> Iterator[tuple[int, int, int]]:
        """The periods with one offset from UTC: start, end, offset in seconds."""
        since, at, offset = low, low, self._offset(low)
        while at < high:
            then = min(at + _DAY, high)
            if self._offset(then) != offset:
                change = self._change(at, then)
                yield since, change, offset
                since, offset = change, self._offset(then)
            at = then
        yield since, high, offset

    def _change(self, low: int, high: int) -> int:
        """The first second of the new offset, between two moments with different offsets."""
        old = self._offset(low)
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if self._offset(middle) == old else (low, middle)
        return high

    def _offset(self, at: int) -> int:
        gap = datetime.fromtimestamp(at, UTC).astimezone(self._zone).utcoffset()
        assert gap is not None
        return int(gap.total_seconds())


def _seconds_within(table: tuple[int, int, list[int], list[int], list[int]], at: int) -> int:
    _, _, starts, ends, sums = table
    place = bisect_right(starts, at) - 1
    return sums[place] + min(at, ends[place]) - starts[place] if place >= 0 else 0


def _read_date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ConfigError(
            f"The holiday {text!r} is not a date.", todo='Write holidays as "2026-12-25".'
        ) from error
