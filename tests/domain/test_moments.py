"""Until when: what is offered and what may be typed."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from deskterm.domain.business_hours import read_week
from deskterm.domain.moments import parse_moment, send_times, suggested_times

NOW = datetime(2025, 11, 21, 10, 43, tzinfo=ZoneInfo("Europe/Berlin"))  # a Friday


def test_what_is_offered_is_to_come_and_in_its_order():
    moments = [at for _, _, at in suggested_times(NOW)]
    assert moments == sorted(moments)
    assert all(at > NOW for at in moments)


def test_every_choice_has_a_key_of_its_own_and_none_sends():
    keys = [key for key, _, _ in suggested_times(NOW)]
    assert len(set(keys)) == len(keys)
    assert "y" not in keys


@pytest.mark.parametrize("day", range(7))
def test_no_moment_is_offered_twice(day):
    moments = [at for _, _, at in suggested_times(NOW + timedelta(days=day))]
    assert len(set(moments)) == len(moments)


def test_this_evening_is_offered_until_three():
    assert "this evening" in [words for _, words, _ in suggested_times(NOW)]
    assert "this evening" not in [words for _, words, _ in suggested_times(NOW.replace(hour=15))]


def test_at_night_and_early_in_the_morning_this_morning_is_offered():
    offered = [(words, f"{at:%d %H:%M}") for _, words, at in suggested_times(NOW.replace(hour=2, minute=50))]
    assert offered[:3] == [
        ("in two hours", "21 04:50"),
        ("this morning", "21 09:00"),
        ("this evening", "21 17:00"),
    ]
    assert "this morning" not in [words for _, words, _ in suggested_times(NOW)]
    week = read_week("Mon-Fri 08:15-17:00")
    early = [(words, f"{at:%d %H:%M}") for _, words, at in send_times(NOW.replace(hour=7, minute=0), week)]
    assert early[:2] == [("this morning", "21 08:15"), ("in two hours", "21 09:00")]


@pytest.mark.parametrize(
    ("typed", "moment"),
    [
        ("3d", "2025-11-24 09:00"),
        ("3 days", "2025-11-24 09:00"),
        ("2 h", "2025-11-21 12:43"),
        ("90m", "2025-11-21 12:13"),
        ("in two weeks", "2025-12-05 09:00"),
        ("three days", "2025-11-24 09:00"),
        ("half an hour", "2025-11-21 11:13"),
        ("a week", "2025-11-28 09:00"),
        ("day after tomorrow", "2025-11-23 09:00"),
        ("this weekend", "2025-11-22 09:00"),
        ("the 15th", "2025-12-15 09:00"),
        ("30th", "2025-11-30 09:00"),
        ("dec 3rd", "2025-12-03 09:00"),
        ("in march", "2026-03-01 09:00"),
        ("end of the year", "2025-12-31 09:00"),
        ("if they don't answer in 3 days", "2025-11-24 09:00"),
        ("unless they write by the 1st", "2025-12-01 09:00"),
        ("in a fortnight", "2025-12-05 09:00"),
        ("in two months", "2026-01-21 09:00"),
        ("in forty-five minutes", "2025-11-21 11:28"),
        ("in a year", "2026-11-21 09:00"),
        ("a couple of days", "2025-11-23 09:00"),
        ("1 w", "2025-11-28 09:00"),
        ("tomorrow", "2025-11-22 09:00"),
        ("mon", "2025-11-24 09:00"),
        ("next monday", "2025-11-24 09:00"),
        ("next week", "2025-11-24 09:00"),
        ("end of month", "2025-11-30 09:00"),
        ("eow 17:00", "2025-11-21 17:00"),
        ("next month", "2025-12-01 09:00"),
        ("eow", "2025-11-21 17:00"),
        ("today", "2025-11-21 17:00"),
        ("if no answer by Tuesday", "2025-11-25 09:00"),
        ("in 7 days unless they write", "2025-11-28 09:00"),
        ("25 Nov unless answered", "2025-11-25 09:00"),
        ("tomorrow 17:30", "2025-11-22 17:30"),
        ("Friday", "2025-11-28 09:00"),
        ("tue 8:15", "2025-11-25 08:15"),
        ("14:30", "2025-11-21 14:30"),
        ("9:00", "2025-11-22 09:00"),
        ("2025-12-24", "2025-12-24 09:00"),
        ("25 Nov", "2025-11-25 09:00"),
        ("Nov 25", "2025-11-25 09:00"),
        ("25. november 14:00", "2025-11-25 14:00"),
        ("3 jan", "2026-01-03 09:00"),
        ("in 5 days", "2025-11-26 09:00"),
        ("2025-12-24 7:00", "2025-12-24 07:00"),
        ("fri 3pm", "2025-11-28 15:00"),
        ("9 am", "2025-11-22 09:00"),
        ("12pm", "2025-11-21 12:00"),
        ("tomorrow 8:30 am", "2025-11-22 08:30"),
        ("monday morning", "2025-11-24 09:00"),
        ("tomorrow afternoon", "2025-11-22 14:00"),
        ("this evening", "2025-11-21 17:00"),
        ("tonight", "2025-11-21 17:00"),
        ("fri at noon", "2025-11-28 12:00"),
        ("in a week", "2025-11-28 09:00"),
        ("in an hour", "2025-11-21 11:43"),
        ("1.12.", "2025-12-01 09:00"),
        ("9.12", "2025-12-09 09:00"),
        ("24.12.2025 14.30", "2025-12-24 14:30"),
        ("14.30", "2025-11-21 14:30"),
        ("9.05", "2025-11-22 09:05"),
    ],
)
def test_a_typed_time_is_understood(typed, moment):
    assert f"{parse_moment(typed, NOW):%Y-%m-%d %H:%M}" == moment


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "soon",
        "2024-01-01",
        "25:00",
        "0h",
        "mon 99:99",
        "3 y",
        "2025-13-01",
        "31 feb",
        "3 foo",
        "monitor",
        "fri later",
        "30.2.",
    ],
)
def test_what_is_no_future_time_is_none(typed):
    assert parse_moment(typed, NOW) is None


WEEK = read_week("Mon 08:30-17:00, Tue-Fri 10:00-18:00")


def test_a_reply_is_offered_for_when_the_shop_opens():
    found = {words: f"{at:%a %H:%M}" for _, words, at in send_times(NOW, WEEK)}
    assert found["Monday morning"] == "Mon 08:30"
    assert found["tomorrow morning"] == "Sat 09:00", "it is closed: the usual morning"
    thursday = {words: f"{at:%a %H:%M}" for _, words, at in send_times(NOW.replace(day=20), WEEK)}
    assert thursday["tomorrow morning"] == "Fri 10:00"


def test_a_shop_without_hours_has_the_usual_morning():
    assert {f"{at:%H:%M}" for _, words, at in send_times(NOW, read_week("")) if "morning" in words} == {
        "09:00"
    }


def test_on_a_sunday_monday_is_tomorrow_and_said_once():
    words = [words for _, words, _ in send_times(NOW.replace(day=23), WEEK)]
    assert "tomorrow morning" in words
    assert "Monday morning" not in words


def test_every_moment_for_a_reply_has_a_key_of_its_own_beside_those_of_the_picker():
    keys = [key for key, _, _ in send_times(NOW, WEEK)]
    assert len({*keys, "u", "d"}) == len(keys) + 2
    assert "y" not in keys


@pytest.mark.parametrize(
    ("now", "shown"),
    [("2026-03-29 01:10", "04:10"), ("2026-10-25 01:10", "02:10"), ("2026-06-01 01:10", "03:10")],
)
def test_two_hours_are_two_hours_when_the_clocks_change(now, shown):
    start = datetime.fromisoformat(now).replace(tzinfo=NOW.tzinfo)
    in_words = next(at for _, words, at in send_times(start, WEEK) if words == "in two hours")
    for at in (in_words, parse_moment("2h", start)):
        assert at.timestamp() - start.timestamp() == 7200
        assert f"{at:%H:%M}" == shown


def test_a_time_that_the_clocks_skip_is_valid_all_the_same():
    """At 2 o'clock that night it is 3 o'clock."""
    at = parse_moment("29 mar 02:30", datetime(2026, 3, 20, 12, tzinfo=NOW.tzinfo))
    assert f"{datetime.fromtimestamp(at.timestamp(), NOW.tzinfo):%d %b %H:%M}" == "29 Mar 03:30"
