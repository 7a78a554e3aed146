"""Dates, ages, numbers and money in the owner's order and with the owner's separators."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from babel.dates import format_date, format_time

from deskterm.domain.formats import Formats, LetterFormats
from deskterm.domain.orders.order import Money
from deskterm.errors import ConfigError

BRITISH = Formats("en_GB", "Europe/Berlin")
GERMAN = Formats("de_DE", "Europe/Berlin")
AMERICAN = Formats("en_US", "America/New_York")


def at(*moment, zone="Europe/Berlin"):
    return int(datetime(*moment, tzinfo=ZoneInfo(zone)).timestamp())


NOW = at(2025, 11, 21, 10, 43)


@pytest.mark.parametrize(
    ("moment", "shown"),
    [
        ((2025, 11, 21, 1, 31), "today 01:31"),
        ((2025, 11, 20, 17, 20), "yesterday 17:20"),
        ((2025, 11, 22, 9, 0), "tomorrow 09:00"),
        ((2025, 11, 12, 9, 2), "12 Nov 09:02"),
        ((2024, 11, 7, 9, 2), "7 Nov 2024"),
    ],
)
def test_a_time_is_shown_shorter_the_nearer_it_is(moment, shown):
    assert BRITISH.moment(at(*moment), NOW) == shown


def test_today_is_the_day_of_the_owners_zone():
    """23:30 UTC is tomorrow in Berlin already, and still today in New York."""
    late = at(2025, 11, 20, 23, 30, zone="UTC")
    assert BRITISH.moment(late, NOW) == "today 00:30"
    assert AMERICAN.moment(late, NOW) == "yesterday 6:30 PM"


def test_an_american_puts_the_month_first_and_counts_twelve_hours():
    assert AMERICAN.date(NOW) == "Nov 21, 2025"
    assert AMERICAN.day(NOW) == "Nov 21"
    assert [AMERICAN.time(at(2025, 1, 1, hour, 5, zone="America/New_York")) for hour in (0, 11, 12, 13)] == [
        "12:05 AM",
        "11:05 AM",
        "12:05 PM",
        "1:05 PM",
    ]


@pytest.mark.parametrize("locale", ["en_GB", "en_DE", "en_FR", "en_US", "en_NL", "en_IE", "en_PH", "en_SE"])
def test_dates_written_without_babel_are_those_babel_would_write(locale):
    formats, moment = Formats(locale, "UTC"), datetime(2025, 11, 7, 15, 4, tzinfo=ZoneInfo("UTC"))
    assert formats.date(int(moment.timestamp())) == format_date(moment, "medium", locale)
    plain = format_time(moment, "short", locale=locale).replace("\u202f", " ").replace("\xa0", " ")
    assert formats.time(int(moment.timestamp())).casefold() == plain.casefold()


def test_money_has_the_owners_separators_and_the_currencys_digits():
    assert BRITISH.money(Money(123450, "EUR")) == "€1,234.50"
    assert GERMAN.money(Money(123450, "EUR")) == "1.234,50\xa0€"
    assert BRITISH.money(Money(-450, "GBP")) == "-£4.50"
    assert BRITISH.money(Money(1200, "JPY")) == "JP¥1,200"
    assert Formats("ja_JP", "Asia/Tokyo").money(Money(1200, "JPY")) in ("¥1,200", "￥1,200")


def test_several_currencies_are_shown_side_by_side():
    assert BRITISH.money_list([Money(18450, "EUR"), Money(2000, "USD")]) == "€184.50, US$20.00"


def test_numbers_are_rounded_half_up():
    assert (BRITISH.number(1234.5), GERMAN.number(1234.25, 1)) == ("1,235", "1.234,3")


@pytest.mark.parametrize(
    ("seconds", "age", "duration"),
    [
        (0, "now", "0m"),
        (59, "now", "under 1m"),
        (60, "1m", "1m"),
        (40 * 60, "40m", "40m"),
        (9 * 3600 + 12 * 60, "9h", "9h 12m"),
        (24 * 3600 - 1, "23h", "23h 59m"),
        (3 * 86400 + 4 * 3600 + 60, "3d", "3d 4h"),
        (2 * 86400, "2d", "2d"),
        (999 * 86400, "999d", "999d"),
        (4380 * 86400, "12y", "4380d"),
    ],
)
def test_ages_are_short_and_durations_whole(seconds, age, duration):
    assert (Formats.age(seconds), Formats.duration(seconds)) == (age, duration)


def test_a_zone_that_does_not_exist_is_named():
    with pytest.raises(ConfigError, match="Mars/Olympus"):
        Formats("en_GB", "Mars/Olympus")


@pytest.mark.parametrize("locale", ["C", "xx_YY", "en-GB", "de_DE.UTF-8", ""])
def test_an_odd_locale_still_works(locale):
    formats = Formats(locale, "UTC")
    assert formats.date(0) == "1 Jan 1970"
    assert "1" in formats.money(Money(100, "EUR"))


@pytest.mark.parametrize("zone", ["Asia/Tokyo", "America/New_York"])
@pytest.mark.parametrize(("moment", "year"), [(253_402_300_799, 9998), (-62_135_596_800, 1), (2**62, 9998)])
def test_a_time_far_in_the_future_is_shown_as_the_last_year(zone, moment, year):
    formats = Formats("en_GB", zone)
    assert abs(formats.local(moment).year - year) <= 1
    assert formats.moment(moment, NOW) == formats.date(moment)


@pytest.mark.parametrize(
    ("language", "day", "written"),
    [
        ("fr", 1, "1er décembre 2026"),
        ("fr", 11, "11 décembre 2026"),
        ("de", 1, "1. Dezember 2026"),
        ("es", 1, "1 de diciembre de 2026"),
    ],
)
def test_a_letter_writes_a_date_as_its_language_does(language, day, written):
    assert LetterFormats(BRITISH, language).date(at(2026, 12, day)) == written
