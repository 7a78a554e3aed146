"""Sending later from the review: the picker; what `y` refuses is not planned either."""

from dataclasses import replace
from time import monotonic

import pytest

from desk.conftest import ADDRESS, STATUS
from deskterm.domain.tickets import Status
from deskterm.intake.planned_replies import TOO_LATE, hold_back
from deskterm.screens.base.ask import Ask
from deskterm.screens.base.choose import Choose
from deskterm.screens.reply.compose import ComposeScreen
from deskterm.screens.reply.review import ReviewScreen
from deskterm.screens.ticket import TicketScreen
from screens.going import first, gone_to, status, ticket_ids, until
from screens.looking import DAY, NOW, Clock, app_of, parcel_seen, seen, settle
from screens.reply.test_review import SMALL, armed, reviewing, rows
from screens.test_outbox import planned

MONDAY = 1763971200  # 24 November 2025, 09:00 in Berlin


def own_words(shop):
    """Save a draft that is true on any day; returns "", the macro to take: none."""
    draft = shop.desk.replies.begin(first(shop), NOW)
    shop.desk.replies.save(replace(draft, body="Hello Jana,\n\nI have asked the carrier.\n\nAnna"), NOW)
    return ""


async def press_l(pilot, screen):
    """Press `l` once it is armed, as often as it turns a page first, until the picker is there."""
    while not isinstance(pilot.app.screen, Choose):
        await armed(screen)
        await pilot.press("l")
        await until(lambda: not screen.commands.busy or isinstance(pilot.app.screen, Choose))
        await pilot.pause()
    await settle(pilot)


async def pick(pilot, screen, *keys):
    """`l` on the review, then keys in the picker, one after the other."""
    await press_l(pilot, screen)
    for key in keys:
        await until(lambda: isinstance(pilot.app.screen, Choose))
        await settle(pilot)
        await pilot.press(key)
        await settle(pilot)


@pytest.mark.parametrize("size", [SMALL, (120, 36)])
async def test_a_reply_is_planned_for_monday_unless_answered(shop, size):
    async with reviewing(shop, own_words(shop), size=size) as (pilot, screen, ticket):
        await press_l(pilot, screen)
        assert "Send later, only if the customer has not answered" in seen(pilot.app)
        assert "Mon 24 Nov 09:00" in seen(pilot.app)
        await pilot.press("n")
        await until(lambda: not isinstance(pilot.app.screen, ReviewScreen | Choose))
        await settle(pilot)
        (row,) = rows(shop)
        assert (row.ticket_id, row.planned_at, row.unless_answered) == (ticket, MONDAY, True)
        assert status(shop, ticket) is Status.OPEN, "nothing has been said to the customer yet"
        assert f"Reply to T{ticket} goes out Mon 24 Nov 09:00 unless answered" in seen(pilot.app)
        assert "sends in" not in seen(pilot.app)


async def test_u_switches_unless_answered_on_and_off(shop):
    async with reviewing(shop, own_words(shop)) as (pilot, screen, _):
        await pick(pilot, screen, "u")
        assert "Send later, answered or not" in seen(pilot.app)
        await pilot.press("u")
        await until(lambda: isinstance(pilot.app.screen, Choose))
        await settle(pilot)
        assert "only if the customer has not answered" in seen(pilot.app)
        await pilot.press("u")
        await until(lambda: isinstance(pilot.app.screen, Choose))
        await settle(pilot)
        await pilot.press("n")
        await settle(pilot)
        assert not rows(shop)[0].unless_answered


async def test_a_time_may_be_typed(shop):
    async with reviewing(shop, own_words(shop)) as (pilot, screen, _):
        await pick(pilot, screen, "/")
        await pilot.press(*"tue", "space", *"8:15", "enter")
        await settle(pilot)
        assert rows(shop)[0].planned_at == MONDAY + DAY - 45 * 60


async def test_the_draft_can_be_kept_and_the_picker_left(shop):
    async with reviewing(shop, own_words(shop)) as (pilot, screen, ticket):
        await pick(pilot, screen, "escape")
        assert pilot.app.screen is screen
        await pick(pilot, screen, "d")
        assert not isinstance(pilot.app.screen, ReviewScreen)
        assert rows(shop) == ()
        assert shop.desk.tickets.view(ticket, NOW).draft


async def test_an_amber_reply_asks_for_its_own_key(shop):
    async with reviewing(shop, ADDRESS.id) as (pilot, screen, _):
        await pick(pilot, screen, "n")
        await until(lambda: isinstance(pilot.app.screen, Ask))
        await settle(pilot)
        assert "the address was changed" in seen(pilot.app)
        await pilot.press("y", "enter")
        await settle(pilot)
        assert rows(shop) == ()
        await pilot.press("Y")
        await until(lambda: rows(shop))


