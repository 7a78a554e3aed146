"""Until when: what is offered and what may be typed."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from deskterm.screens.snoozing import offered, read

NOW = datetime(2025, 11, 21, 10, 43, tzinfo=ZoneInfo("Europe/Berlin"))  # a Friday


def test_what_is_offered_is_to_come_and_in_its_order():
    moments = [at for _, _, at in offered(NOW)]
    assert moments == sorted(moments)
    assert all(at > NOW for at in moments)


def test_every_choice_has_a_key_of_its_own_and_none_sends():
    keys = [key for key, _, _ in offered(NOW)]
    assert len(set(keys)) == len(keys)
    assert "y" not in keys


def test_this_evening_is_offered_until_three():
    assert "this evening" in [words for _, words, _ in offered(NOW)]
    assert "this evening" not in [words for _, words, _ in offered(NOW.replace(hour=15))]


@pytest.mark.parametrize(
    ("typed", "moment"),
    [
        ("3d", "2025-11-24 09:00"),
        ("3 days", "2025-11-24 09:00"),
        ("2 h", "2025-11-21 12:43"),
        ("90m", "2025-11-21 12:13"),
        ("1 w", "2025-11-28 09:00"),
        ("tomorrow", "2025-11-22 09:00"),
        ("tomorrow 17:30", "2025-11-22 17:30"),
        ("mon", "2025-11-24 09:00"),
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
    ],
)
def test_a_typed_time_is_understood(typed, moment):
    assert f"{read(typed, NOW):%Y-%m-%d %H:%M}" == moment


@pytest.mark.parametrize(
    "typed", ["", "soon", "2024-01-01", "25:00", "0h", "mon 99:99", "3 y", "2025-13-01", "31 feb", "3 foo"]
)
def test_what_is_no_time_to_come_is_none(typed):
    assert read(typed, NOW) is None
