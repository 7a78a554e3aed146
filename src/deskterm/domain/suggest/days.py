"""Finding days in a customer's mail: `by Friday`, `am 14. Dezember`, `avant le 3/12`, each with its place.

An ambiguous day (`3/4`) is found but gets no date.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from deskterm.lazy_regex import lazy_regex
from deskterm.value_class import dataclass

_DAY_NAMES = (
    "monday mon montag lundi lunes lunedì maandag segunda-feira poniedziałek poniedziałku måndag mandag",
    "tuesday tue tues dienstag mardi martes martedì dinsdag terça-feira wtorek wtorku tisdag tirsdag",
    "wednesday wed mittwoch mercredi miércoles miercoles mercoledì woensdag quarta-feira środę środy onsdag",
    "thursday thu thurs donnerstag jeudi jueves giovedì donderdag quinta-feira czwartek czwartku torsdag",
    "friday fri freitag vendredi viernes venerdì vrijdag sexta-feira piątek piątku fredag",
    "saturday sat samstag sonnabend samedi sábado sabado sabato zaterdag sobota sobotę soboty lördag lørdag",
    "sunday sun sonntag dimanche domingo domenica zondag niedziela niedzielę niedzieli söndag søndag",
)
_MONTH_NAMES = (
    "january jan januar jänner janvier enero gennaio januari janv ene janeiro stycznia",
    "february feb februar février fevrier febrero febbraio februari févr fevereiro lutego",
    "march mar märz maerz mars marzo mär maart março marca marts",
    "april apr avril abril avr abr aprile kwietnia",
    "may mai mayo maggio mei maio maja maj",
    "june jun juni juin junio giugno junho czerwca",
    "july jul juli juillet juil julio luglio julho lipca",
    "august aug août aout agosto augustus sierpnia augusti",
    "september sep sept septembre septiembre settembre setembro września",
    "october oct oktober okt octobre octubre ottobre outubro października",
    "november nov novembre noviembre novembro listopada",
    "december dec dezember dez décembre déc dic decembre diciembre dicembre dezembro grudnia",
)
WEEKDAYS = {word: at for at, words in enumerate(_DAY_NAMES) for word in words.split()}
MONTHS = {word: at for at, words in enumerate(_MONTH_NAMES, 1) for word in words.split()}


def any_of(words: Iterable[str], *, shortest: int = 1) -> str:
    """An expression for any of these words, if it has that many letters."""
    listed = sorted((word for word in words if len(word) >= shortest), key=len, reverse=True)
    return "|".join(listed)


SHORTEST_DAY = 4  # letters: `sun` and `mon` mean other things as well
_DAY, _MONTH = any_of(WEEKDAYS, shortest=SHORTEST_DAY), any_of(MONTHS, shortest=3)
_YEAR = r"(?:[.,]?\s+(?:de\s+)?(?P<{0}>20\d\d))?"
_NAMED = lazy_regex(
    rf"\b(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th|er|º)?\.?(?:\s+(?:of|de))?\s+(?P<month>{_MONTH})\b"
    + _YEAR.format("year")
    + rf"|(?P<month2>{_MONTH})\.?\s+(?:the\s+)?(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?\b(?![:.]\d)"
    + _YEAR.format("year2")
    + r"|(?P<iso>20\d\d-\d\d-\d\d)\b"
    r"|(?P<d>\d{1,2})(?P<sep>[./])(?P<m>\d{1,2})(?:(?P=sep)(?P<y>20\d\d|\d\d)\b|(?P=sep)?(?![\d.,/]{0,20}\d))"
    rf"|(?P<weekday>{_DAY})\b"
    r"|(?P<jm>\d{1,2})月(?P<jd>\d{1,2})日"
    # only the day of a month: the 14th, am 22.
    r"|(?:(?<=\bthe )(?P<th>\d{1,2})(?:st|nd|rd|th)\b|(?<=\bam )(?P<dot>\d{1,2})\.(?!\s?\d)(?=\s|$))"
    r"|(?P<eve>christmas(?: eve| day)?|xmas|weihnachten|heiligabend|noël|navidad|natale|kerst(?:mis)?)\b"
    r"|(?<!guten )(?<!heute )(?<!gestern )(?<!la )(?<!esta )(?<!goede )"
    r"(?P<next>tomorrow|morgen|demain|mañana|domani)\b)",
    re.IGNORECASE,
)
_AGO = timedelta(days=60)  # a date without a year that is longer past means the next year's
_CHRISTMAS = (12, 24)
_MONTHS_A_YEAR = 12


@dataclass(frozen=True, slots=True)
class NamedDay:
    """A day in a text from `start` to `end`; `day` is None if it is ambiguous."""

    start: int
    end: int
    day: date | None


def named_days(text: str, written: date) -> Iterator[NamedDay]:
    """The days a text names, in order; `written` is the day on which it was written."""
    for found in _NAMED.finditer(text):
        try:
            day = _resolve(found, written)
        except ValueError:  # the 31st of June, half past 25
            continue
        yield NamedDay(found.start(), found.end(), day)


def _resolve(found: re.Match[str], written: date) -> date | None:
    if found["iso"]:
        return date.fromisoformat(found["iso"])
    if found["d"]:
        return _by_numbers(found, written)
    if day := _without_month(found, written):
        return day
    name = found["month"] or found["month2"]
    month = MONTHS[name.lower()] if name else int(found["jm"])
    year = int(found["year"] or found["year2"] or 0)
    return _nearest(month, int(found["day"] or found["day2"] or found["jd"]), year, written)


def _without_month(found: re.Match[str], written: date) -> date | None:
    """`Friday`, `tomorrow`, `Christmas`, `the 14th`: the next such day. None for a day with its month."""
    if found["weekday"]:
        ahead = (WEEKDAYS[found["weekday"].lower()] - written.weekday()) % 7
        return written + timedelta(days=ahead or 7)
    if found["next"]:
        return written + timedelta(days=1)
    if found["eve"]:
        return _nearest(*_CHRISTMAS, 0, written)
    number = found["th"] or found["dot"]
    return _next_such_day(int(number), written) if number else None


def _next_such_day(day: int, written: date) -> date:
    """The next day with that number in its month, today at the earliest."""
    months = written.month - (day >= written.day)
    return date(written.year + months // _MONTHS_A_YEAR, months % _MONTHS_A_YEAR + 1, day)


def _by_numbers(found: re.Match[str], written: date) -> date | None:
    """`14.12.` and `14/12/26`: day first, unless only month first is a date; None for `3/4`."""
    day, month, year = int(found["d"]), int(found["m"]), int(found["y"] or 0)
    year += 2000 if 0 < year < 100 else 0  # noqa: PLR2004 - two digits
    if found["sep"] == "/":
        if month > _MONTHS_A_YEAR:
            day, month = month, day
        elif day <= _MONTHS_A_YEAR and day != month:
            date(year or written.year, month, day)
            return None
    return _nearest(month, day, year, written)


def _nearest(month: int, day: int, year: int, written: date) -> date:
    """The day in its year; without a year in this year, or in the next if this year's is long past."""
    meant = date(year or written.year, month, day)
    return meant.replace(year=meant.year + 1) if not year and meant < written - _AGO else meant