async def test_words_that_will_be_untrue_by_then_are_asked_about_before_it_is_planned(shop):
    async with reviewing(shop) as (pilot, screen, _):  # it names the Saturday before that Monday
        assert "Y sends" not in seen(pilot.app)
        await pick(pilot, screen, "n")
        await until(lambda: isinstance(pilot.app.screen, Ask))
        await settle(pilot)
        assert "“22 Nov 2025” is not true any more then" in " ".join(
            seen(pilot.app).replace("│", " ").split()
        )
        await pilot.press("escape")
        await settle(pilot)
        assert rows(shop) == ()


async def test_the_footer_says_that_l_turns_the_page_too(shop):
    parcel_seen(shop, NOW - DAY)
    draft = shop.desk.replies.take(first(shop), STATUS.id, None, NOW)
    long = draft.body.replace("Hello Jana,", "Hello Jana,\n\n" + "So it is.\n" * 60)
    shop.desk.replies.save(replace(draft, body=long), NOW)
    async with reviewing(shop, "", size=SMALL) as (pilot, screen, _):
        await armed(screen)
        await settle(pilot)
        assert "y l read on" in seen(pilot.app)


async def test_a_red_reply_can_only_be_kept(shop):
    async with reviewing(shop, STATUS.id, ticket_ids(shop)[1]) as (pilot, screen, _):  # he has no order
        await pick(pilot, screen)
        await until(lambda: isinstance(pilot.app.screen, Choose))
        await settle(pilot)
        assert "This cannot be sent yet" in seen(pilot.app)
        assert "Monday" not in seen(pilot.app)


async def test_l_typed_ahead_waits_until_the_review_has_been_seen(shop):
    async with reviewing(shop, own_words(shop)) as (pilot, screen, _):
        screen.arming.start_waiting(monotonic())
        await pilot.press("l")
        assert not screen.is_armed
        await until(lambda: isinstance(pilot.app.screen, Choose))


async def test_l_and_a_choice_typed_ahead_plan_nothing(shop):
    async with reviewing(shop, own_words(shop)) as (pilot, screen, _):
        screen.arming.start_waiting(monotonic())
        await pilot.press("l", "n")
        await armed(screen)
        await settle(pilot)
        assert pilot.app.screen is screen
        assert rows(shop) == ()


async def test_a_new_mail_while_the_picker_is_open_stops_it(shop):
    async with reviewing(shop, own_words(shop)) as (pilot, screen, ticket):
        await pick(pilot, screen)
        await until(lambda: isinstance(pilot.app.screen, Choose))
        shop.mail(ticket, text="Never mind, it has come!", at=NOW)
        await settle(pilot)
        await pilot.press("n")
        await settle(pilot)
        assert rows(shop) == ()
        assert "new mail" in seen(pilot.app)


# the ticket


async def test_the_ticket_shows_what_goes_and_when(shop):
    ticket = planned(shop)
    async with gone_to(shop, TicketScreen, "ticket", values={"ticket_id": ticket}) as (pilot, _):
        picture = seen(pilot.app)
        assert "goes Mon 24 Nov 10:43 unless answered" in picture
        assert "order #1042 left" in picture


async def test_r_asks_which_and_brings_the_planned_one_back(shop):
    ticket = planned(shop)
    async with gone_to(shop, TicketScreen, "ticket", values={"ticket_id": ticket}) as (pilot, _):
        await pilot.press("r")
        await until(lambda: isinstance(pilot.app.screen, Choose))
        await settle(pilot)
        await pilot.press("b")
        await until(lambda: isinstance(pilot.app.screen, ComposeScreen))
        await settle(pilot)
        assert "order #1042 left" in seen(pilot.app)
    assert rows(shop)[0].state_words == "a draft again"


async def test_a_reply_that_was_held_back_is_marked_on_its_ticket(shop):
    ticket = planned(shop)
    with shop.db.write() as tx:
        hold_back(tx, rows(shop)[0], TOO_LATE, NOW + 5 * DAY)
    async with gone_to(shop, TicketScreen, "ticket", values={"ticket_id": ticket}) as (pilot, _):
        assert "! the planned reply did not go: it is a draft again" in seen(pilot.app)
        assert "r continue the draft" in seen(pilot.app)


async def test_on_leaving_the_owner_is_told_what_is_planned_and_what_it_needs(shop, monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    planned(shop)
    app = app_of(shop, clock=Clock())
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await pilot.press("q")
        await until(lambda: isinstance(app.screen, Ask))
        await settle(pilot)
        assert "1 planned, the first for Mon 24 Nov 10:43." in seen(app)
        assert "or the timer on (`deskterm timer" in seen(app)
