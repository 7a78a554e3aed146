"""Dates as letters write them, in English, German, French and Spanish: "by Friday", "bis zum 8. Dezember"."""

import re
from collections.abc import Callable, Iterator
from datetime import datetime, time, timedelta
from typing import NamedTuple

from deskterm.domain.suggest.days import MONTHS, SHORTEST_DAY, WEEKDAYS, any_of
from deskterm.lazy_regex import lazy_regex

END_OF_DAY = time(17)
_NEAR = 12  # characters between a day and its hour
_PAST = timedelta(days=60)  # a date without a year this recent is in the past, else next year
_NUMBERS = {
    word: number
    for number, words in enumerate(
        (
            "one a an ein einem eine einer un une uno una",
            "two zwei deux dos",
            "three drei trois tres",
            "four vier quatre cuatro",
            "five fünf cinq cinco",
            "six sechs seis",
            "seven sieben sept siete",
            "eight acht huit ocho",
            "nine neun neuf nueve",
            "ten zehn dix diez",
        ),
        1,
    )
    for word in words.split()
}


_NUMBER = rf"\d{{1,2}}|{any_of(_NUMBERS)}"
_COUNT = rf"(?P<least>{_NUMBER})(?:\s*(?:-|–|to|bis|à|a)\s*(?P<most>{_NUMBER}))?"
_YEAR = r"(?:,?\s+(?:de\s+|del\s+)?(?P<year>\d{4}))?"


class DateInText(NamedTuple):
    """A date in a text, from `start` to `end`, and its moment. `timed`: an hour is named."""

    start: int
    end: int
    at: datetime
    timed: bool


def dates_in(text: str, now: datetime) -> list[DateInText]:
    """The future dates in a sentence, in order, without overlaps."""
    lowered = text.casefold() if len(text.casefold()) == len(text) else text.lower()
    found: list[tuple[int, int, datetime]] = []
    for pattern, moment in _RULES:
        for match in pattern.finditer(lowered):
            free = all(match.end() <= start or end <= match.start() for start, end, _ in found)
            day = moment(match, now) if free and not _is_past(lowered, match) else None
            if day is not None:
                found.append((match.start(), match.end(), day))
    return list(_with_times(lowered, sorted(found), now))


def _with_times(text: str, days: list[tuple[int, int, datetime]], now: datetime) -> Iterator[DateInText]:
    clock = next((one for one in map(_clock, _CLOCK.finditer(text)) if one), None)
    if not days and clock is not None:
        at = _at(now, clock[2])
        if at > now:
            yield DateInText(clock[0], clock[1], at, timed=True)
    for start, end, day in days:
        near = clock is not None and max(clock[0] - end, start - clock[1]) < _NEAR
        at = _at(day, clock[2] if near and clock else END_OF_DAY)
        if at > now or day.date() == now.date():
            yield DateInText(start, end, at, timed=near)


def _is_past(text: str, match: re.Match[str]) -> bool:
    """Whether the words next to a date say that it is past."""
    before, after = text[max(0, match.start() - 14) : match.start()], text[match.end() : match.end() + 10]
    return _BEHIND.search(before) is not None or _BEHIND_AFTER.match(after) is not None


_BEHIND = lazy_regex(
    r"\b(?:last|since|letzte[nrm]?|seit|depuis|desde|am letzten|vergangene[nr]?|ago)\W*(?:\w+\W+)?$"
)
_BEHIND_AFTER = lazy_regex(r"\s*(?:dernier|pasado|ago)\b")


def _day_of_month(match: re.Match[str], now: datetime) -> datetime | None:
    """The date of a day and month; without a year, the one closest to today."""
    return _date(now, match["year"], MONTHS[match["month"]], int(match["day"]))


def _numeric(match: re.Match[str], now: datetime) -> datetime | None:
    day, month = int(match["day"]), int(match["month"])
    if month > 12 >= day and match["mark"] == "/":  # noqa: PLR2004 - a month first, as in America
        day, month = month, day
    year = match["year"]
    return _date(now, f"20{year}" if year and len(year) == 2 else year, month, day)  # noqa: PLR2004 - 08.12.26


def _date(now: datetime, year: str | None, month: int, day: int) -> datetime | None:
    try:
        found = now.replace(year=int(year) if year else now.year, month=month, day=day)
        if not year and found.date() < now.date():
            found = found.replace(year=now.year + 1) if now - found > _PAST else found
    except ValueError:
        return None
    return found if found.date() >= now.date() else None


def _weekday(match: re.Match[str], now: datetime) -> datetime:
    return now + timedelta(days=(WEEKDAYS[match["weekday"]] - now.weekday()) % 7)


