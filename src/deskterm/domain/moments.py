"""Moments for snoozing and for planned replies: those offered by the pickers, and parsing typed ones."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, time, timedelta

from deskterm.domain.business_hours import Spans
from deskterm.lazy_regex import lazy_regex

MORNING, EVENING = time(9), time(17)
_SOON = timedelta(minutes=30)  # "this morning" is not offered if it begins within this time
_LAST_HOUR = 15  # from this hour on "this evening" is not offered
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_FEWEST = 3  # letters of a weekday
_UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
_MONTH_NAMES = ("january", "february", "march", "april", "may", "june", "july", "august", "september",
                "october", "november", "december")  # fmt: skip
_MONTHS = tuple(name[:3] for name in _MONTH_NAMES)
TRIES = "fri 3pm, 3d, in two weeks, 25 Nov, end of month"
_SPAN = lazy_regex(r"(?:in )?(\d{1,3})\s*([mhdw])(?:in(?:ute)?s?|ours?|ays?|eeks?)?")
_DATE = lazy_regex(r"(\d{1,2})\.? ([a-z]{3})[a-z]*|([a-z]{3})[a-z]* (\d{1,2})")
_ORDINAL = lazy_regex(r"\b(\d{1,2})(?:st|nd|rd|th)\b")
_NUMBERED = lazy_regex(r"(\d{1,2})\.([1-9]|1[0-2])(?:\.(\d{4})?)?")  # a day and its month
_CLOCK = lazy_regex(r"(\d{1,2}):(\d{2})|(\d{1,2})\.(0\d|1[3-9]|[2-5]\d)")  # `9.12` is a day of December
_HALVES = lazy_regex(r"\b(1[0-2]|0?[1-9])(?::([0-5]\d))?\s*([ap])\.?m\b\.?")
_PARTS_OF_DAY = {"morning": "9:00", "noon": "12:00", "midday": "12:00", "afternoon": "14:00",
                 "evening": "17:00", "tonight": "17:00"}  # fmt: skip
_PARTS = lazy_regex(rf"\b(?:this |in the |at )?({'|'.join(_PARTS_OF_DAY)})\b")
_ONE = lazy_regex(r"^(?:in )?an? ")
_WORDS = (
    "one two three four five six seven eight nine ten eleven twelve fourteen fifteen twenty thirty ninety"
)
_NUMBERS = dict(zip(_WORDS.split(), (*range(1, 13), 14, 15, 20, 30, 90), strict=True)) | {
    "a couple of": 2,
    "forty-five": 45,
}
_COUNTED = lazy_regex(rf"\b({'|'.join(_NUMBERS)}) (?=(?:min|hour|day|week|fortnight|month|year))")
_IN_ONE = {"half an hour": "30 minutes", "half a day": "12 hours", "half a year": "6 months",
           "fortnight": "2 weeks", "a fortnight": "2 weeks", "2 fortnights": "4 weeks"}  # fmt: skip
_MONTHS_ON = lazy_regex(r"(?:in )?(\d{1,2}) (month|year)s?")


def suggested_times(now: datetime) -> list[tuple[str, str, datetime]]:
    """The choices for a snooze: key, words and moment, no moment twice. `now` is in the owner's zone."""
    days = {"t": ("tomorrow", 1), "d": ("in three days", 3), "w": ("in a week", 7), "m": ("in a month", 30)}
    found = _today(now, MORNING)
    for key, (words, count) in days.items():
        found.append((key, words, _at(now + timedelta(days=count), MORNING)))
    monday = _at(now + timedelta(days=7 - now.weekday()), MORNING)
    if all(moment != monday for _, _, moment in found):
        found.append(("n", "next Monday", monday))
    return sorted(found, key=lambda choice: choice[2])


def send_times(now: datetime, week: Sequence[Spans]) -> list[tuple[str, str, datetime]]:
    """The same choices for a planned reply: mornings begin when the shop opens. `week` is from Monday."""
    tomorrow, monday = now + timedelta(days=1), now + timedelta(days=7 - now.weekday())
    found = [
        *_today(now, _opens(now, week)),
        ("t", "tomorrow morning", _at(tomorrow, _opens(tomorrow, week))),
    ]
    if monday.date() > tomorrow.date():
        found.append(("n", "Monday morning", _at(monday, _opens(monday, week))))
    return found


