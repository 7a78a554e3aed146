"""Keys that come faster than screens: each goes where it was meant to go, and none is lost."""

import pytest
from textual import events

from desk.conftest import ADDRESS, STATUS
from deskterm.domain.tickets import Listing, Status
from deskterm.screens.finding.search import SearchScreen
from deskterm.screens.reply.compose import ComposeScreen
from deskterm.screens.reply.new_mail import NewMailScreen
from deskterm.screens.reply.note import NoteScreen
from deskterm.screens.reply.review import ReviewScreen
from deskterm.widgets.editor import Editor
from deskterm.widgets.form import Field
from deskterm.widgets.picker import Picker
from screens.going import first, gone_to, status, ticket_ids, until
from screens.looking import JANA, NOW, app_of, settle


def text(pilot, kind=Editor):
    """The text of the one field of the screen in front, once it has one."""
    field = next(iter(pilot.app.screen.query(kind)), None)
    return "" if field is None else field.text if kind is Editor else field.value


def at_once(pilot, keys):
    """All keys in one read of the terminal."""
    for char in keys:
        name = {" ": "space", "/": "slash", ".": "full_stop"}.get(char, char)
        pilot.app.post_message(events.Key(name, char if len(char) == 1 else None))


async def test_macro_and_its_letter_in_one_go_are_on_the_review_and_y_sends_nothing(shop):
    async with app_of(shop).run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        at_once(pilot, "mo")
        await until(lambda: isinstance(pilot.app.screen, ReviewScreen))
        at_once(pilot, "yyyy")
        await until(lambda: isinstance(pilot.app.screen, ReviewScreen) and pilot.app.screen.review)
        await settle(pilot)
        assert pilot.app.screen.review.draft.macro == STATUS.id
        assert shop.desk.outbox.rows() == ()
        assert len(pilot.app.screen_stack) == 2


async def test_a_reply_begun_in_one_go_loses_no_letter(shop):
    async with app_of(shop).run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        at_once(pilot, "rHello Jana")
        await until(lambda: isinstance(pilot.app.screen, ComposeScreen))
        await until(lambda: text(pilot).startswith("Hello Jana"))


async def test_writing_on_from_the_review_types_into_the_text_and_solves_nothing(shop):
    before = ticket_ids(shop)
    shop.desk.replies.take(first(shop), STATUS.id, None, NOW)
    async with gone_to(shop, ReviewScreen, "review", values={"ticket_id": first(shop)}) as (pilot, _):
        at_once(pilot, "ieedtb")
        await until(lambda: isinstance(pilot.app.screen, ComposeScreen))
        await until(lambda: "eedtb" in text(pilot))
        assert ticket_ids(shop) == before


async def test_a_picker_takes_the_keys_that_follow_the_one_that_opens_it(shop):
    ticket = first(shop)
    async with app_of(shop).run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        at_once(pilot, "dt")
        await until(lambda: ticket in [row.ticket_id for row in shop.desk.inbox.page(Listing.TRASH, 0, 9)])
        await settle(pilot)
        assert len(pilot.app.screen_stack) == 1


async def test_the_other_order_is_picked_by_an_enter_typed_with_its_key_and_nothing_is_sent(shop):
    ticket = first(shop)
    other = shop.order("2042", JANA)
    shop.desk.replies.take(ticket, STATUS.id, None, NOW)
    async with gone_to(shop, ReviewScreen, "review", values={"ticket_id": ticket}) as (pilot, review):
        at_once(pilot, ("o", "down", "enter", "y"))
        await until(lambda: review.review.draft.order_id == other)
        await settle(pilot)
    assert shop.desk.outbox.rows() == ()


async def test_a_search_typed_in_one_go_is_whole(shop):
    async with app_of(shop).run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        at_once(pilot, "/shirt")
        await until(lambda: isinstance(pilot.app.screen, SearchScreen))
        await until(lambda: text(pilot, Field) == "shirt")


async def test_a_note_typed_in_one_go_is_whole(shop):
    async with app_of(shop).run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        at_once(pilot, "nask DHL")
        await until(lambda: isinstance(pilot.app.screen, NoteScreen))
        await until(lambda: text(pilot) == "ask DHL")


async def test_going_to_a_list_and_moving_there_in_one_go(shop):
    async with app_of(shop).run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        at_once(pilot, "gigij")
        await settle(pilot)
        assert pilot.app.screen.list.cursor == 1


async def test_a_word_typed_in_one_go_searches_the_macros_and_takes_none_by_its_first_letter(shop):
    shop.desk.replies.take(first(shop), ADDRESS.id, None, NOW)
    async with app_of(shop).run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        at_once(pilot, "mtrace")
        await until(lambda: any(picker.typed == "trace" for picker in pilot.app.screen.query(Picker)))
        await settle(pilot)
        assert shop.desk.tickets.view(first(shop), NOW).draft.macro == ADDRESS.id


async def test_a_day_typed_in_one_go_is_not_taken_by_its_first_letter(shop):
    ticket = first(shop)
    async with app_of(shop).run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        at_once(pilot, "bmonday")
        await until(lambda: any(picker.typed == "monday" for picker in pilot.app.screen.query(Picker)))
        await pilot.press("enter")
        await settle(pilot)
        assert "snoozed t" in (said := pilot.app.screen.bars.words.casefold())
        assert "until mon 24 nov 09:00" in said
        assert ticket not in ticket_ids(shop)


async def test_a_letter_held_back_for_a_burst_still_acts_when_enter_follows_at_once(shop):
    async with app_of(shop).run_test(size=(120, 36)) as pilot:
        ticket = first(shop)
        await settle(pilot)
        await pilot.press("w")
        await until(lambda: pilot.app.screen.query(Picker))
        await pilot.press("h", "enter")
        await settle(pilot)
        assert status(shop, ticket) is Status.HOLD


async def test_recipient_and_subject_in_one_go_go_into_their_lines(shop):
    async with app_of(shop).run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await pilot.press("c")
        await until(lambda: isinstance(pilot.app.screen, NewMailScreen))
        await settle(pilot)
        for char in "jana@x.example\rYour throw":
            pilot.app.post_message(events.Key({"\r": "enter", " ": "space"}.get(char, char), char))
        await until(lambda: pilot.app.screen.query_one("#subject", Field).value == "Your throw")
        assert pilot.app.screen.query_one("#to", Field).value == "jana@x.example"


@pytest.mark.parametrize("leaving", ["escape", "enter"])
async def test_what_is_typed_after_a_picker_was_answered_goes_to_the_screen_below(shop, leaving):
    async with app_of(shop).run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        at_once(pilot, ("t", leaving, *"/shirt"))
        await until(lambda: isinstance(pilot.app.screen, SearchScreen))
        await until(lambda: text(pilot, Field) == "shirt")


async def test_what_is_typed_after_a_picker_was_left_is_written(shop):
    async with app_of(shop).run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await pilot.press("r")
        await until(lambda: isinstance(pilot.app.screen, ComposeScreen))
        await pilot.press("ctrl+t")
        await until(lambda: pilot.app.screen.query(Picker))
        at_once(pilot, ("escape", *"Hello"))
        await until(lambda: text(pilot).startswith("Hello"))
