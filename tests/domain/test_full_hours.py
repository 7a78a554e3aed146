"""The hour by which an answer can be promised."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from deskterm.domain.business_hours import Hours

ZONE = ZoneInfo("Europe/Berlin")


def at(text, zone=ZONE):
    return int(datetime.fromisoformat(text).replace(tzinfo=zone).timestamp())


@pytest.mark.parametrize(
    ("now", "hour"),
    [
        ("2026-11-30 09:10", "2026-11-30 14:00"),  # a Monday
        ("2026-11-30 16:20", "2026-12-01 13:00"),
        ("2026-11-27 18:30", "2026-11-30 13:00"),  # Friday evening
    ],
)
def test_four_business_hours_end_at_a_full_hour(now, hour):
    assert Hours("Mon-Fri 09:00-17:00", ZONE).full_hour_after(at(now), 4 * 3600) == at(hour)


def test_a_zone_of_half_hours_has_its_own_full_hours():
    zone = ZoneInfo("Asia/Kolkata")
    hours = Hours("Mon-Sun 00:00-24:00", zone)
    assert hours.full_hour_after(at("2026-11-30 09:10", zone), 4 * 3600) == at("2026-11-30 14:00", zone)
