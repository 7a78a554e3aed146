"""What changes while a picker is open, and keys that come while something is still being written."""

from threading import Event

import pytest

from deskterm.domain.tickets import Status
from deskterm.screens.base.choose import Choose
from deskterm.screens.inbox import InboxScreen
from screens.going import first, ticket_ids, until
from screens.looking import DAY, HOUR, NOW, Clock, app_of, parcel_seen, seen, settle
from screens.reply.test_review import armed, reviewing, rows


@pytest.mark.parametrize(("key", "choice"), [("b", "m"), ("w", "h"), ("d", "t"), ("t", "enter")])
async def test_a_picker_changes_the_ticket_it_was_opened_for_though_that_left_the_list(shop, key, choice):
    """Answered on the phone meanwhile, it gives way to the next one beneath the picker."""
    ticket, other = ticket_ids(shop)[:2]
    before = dict(shop.row(other))
    app = app_of(shop)
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await pilot.press(key)
        await until(lambda: isinstance(app.screen, Choose))
        await settle(pilot)
        shop.desk.tickets.solve((ticket,), NOW)
        app.look()
        await settle(pilot)
        await until(lambda: app.screen_stack[0].list.ticket_id == other)
        await pilot.press(choice)
        await settle(pilot)
    assert dict(shop.row(other)) == before


async def test_words_for_a_day_change_when_the_day_does(shop):
    """`today 09:31` is not said the day after."""
    clock = Clock()
    app = app_of(shop, clock=clock)
    ticket = first(shop)
    shop.answer(ticket, text="It comes on Friday.", at=NOW - HOUR)
    shop.desk.tickets.set_status((ticket,), Status.WAITING, NOW)
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await pilot.press("g", "w")
        await settle(pilot)
        assert "today 01:43" in seen(app)
        clock.at += 24 * 3600
        app.look()
        await settle(pilot)
        assert "today 01:43" not in seen(app)


SEEN = {"i": "-side", "e": "e again solves it: ", "j": "贈り物です。"}


@pytest.mark.parametrize("key", SEEN)
async def test_a_key_after_y_is_for_the_screen_that_comes(shop, key):
    """The disk is slow: the reply is still being written when the next key is pressed."""
    parcel_seen(shop, NOW - DAY)
    slow = Event()
    async with reviewing(shop) as (pilot, screen, _):
        await armed(screen)
        screen.work._writer.submit(slow.wait)
        await pilot.press("y")
        await until(screen.work._writer._work_queue.qsize)
        await pilot.press(key)
        slow.set()
        await until(lambda: rows(shop))
        await settle(pilot)
        (inbox,) = pilot.app.screen_stack
        assert isinstance(inbox, InboxScreen)
        assert SEEN[key] in seen(pilot.app) or inbox.has_class(SEEN[key])


async def test_what_is_not_in_front_is_not_armed(shop):
    """The draft changes beneath the palette: painted there, it was not seen."""
    async with reviewing(shop) as (pilot, screen, ticket):
        await armed(screen)
        await pilot.press(":")
        await until(lambda: pilot.app.screen is not screen)
        await settle(pilot)
        shop.desk.replies.then(ticket, NOW)
        pilot.app.look()
        await settle(pilot)
        assert screen.arming.painted_at is None


async def test_l_right_after_another_picker_was_left_is_not_lost(shop):
    async with reviewing(shop) as (pilot, screen, _):
        await armed(screen)
        await pilot.press("o")
        await until(lambda: pilot.app.screen is not screen)
        await settle(pilot)
        await pilot.press("escape")
        await until(lambda: pilot.app.screen is screen)
        await pilot.press("l")
        await until(lambda: isinstance(pilot.app.screen, Choose))
