"""Formatting dates, times, ages, numbers and money in English, with the conventions of the owner's locale.

The locale decides order and separators: `de_DE` gives 7 Nov 2025 and 1.234,50 €, `en_US` gives Nov 7, 2025
and €1,234.50. Times are UTC seconds, shown in the shop's zone. Ages, times and days, which lists need at
the first paint, are formatted here; babel, which is slow to load, is only used for numbers and money.
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
_YEAR_IS_OBVIOUS = 300  # days


class Formats:
    """Formats everything that screens, replies and reports show.

    `locale` is like `en_GB` or `de_DE` (its language is ignored: words are English), `zone` is an IANA name.
    Raises ConfigError for an unknown zone.
    """

    def __init__(self, locale: str, zone: str) -> None:
        self.locale = locale.replace("-", "_").split(".")[0]
        self.zone = _zone(zone)
        territory = self.locale.rpartition("_")[2].upper()
        self._month_first = territory in _MONTH_FIRST
        self._twelve = territory in _TWELVE_HOURS

    def local(self, at: int) -> datetime:
        """The moment in the owner's zone, limited to the years that Python's datetime can represent."""
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

    def day_or_none(self, at: int | None) -> str:
        """The same, `?` for a day that could not be read."""
        return "?" if at is None else self.day(at)

    def weekday(self, at: int) -> str:
        """`Friday`."""
        return _DAYS[self.local(at).weekday()]

    def time(self, at: int) -> str:
        """`01:31`, or `1:31 AM` in locales with a twelve-hour clock."""
        local = self.local(at)
        if not self._twelve:
            return f"{local.hour:02}:{local.minute:02}"
        return f"{local.hour % _NOON or _NOON}:{local.minute:02} {'AM' if local.hour < _NOON else 'PM'}"

    def moment(self, at: int, now: int) -> str:
        """`today 01:31`, `yesterday 17:20`, `12 Nov 09:02`; `7 Nov 2025` if it is more than 300 days away."""
        away = self.local(at).toordinal() - self.local(now).toordinal()
        near = {0: "today", -1: "yesterday", 1: "tomorrow"}.get(away)
        if near is None and abs(away) > _YEAR_IS_OBVIOUS:
            return self.date(at)
        return f"{near or self.day(at)} {self.time(at)}"

    def ahead(self, at: int, now: int) -> str:
        """A future moment, with its weekday: `tomorrow 09:00`, `Mon 24 Nov 09:00`."""
        moment = self.moment(at, now)
        near = moment.startswith(("today", "tomorrow"))
        return moment if near else f"{self.weekday(at)[:3]} {moment}"

    def for_letters(self, language: str) -> "LetterFormats":
        """Formats for letters in a language (ISO 639-1)."""
        return LetterFormats(self, language)

    def money(self, money: "Money") -> str:
        """`€98.00`, with as many digits as the currency has."""
        from deskterm.domain.money import as_decimal  # noqa: PLC0415 - as babel below

        numbers = _babel().numbers
        return str(numbers.format_currency(as_decimal(money), money.currency, locale=_english(self.locale)))

    def is_country(self, code: str) -> bool:
        """Whether these are the two letters of a country or territory (ISO 3166)."""
        return code in _babel().Locale("en").territories and code not in _NO_COUNTRY

    @staticmethod
    def country_code(name: str) -> str:
        """The code of the country of that name, in one of ten languages, or of that code; "" for none."""
        return _country_codes().get(name.strip(" .").casefold(), "")

    def money_or_none(self, money: "Money | None") -> str:
        """The same, `?` for an amount that could not be read."""
        return "?" if money is None else self.money(money)

    def money_list(self, amounts: Iterable["Money"]) -> str:
        """`€184.50, US$20.00`: amounts in the order given, usually one per currency."""
        return ", ".join(map(self.money, amounts))

    def number(self, value: float, digits: int = 0) -> str:
        """`1,234`, rounded half up to `digits` decimals."""
        pattern = f"#,##0.{'0' * digits}"
        return str(
            _babel().numbers.format_decimal(
                _round_half_up(value, digits), pattern, locale=_english(self.locale)
            )
        )

    @staticmethod
    def age(seconds: float) -> str:
        """`now` (under a minute), `12m`, `9h`, `3d`, `4y` (from 1,000 days): short, for lists."""
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
        """`9h 12m`, `40m`, `2d 4h`: the two largest units."""
        minutes = int(seconds // _MINUTE)
        hours, minutes = divmod(minutes, 60)
        days, hours = divmod(hours, 24)
        parts = [f"{count}{unit}" for count, unit in ((days, "d"), (hours, "h"), (minutes, "m")) if count]
        if days:
            parts = [part for part in parts if not part.endswith("m")]
        return " ".join(parts) or ("0m" if seconds <= 0 else "under 1m")


@dataclass(frozen=True, slots=True)
class LetterFormats:
    """Formats dates and money in a customer's language and the shop's zone."""

    shop: Formats
    language: str

    def date(self, at: int) -> str:
        """`8. Dezember 2026`, `8 décembre 2026`, `1er décembre 2026`."""
        day = self.shop.local(at).date()
        from babel.dates import format_date  # noqa: PLC0415 - as above

        words = str(format_date(day, "long", locale=self.language))
        return words.replace("1 ", "1er ", 1) if self.language == "fr" and day.day == 1 else words

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


def _round_half_up(value: float, digits: int) -> "Decimal":
    from decimal import ROUND_HALF_UP, Decimal  # noqa: PLC0415 - as babel

    return Decimal(str(value)).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)


@lru_cache(maxsize=8)
def _english(locale: str) -> str:
    """Babel's locale for a setting: `en_DE` for `de_DE`, else the locale itself, else world English."""
    known = _babel().localedata.exists
    english = f"en_{locale.rpartition('_')[2].upper()}"
    return next((name for name in (english, locale) if known(name)), "en_001")


_NO_COUNTRY = frozenset({"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"})  # in CLDR's table, and none


_MORE_COUNTRIES = {
    "usa": "US", "u.s.a": "US", "united states of america": "US", "uk": "GB", "great britain": "GB",
    "england": "GB", "scotland": "GB", "wales": "GB", "the netherlands": "NL", "holland": "NL",
}  # fmt: skip


@lru_cache(maxsize=1)
def _country_codes() -> dict[str, str]:
    """The codes of countries by their names and by themselves, in small letters."""
    found: dict[str, str] = {}
    for language in ("ja", "da", "sv", "pt", "pl", "nl", "it", "es", "fr", "de", "en"):
        names = _babel().Locale(language).territories.items()
        codes = {code: name for code, name in names if code.isalpha() and code not in _NO_COUNTRY}
        found |= {name.casefold(): code for code, name in codes.items()}
    return found | {code.casefold(): code for code in found.values()} | _MORE_COUNTRIES


def _babel() -> "ModuleType":
    import babel.localedata  # noqa: PLC0415 - takes 0.1 s, which the first paint should not wait for
    import babel.numbers  # noqa: PLC0415

    return babel