def _span(match: re.Match[str], now: datetime) -> datetime:
    """The date some days or weeks ahead; working days skip weekends. Of a range, the later end counts."""
    word = match["most"] or match["least"]
    count = int(word) if word.isdigit() else _NUMBERS[word]
    unit = match["unit"][0]
    if unit in "hs" and not match["unit"].startswith("sem"):  # hours: heures, horas, Stunden
        return now + timedelta(hours=count)
    if unit == "w" or match["unit"].startswith("sem"):
        return now + timedelta(weeks=count)
    return _working_days(now, count) if match["working"] else now + timedelta(days=count)


def _working_days(now: datetime, count: int) -> datetime:
    day = now
    while count > 0:
        day += timedelta(days=1)
        count -= day.weekday() < 5  # noqa: PLR2004 - Saturday
    return day


def _end_of_week(_: re.Match[str], now: datetime) -> datetime:
    return now + timedelta(days=(4 - now.weekday()) % 7)


def _end_of_month(_: re.Match[str], now: datetime) -> datetime:
    return (now.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def _days(count: int) -> "_Moment":
    return lambda _, now: now + timedelta(days=count)


_Moment = Callable[[re.Match[str], datetime], datetime | None]
_WORKING = r"(?P<working>working |business |werk|arbeits)?"
_WORKING_AFTER = r"(?P<working> ouvrés| ouvrables| laborables| hábiles)?"
_MONTH, _WEEKDAY = any_of(MONTHS), any_of(WEEKDAYS, shortest=SHORTEST_DAY)


def _rule(moment: "_Moment", *patterns: str) -> tuple[re.Pattern[str], "_Moment"]:
    """One rule: patterns for the ways to write one kind of date."""
    return lazy_regex(rf"\b(?:{'|'.join(patterns)})"), moment


_RULES: tuple[tuple[re.Pattern[str], _Moment], ...] = (
    _rule(
        _day_of_month,
        rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th|er|\.)?\s+(?:of\s+|de\s+)?(?P<month>{_MONTH})\b\.?{_YEAR}",
    ),
    _rule(_day_of_month, rf"(?P<month>{_MONTH})\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b(?!:\d){_YEAR}"),
    _rule(_numeric, r"(?P<year>\d{4})(?P<mark>-)(?P<month>\d{2})-(?P<day>\d{2})\b"),
    _rule(
        _numeric,
        r"(?P<day>\d{1,2})(?P<mark>[./])(?P<month>\d{1,2})"
        r"(?:[./](?P<year>\d{4}|\d{2})\b|\.(?!\d)|(?=[\s,;)!]|$))",
    ),
    _rule(_days(2), r"day after tomorrow\b", r"übermorgen\b", r"après-demain\b", r"pasado mañana\b"),
    _rule(_days(1), r"tomorrow\b", r"(?<!guten )morgen\b", r"demain\b", r"(?<!la )mañana\b"),
    _rule(_days(0), r"today\b", r"tonight\b", r"heute\b", r"aujourd['’]hui\b", r"hoy\b"),
    _rule(
        _end_of_week,
        r"end of (?:the |this )?week\b",
        r"ende (?:der|dieser) woche\b",
        r"fin de (?:la|cette) semaine\b",
        r"final(?:es)? de (?:la |esta )?semana\b",
    ),
    _rule(
        _end_of_month,
        r"end of (?:the |this )?month\b",
        r"ende des monats\b",
        r"monatsende\b",
        r"fin (?:du|de ce) mois\b",
        r"fin(?:al)?(?:es)? de(?:l| este)? ?mes\b",
    ),
    _rule(
        _span,
        rf"(?:within|in|innerhalb)(?: of| von)?(?: the next| den nächsten| next)? {_COUNT} {_WORKING}"
        r"(?P<unit>days?|weeks?|hours?|tage?n?|wochen?|stunden?)\b",
    ),
    _rule(
        _span,
        rf"(?:sous|dans|d['’]ici|en|dentro de)(?: les)? {_COUNT} "
        rf"(?P<unit>jours?|semaines?|heures?|días?|semanas?|horas?){_WORKING_AFTER}\b",
    ),
    _rule(_weekday, rf"(?P<weekday>{_WEEKDAY})\b"),
)
_CLOCK = lazy_regex(
    r"(?<![\d.])(?P<hour>\d{1,2})(?:[:.](?P<minute>\d{2}))?\s*"
    r"(?:(?P<half>am|pm)\b|uhr\b|h(?:\s?(?P<after>\d{2}))?\b|(?<=:\d\d)\b)"
)


def _clock(match: re.Match[str]) -> tuple[int, int, time] | None:
    hour, minute = int(match["hour"]), int(match["minute"] or match["after"] or 0)
    if match["half"] == "pm" and hour < 12:  # noqa: PLR2004 - noon
        hour += 12
    try:
        return match.start(), match.end(), time(hour, minute)
    except ValueError:
        return None


def _at(day: datetime, clock: time) -> datetime:
    return datetime.combine(day.date(), clock, day.tzinfo)