def _opens(day: datetime, week: Sequence[Spans]) -> time:
    """When the shop opens on a day; 9:00 if it is closed or open all night."""
    spans = week[day.weekday()]
    minutes = spans[0][0] // 60 if spans else 0
    return time(minutes // 60, minutes % 60) if minutes else MORNING


def _today(now: datetime, morning: time) -> list[tuple[str, str, datetime]]:
    found = [("h", "in two hours", _whole(_after(now, timedelta(hours=2))))]
    if _at(now, morning) - now > _SOON:
        found.append(("a", "this morning", _at(now, morning)))
    if now.hour < _LAST_HOUR:
        found.append(("e", "this evening", _at(now, EVENING)))
    return sorted(found, key=lambda choice: choice[2])


def _after(now: datetime, span: timedelta) -> datetime:
    """`now` plus elapsed time, which is not what the clock shows on the day the clocks change."""
    return (now.astimezone(UTC) + span).astimezone(now.tzinfo)


def parse_moment(typed: str, now: datetime) -> datetime | None:
    """The moment for `3d`, `in 2 h`, `fri 14:00`, `14:30`, `25 Nov` or `end of month`.

    None if it is in the past or cannot be understood. `if no answer by Friday` and `7d unless they write`
    mean that day, since an answer ends a snooze anyway.
    """
    words = _plain_words(_UNLESS.sub("", _UNLESS_FIRST.sub("", typed.strip().lower())))
    span = _SPAN.fullmatch(words)
    if months := _MONTHS_ON.fullmatch(words):
        return _in_months(now, int(months[1]) * (12 if months[2] == "year" else 1))
    if not words or (span and not int(span[1])):
        return None
    if span:
        length = timedelta(**{_UNITS[span[2]]: int(span[1])})
        return _at(now + length, MORNING) if span[2] in "dw" else _whole(_after(now, length))
    day, _, clock = words.rpartition(" ") if _CLOCK.fullmatch(words.rpartition(" ")[2]) else (words, "", "")
    hour = _clock(clock) if clock else MORNING
    date = _day(day, now) if day else now
    if hour is None or date is None:
        return None
    moment = _at(date, hour)
    if not day and moment <= now:
        moment += timedelta(days=1)
    elif not clock and moment <= now:  # today was named: only its evening is left
        moment = _at(date, EVENING)
    return moment if moment > now else None


def _plain_words(words: str) -> str:
    """Rewrite words as numbers: `fri 3pm` as `fri 15:00`, `this evening` as `17:00`."""
    words = _HALVES.sub(lambda found: _by_halves(*found.groups()), words)
    words = _PARTS.sub(lambda found: _PARTS_OF_DAY[found[1]], words)
    words = _COUNTED.sub(lambda found: f"{_NUMBERS[found[1]]} ", words)
    words = _IN_ONE.get(words.removeprefix("in "), words)
    return _ONE.sub("in 1 ", words).replace(" at ", " ")


def _by_halves(hour: str, minute: str | None, half: str) -> str:
    return f"{int(hour) % 12 + 12 * (half == 'p')}:{minute or '00'}"


def _in_months(now: datetime, months: int) -> datetime | None:
    """The same day that many months later, or the last day of a shorter month."""
    if not months:
        return None
    year, month = divmod(now.month - 1 + months, 12)
    first = now.replace(year=now.year + year, month=month + 1, day=1)
    return _at(first.replace(day=min(now.day, _end_of_month(first).day)), MORNING)


def _end_of_month(now: datetime) -> datetime:
    return (now.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def _next_month(now: datetime) -> datetime:
    return _end_of_month(now) + timedelta(days=1)


def _weekend(now: datetime) -> datetime:
    return now + timedelta(days=(5 - now.weekday()) % 7)


def _end_of_week(now: datetime) -> datetime:
    return now + timedelta(days=(4 - now.weekday()) % 7)


_PLAIN: dict[str, Callable[[datetime], datetime]] = {
    "today": lambda now: now,
    "tomorrow": lambda now: now + timedelta(days=1),
    "day after tomorrow": lambda now: now + timedelta(days=2),
    "weekend": _weekend,
    "this weekend": _weekend,
    "end of month": _end_of_month,
    "end of the month": _end_of_month,
    "eom": _end_of_month,
    "end of week": _end_of_week,
    "end of the week": _end_of_week,
    "eow": _end_of_week,
    "next week": lambda now: now + timedelta(days=7 - now.weekday()),
    "next month": _next_month,
    "end of year": lambda now: now.replace(month=12, day=31),
    "end of the year": lambda now: now.replace(month=12, day=31),
}
_UNLESS_FIRST = lazy_regex(
    r"^(?:(?:if no (?:answer|reply)|if they (?:do not|don't) (?:answer|write)|unless they (?:answer|write))"
    r"(?: by| until)?|until|by)\s+"
)
_UNLESS = lazy_regex(
    r"\s+(?:unless (?:they|the customer) (?:writes?|answers?|repl(?:y|ies))|unless answered|if no answer)$"
)


def _day(words: str, now: datetime) -> datetime | None:
    words = words.removeprefix("on ").removeprefix("the ")
    if words in _PLAIN:
        return _PLAIN[words](now)
    words = words.removeprefix("next ").removeprefix("in ")
    place = next((at for at, name in enumerate(_WEEKDAYS) if name.startswith(words)), None)
    if place is not None and len(words) >= _FEWEST:
        return now + timedelta(days=(place - now.weekday()) % 7 or 7)
    try:
        return _day_by_number(words, now)
    except ValueError:  # there is no such day
        return None


def _day_by_number(words: str, now: datetime) -> datetime:
    """`15th`, `march`, `25.12.`, `25 Nov` or `2026-11-25`. Raises ValueError for other words."""
    if found := _ORDINAL.fullmatch(words):
        return _next_with_number(int(found[1]), now)
    if len(words) >= _FEWEST and any(name.startswith(words) for name in _MONTH_NAMES):
        return _next(1, words[:3], now)
    words = _ORDINAL.sub(r"\1", words)
    if found := _NUMBERED.fullmatch(words):
        return _numbered_day(int(found[1]), int(found[2]), found[3], now)
    if found := _DATE.fullmatch(words):
        return _next(int(found[1] or found[4]), found[2] or found[3], now)
    return datetime.fromisoformat(words).replace(tzinfo=now.tzinfo)


def _next_with_number(day: int, now: datetime) -> datetime:
    """The next day of that number from tomorrow on. Raises ValueError without one in two months."""
    month = now if day > now.day else _next_month(now)
    if day > _end_of_month(month).day:
        month = _next_month(month)
    return month.replace(day=day)


def _next(day: int, month: str, now: datetime) -> datetime:
    """The next such day from today on. Raises ValueError if the month has no such day."""
    return _numbered_day(day, _MONTHS.index(month) + 1, "", now)


def _numbered_day(day: int, month: int, year: str | None, now: datetime) -> datetime:
    if year:
        return now.replace(year=int(year), month=month, day=day)
    moment = now.replace(month=month, day=day)
    return moment if moment.date() >= now.date() else moment.replace(year=now.year + 1)


def _clock(words: str) -> time | None:
    found = _CLOCK.fullmatch(words)
    try:
        return time(int(found[1] or found[3]), int(found[2] or found[4])) if found else None
    except ValueError:
        return None


def _at(day: datetime, clock: time) -> datetime:
    return datetime.combine(day.date(), clock, day.tzinfo)


def _whole(moment: datetime) -> datetime:
    return moment.replace(second=0, microsecond=0)


def iso_week(at: int) -> str:
    """The ISO week of a moment (UTC seconds), in UTC: `2026-W46`."""
    year, week, _ = datetime.fromtimestamp(at, UTC).isocalendar()
    return f"{year}-W{week:02}"
