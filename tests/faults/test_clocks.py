"""Row 16 with the desk open: the clock is set ahead, set back, and summer time begins."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from deskterm.app.background import DELIVER_APART, Wire
from deskterm.app.desk_app import WAKE_EVERY
from deskterm.domain.moments import suggested_times
from screens.looking import NOW, Clock, app_of, sample, seen, settle

TEN_YEARS = 10 * 365 * 86400
BERLIN = ZoneInfo("Europe/Berlin")


@pytest.fixture
def shop(tmp_path):
    made = sample(tmp_path)
    yield made
    made.db.close()


async def until(pilot, holds):
    for _ in range(200):
        await pilot.pause(0.01)
        if holds():
            return
    raise AssertionError


def first_of(shop):
    return shop.desk.inbox.page("inbox", 0, 9)[0].ticket_id


def queued(shop):
    """A reply on its way, due 15 s after NOW."""
    ticket = first_of(shop)
    shop.desk.replies.take(ticket, "trace", None, NOW)
    review = shop.desk.replies.review(ticket, NOW)
    shop.desk.replies.send(ticket, review, NOW, review.level)


async def test_a_clock_that_was_ahead_for_a_moment_stops_no_delivery_for_years(shop):
    """The server cannot be reached at first: what is due stays due."""
    queued(shop)
    clock, tries = Clock(NOW + TEN_YEARS), []
    app = app_of(shop, clock=clock, wire=Wire(deliver=lambda: tries.append(clock.at)))
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        await until(pilot, lambda: tries and "delivery" not in app._background._running)
        clock.at = NOW + 20
        app.look()
        await until(pilot, lambda: len(tries) == 2)
        assert tries == [NOW + TEN_YEARS, NOW + 20]


async def test_jumps_of_the_clock_cause_no_storm_of_deliveries(shop):
    queued(shop)
    clock, tries = Clock(NOW + 20), []
    app = app_of(shop, clock=clock, wire=Wire(deliver=lambda: tries.append(clock.at)))
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        await until(pilot, lambda: tries and "delivery" not in app._background._running)
        for second in range(DELIVER_APART - 1):
            clock.at = NOW + 20 + second
            app.look()
            await pilot.pause()
        assert len(tries) == 1
        clock.at = NOW - TEN_YEARS
        app.look()
        await pilot.pause()
        assert len(tries) == 1, "by that clock it is not due"
        assert "outbox 1" in seen(app)


async def test_a_clock_that_was_ahead_for_a_moment_keeps_no_snooze_from_ending(shop):
    ticket = first_of(shop)
    clock = Clock(NOW + TEN_YEARS)
    app = app_of(shop, clock=clock)
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        await settle(pilot)
        clock.at = NOW
        shop.desk.tickets.snooze((ticket,), NOW + 600, NOW)
        app.look()
        await settle(pilot)
        assert shop.row(ticket)["snoozed_until"] == NOW + 600
        clock.at = NOW + 600 + WAKE_EVERY
        app.look()
        await until(pilot, lambda: shop.row(ticket)["snoozed_until"] is None)


@pytest.mark.parametrize(
    ("now", "hours"),
    [("2026-03-28T12:00", 20), ("2026-10-24T12:00", 22), ("2026-06-24T12:00", 21)],
    ids=["summer time begins", "it ends", "a day like others"],
)
def test_tomorrow_morning_is_nine_o_clock_even_after_a_change_of_time(now, hours):
    began = datetime.fromisoformat(now).replace(tzinfo=BERLIN)
    tomorrow = next(at for _, words, at in suggested_times(began) if "tomorrow" in words)
    assert (tomorrow.hour, tomorrow.minute) == (9, 0)
    assert tomorrow.timestamp() - began.timestamp() == hours * 3600
