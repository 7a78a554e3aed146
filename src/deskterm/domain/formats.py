"""Dates, times, ages, numbers and money as the owner writes them, in English words.

The locale gives the order and the separators: `de_DE` writes 7 Nov 2025 and 1.234,50 €,
`en_US` writes Nov 7, 2025 and €1,234.50. Times are UTC seconds and shown in the zone.
What a list needs at the first paint (ages, times, days) is written here; only
numbers and money ask babel, which is imported when the first is written.
"""

from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from deskterm.errors import ConfigError
from deskterm.value_class import dataclass

if TYPE_CHECKING:
    from decimal import Decimal
    from types import ModuleType

    from deskterm.domain.orders.order import Money

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTH_FIRST = frozenset({"US", "CA", "PH"})
_TWELVE_HOURS = frozenset({"US", "CA", "AU", "NZ", "PH", "IN"})
_MINUTE, _HOUR, _DAY = 60, 3600, 86400
_MANY_DAYS = 1000
_NOON = 12
_FIRST, _LAST = -62_104_060_800, 253_370_764_799  # the years 2 to 9998: a zone and a day more stay inside
_YEAR_GOES_WITHOUT_SAYING = 300  # days


class Formats:
    """One writer for everything a screen, a reply or a report prints.

    `locale` is like `en_GB` or `de_DE` (its language is ignored: the words are
    English), `zone` an IANA name. Raises ConfigError for a zone that does not exist.
    """

    def __init__(self, locale: str, zone: str) -> None:
        self.locale = locale.replace("-", "_").split(".")[0]
        self.zone = _zone(zone)
        territory = self.locale.rpartition("_")[2].upper()
        self._month_first = territory in _MONTH_FIRST
        self._twelve = territory in _TWELVE_HOURS

    def local(self, at: int) -> datetime:
        """The moment on the owner's clock; one beyond the years that Python counts is at their end."""
        return datetime.fromtimestamp(min(max(at, _FIRST), _LAST), self.zone)

    def date(self, at: int) -> str:
        """`7 Nov 2025`, or `Nov 7, 2025` where the month goes first."""
        day = self.local(at)
        return f"{self.day(at)}{',' if self._month_first else ''} {day.year}"

    def day(self, at: int) -> str:
        """`7 Nov`."""
        local = self.local(at)
        month = _MONTHS[local.month - 1]
        return f"{month} {local.day}" if self._month_first else f"{local.day} {month}"

    def weekday(self, at: int) -> str:
        """`Friday`."""
        return _DAYS[self.local(at).weekday()]

    def time(self, at: int) -> str:
        """`01:31`, or `1:31 AM` where the clock has twelve hours."""
        local = self.local(at)
        if not self._twelve:
            return f"{local.hour:02}:{local.minute:02}"
        return f"{local.hour % _NOON or _NOON}:{local.minute:02} {'AM' if local.hour < _NOON else 'PM'}"

    def moment(self, at: int, now: int) -> str:
        """`today 01:31`, `yesterday 17:20`, `12 Nov 09:02`, and `7 Nov 2025` once the year matters."""
        away = self.local(at).toordinal() - self.local(now).toordinal()
        near = {0: "today", -1: "yesterday", 1: "tomorrow"}.get(away)
        if near is None and abs(away) > _YEAR_GOES_WITHOUT_SAYING:
            return self.date(at)
        return f"{near or self.day(at)} {self.time(at)}"

    def ahead(self, at: int, now: int) -> str:
        """A moment to come, with its weekday where that helps: `tomorrow 09:00`, `Mon 24 Nov 09:00`."""
        moment = self.moment(at, now)
        near = moment.startswith(("today", "tomorrow"))
        return moment if near else f"{self.weekday(at)[:3]} {moment}"

    def for_letters(self, language: str) -> "LetterFormats":
        """The same shop's dates and money as a letter in that language (ISO 639-1) writes them."""
        return LetterFormats(self, language)

    def money(self, money: "Money") -> str:
        """`€98.00`, with as many digits as the currency has."""
        from deskterm.domain.money import as_decimal  # noqa: PLC0415 - as babel below

        numbers = _babel().numbers
        return str(numbers.format_currency(as_decimal(money), money.currency, locale=_english(self.locale)))

    def money_list(self, amounts: Iterable["Money"]) -> str:
        """`€184.50, US$20.00`: one amount a currency, in the order given."""
        return ", ".join(map(self.money, amounts))

    def number(self, value: float, digits: int = 0) -> str:
        """`1,234`, rounded half up to `digits` after the point."""
        pattern = f"#,##0.{'0' * digits}"
        return str(
            _babel().numbers.format_decimal(_round_age(value, digits), pattern, locale=_english(self.locale))
        )

    @staticmethod
    def age(seconds: float) -> str:
        """`12m`, `9h`, `3d`, `4y` from 1,000 days: how long, for the edge of a list. `now` under a minute."""
        if seconds < _MINUTE:
            return "now"
        if seconds < _HOUR:
            return f"{int(seconds // _MINUTE)}m"
        if seconds < _DAY:
            return f"{int(seconds // _HOUR)}h"
        days = int(seconds // _DAY)
        return f"{days}d" if days < _MANY_DAYS else f"{days // 365}y"

    @staticmethod
    def duration(seconds: float) -> str:
        """`9h 12m`, `40m`, `2d 4h`: the two greatest parts, written as `age` writes the greatest."""
        minutes = int(seconds // _MINUTE)
        hours, minutes = divmod(minutes, 60)
        days, hours = divmod(hours, 24)
        parts = [f"{count}{unit}" for count, unit in ((days, "d"), (hours, "h"), (minutes, "m")) if count]
        if days:
            parts = [part for part in parts if not part.endswith("m")]
        return " ".join(parts) or ("0m" if seconds <= 0 else "under 1m")


@dataclass(frozen=True, slots=True)
class LetterFormats:
    """Dates and money in the customer's language, in the shop's zone."""

    shop: Formats
    language: str

    def date(self, at: int) -> str:
        """`8. Dezember 2026`, `8 décembre 2026`."""
        day = self.shop.local(at).date()
        return str(_babel().dates.format_date(day, "long", locale=self.language))

    def money(self, money: "Money") -> str:
        """`98,00 €`."""
        from deskterm.domain.money import as_decimal  # noqa: PLC0415 - as above

        amount = as_decimal(money)
        return str(_babel().numbers.format_currency(amount, money.currency, locale=self.language))


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ConfigError(
            f"There is no time zone called {name}.", todo="Write one like Europe/Berlin into config.toml."
        ) from error


def _round_age(value: float, digits: int) -> "Decimal":
    from decimal import ROUND_HALF_UP, Decimal  # noqa: PLC0415 - as babel

    return Decimal(str(value)).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)


@lru_cache(maxsize=8)
def _english(locale: str) -> str:
    """`de_DE` is written like `en_DE`; a country without an English of its own like itself, or the world."""
    known = _babel().localedata.exists
    english = f"en_{locale.rpartition('_')[2].upper()}"
    return next((name for name in (english, locale) if known(name)), "en_001")


def _babel() -> "ModuleType":
    import babel.dates  # noqa: PLC0415
    import babel.localedata  # noqa: PLC0415 - the one border: 0.1 s that the first paint need not wait for
    import babel.numbers  # noqa: PLC0415

    return babel
