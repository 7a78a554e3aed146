"""Business hours, checked against counting minute by minute."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deskterm.domain.business_hours import Hours, read_week
from deskterm.errors import ConfigError

BERLIN = ZoneInfo("Europe/Berlin")
ZONES = ("Europe/Berlin", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe", "UTC")
HOUR = 3600


def utc(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp())


def berlin(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=BERLIN).timestamp())


def counted(spec: str, zone: ZoneInfo, holidays: tuple[str, ...], start: int, end: int) -> int:
    """Minutes whose wall clock time is open, each asked by itself."""
    week, open_minutes = read_week(spec), 0
    for minute in range(start, end, 60):
        wall = datetime.fromtimestamp(minute, UTC).astimezone(zone)
        of_day = wall.hour * HOUR + wall.minute * 60
        if wall.date().isoformat() not in holidays:
            open_minutes += any(a <= of_day < b for a, b in week[wall.weekday()])
    return open_minutes * 60


def spans() -> st.SearchStrategy[str]:
    clock = st.integers(0, 48).map(lambda half: f"{half // 2:02}:{half % 2 * 30:02}")
    span = st.tuples(clock, clock).filter(lambda pair: pair[0] < pair[1]).map("-".join)
    days = st.sampled_from(["Mon-Fri", "Mon", "Sat-Sun", "Fri-Mon", "Mon Wed", "Tue, Thu", "Sun"])
    group = st.tuples(days, st.lists(span, min_size=1, max_size=3).map(" ".join)).map(" ".join)
    return st.lists(group, min_size=1, max_size=3).map(", ".join)


@settings(max_examples=60, deadline=None)
@given(
    spec=spans(),
    zone=st.sampled_from(ZONES).map(ZoneInfo),
    day=st.sampled_from(["2026-03-27", "2026-10-23", "2026-03-06", "2026-10-30", "2026-04-03", "2026-12-30"]),
    start=st.integers(0, 3 * 24 * 60),
    length=st.integers(0, 3 * 24 * 60),
)
def test_it_counts_as_minute_by_minute_does_over_clock_changes(spec, zone, day, start, length):
    """The days are around the changes of the clock in Europe, America and on Lord Howe (half an hour)."""
    begin = utc(f"{day}T00:00") + start * 60
    end = begin + length * 60
    holidays = ("2026-03-28", "2027-01-01")
    assert Hours(spec, zone, holidays).business_seconds(begin, end) == counted(
        spec, zone, holidays, begin, end
    )


@settings(max_examples=40, deadline=None)
@given(times=st.lists(st.integers(utc("2020-01-01"), utc("2030-01-01")), min_size=3, max_size=3).map(sorted))
def test_two_stretches_add_up_to_the_whole(times):
    hours = Hours("Mon-Fri 09:00-12:30 13:30-17:00", BERLIN)
    first, middle, last = times
    assert hours.business_seconds(first, middle) + hours.business_seconds(
        middle, last
    ) == hours.business_seconds(first, last)


def test_a_mail_on_friday_evening_answered_on_monday_morning_took_an_hour():
    hours = Hours("Mon-Fri 09:00-17:00", BERLIN)
    assert hours.business_seconds(berlin("2026-11-20T18:30"), berlin("2026-11-23T10:00")) == HOUR


def test_a_holiday_does_not_count():
    hours = Hours("Mon-Fri 09:00-17:00", BERLIN, ("2026-12-25",))
    assert hours.business_seconds(berlin("2026-12-24T17:00"), berlin("2026-12-28T09:00")) == 0


def test_always_open_has_days_of_23_and_25_hours():
    hours = Hours("Mon-Sun 00:00-24:00", BERLIN)
    assert hours.business_seconds(berlin("2026-03-29T00:00"), berlin("2026-03-30T00:00")) == 23 * HOUR
    assert hours.business_seconds(berlin("2026-10-25T00:00"), berlin("2026-10-26T00:00")) == 25 * HOUR


def test_no_hours_at_all_means_always_open():
    assert Hours("", BERLIN).business_seconds(1000, 5000) == 4000


def test_a_backward_span_is_nothing():
    assert Hours("Mon-Fri 09:00-17:00", BERLIN).business_seconds(berlin("2026-11-20T12:00"), 0) == 0


def test_an_absurd_date_is_answered_and_not_built():
    hours = Hours("Mon-Fri 09:00-17:00", BERLIN)
    assert hours.business_seconds(berlin("2099-12-30T00:00"), 10**15) >= 0
    assert hours.business_seconds(-(10**15), berlin("1970-01-02T12:00")) > 0


def test_asking_about_earlier_years_later_changes_nothing():
    hours = Hours("Mon-Fri 09:00-17:00", BERLIN)
    week = berlin("2026-11-16T00:00"), berlin("2026-11-23T00:00")
    before = hours.business_seconds(*week)
    hours.business_seconds(berlin("1999-01-01T00:00"), berlin("1999-02-01T00:00"))
    assert hours.business_seconds(*week) == before == 40 * HOUR


@pytest.mark.parametrize(
    "text",
    ["nine to five", "Mon-Fri", "Mon 17:00-09:00", "Mon 09:00-25:00", "Mox 09:00-10:00", "Mon 9:61-10:00"],
)
def test_hours_that_cannot_be_read_are_named(text):
    with pytest.raises(ConfigError) as stopped:
        read_week(text)
    assert text in stopped.value.what
    assert "Mon-Fri 09:00-17:00" in stopped.value.todo


def test_a_holiday_that_is_no_date_is_named():
    with pytest.raises(ConfigError, match="Christmas"):
        Hours("", BERLIN, ("Christmas",))


def promised(zone, now, *, hours="Mon-Fri 09:00-17:00", holidays=()):
    zone = ZoneInfo(zone)
    at = Hours(hours, zone, holidays).working_day_after(int(datetime.fromisoformat(now).timestamp()), 3)
    return datetime.fromtimestamp(at, zone).date().isoformat()


@pytest.mark.parametrize(
    ("zone", "now", "day"),
    [
        ("Europe/Berlin", "2026-11-20T12:00+01:00", "2026-11-25"),  # a Friday: over the weekend
        (
            "America/Los_Angeles",
            "2026-11-25T18:00-08:00",
            "2026-11-30",
        ),  # there it is Wednesday, in UTC Thursday
        ("Pacific/Kiritimati", "2026-11-24T11:00+00:00", "2026-11-30"),  # there it is Wednesday already
        ("Europe/Berlin", "2026-03-27T23:30+01:00", "2026-04-01"),  # over the change to summer time
    ],
)
def test_working_days_are_those_of_the_shops_own_calendar(zone, now, day):
    assert promised(zone, now) == day


def test_holidays_and_closed_days_are_no_working_days():
    friday = "2026-12-18T12:00+01:00"
    assert promised("Europe/Berlin", friday, holidays=("2026-12-21", "2026-12-24")) == "2026-12-25"
    assert promised("Europe/Berlin", friday, hours="Tue 09:00-12:00, Thu 14:00-18:00") == "2026-12-29"
