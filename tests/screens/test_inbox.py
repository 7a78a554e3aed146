"""The inbox in a pilot: a real desk over a real database, a fixed clock."""

from contextlib import asynccontextmanager

import pytest
from textual import events

from deskterm.actions.category import category_keys
from deskterm.domain.messages import Direction
from deskterm.domain.outbox_states import OutboxState
from deskterm.domain.tickets import Listing, Status
from deskterm.screens.base.messages import Sent
from deskterm.storage.replies import outbox
from deskterm.widgets.conversation import Conversation
from deskterm.widgets.side_panel import SidePanel
from deskterm.widgets.ticket_list import TicketList
from screens.looking import JANA, NOW, TOM, Clock, app_of, desk_of, sample, seen, settle

WIDE = (120, 36)


@pytest.fixture
def shop(tmp_path):
    made = sample(tmp_path)
    yield made
    made.db.close()


@asynccontextmanager
async def looking(shop, size=WIDE, *, notifications=False, **app):
    """The app on a screen; gives a function that presses keys and returns what is then shown."""
    made = app_of(shop, **app)
    async with made.run_test(size=size, notifications=notifications) as pilot:
        await settle(pilot)

        async def press(*keys):
            for key in keys:
                await pilot.press(key)
                await settle(pilot)
            return seen(made)

        press.app, press.pilot = made, pilot
        yield press


def status(shop, ticket_id):
    return Status(shop.row(ticket_id)["status"])


def ids(shop, listing=Listing.INBOX):
    return [row.ticket_id for row in shop.desk.inbox.page(listing, 0, 50)]


# reading


async def test_the_longest_unanswered_ticket_is_on_top_and_is_read_beside_the_list(shop):
    async with looking(shop) as press:
        picture = await press()
    assert "▌  9h  Jana Mertens" in picture
    assert "I ordered two throws" in picture
    assert "no scan for 9 days" in picture
    assert "Check the last scan" in picture


async def test_moving_the_cursor_shows_the_next_ticket(shop):
    async with looking(shop) as press:
        assert "The shirt is too small" in await press("j")
        assert "I ordered two throws" in await press("k")


async def test_quoted_text_is_folded_and_one_key_shows_it(shop):
    async with looking(shop) as press:
        assert "your order left us today.\n" not in (await press()).split("3 quoted lines")[0]
        picture = await press("Q")
    assert "> your order left us today." in picture
    assert "quoted lines" not in picture


async def test_headers_show_the_mail_as_it_came_and_the_same_key_goes_back(shop):
    async with looking(shop) as press:
        picture = await press("H")
        assert "original   H back" in picture
        assert "Subject: x" in picture
        assert "I ordered two throws" in await press("H")


async def test_enter_opens_and_both_q_and_escape_go_back(shop):
    async with looking(shop) as press:
        await press("enter")
        assert press.app.screen.reading
        await press("q")
        assert not press.app.screen.reading
        await press("o", "escape")
        assert not press.app.screen.reading


async def test_in_an_open_ticket_the_keys_scroll_and_capital_j_goes_to_the_next(shop):
    for number in range(40):
        shop.mail(ids(shop)[0], JANA, text=f"line {number}\n" * 3, at=NOW - 3600 + number)
    async with looking(shop) as press:
        await press("enter", "j", "j", "j")
        conversation = press.app.screen.query_one(Conversation)
        assert conversation.scroll_offset.y == 3
        await press("G")
        assert conversation.scroll_offset.y == conversation.max_scroll_y > 0
        await press("g", "g")
        assert conversation.scroll_offset.y == 0
        assert "The shirt is too small" in await press("J")
        assert press.app.screen.reading


async def test_a_chord_shows_its_prefix_waits_and_swallows_an_unknown_key(shop):
    async with looking(shop) as press:
        picture = await press("g")
        assert " g …" in picture.splitlines()[-2]
        assert "i inbox" in picture.splitlines()[-2]
        picture = await press("e")  # g e: the solved tickets, not `e` solve
        assert "Nothing is solved yet" in picture
        await press("g", "x")
        assert press.app.screen.shown_list.listing is Listing.SOLVED


async def test_a_list_is_opened_by_a_chord_and_left_by_q(shop):
    (first, *_rest) = ids(shop)
    shop.desk.tickets.snooze((first,), NOW + 86400, NOW)
    async with looking(shop) as press:
        picture = await press("g", "s")
        assert "snoozed" in picture.splitlines()[0]
        assert "until tom" in picture
        await press("q")
        assert press.app.screen.shown_list.listing is Listing.INBOX


# changing


async def test_an_unanswered_ticket_is_solved_only_by_a_second_press(shop):
    first = ids(shop)[0]
    async with looking(shop) as press:
        picture = await press("e")
        assert "e again solves it: " in picture
        assert status(shop, first) is Status.OPEN
        picture = await press("e")
        assert status(shop, first) is Status.SOLVED
        assert "z takes it back" in picture
        assert "The shirt is too small" in picture  # the next one is shown


async def test_another_key_in_between_withdraws_the_question(shop):
    first = ids(shop)[0]
    async with looking(shop) as press:
        await press("e", "j", "k", "e")
        assert status(shop, first) is Status.OPEN


async def test_undo_says_what_it_undid_and_puts_the_cursor_there(shop):
    first = ids(shop)[0]
    async with looking(shop) as press:
        await press("e", "e")
        picture = await press("z")
        assert "Undid: solved" in picture
        assert status(shop, first) is Status.OPEN
        assert press.app.screen.list.ticket_id == first
        await press("Z")
        assert status(shop, first) is Status.SOLVED


async def test_undo_of_what_is_out_of_sight_asks_first(shop):
    *_rest, last = ids(shop)
    shop.desk.tickets.trash((last,), NOW)
    async with looking(shop) as press:
        picture = await press("z")
        assert "z again takes back" in picture
        assert last not in ids(shop)
        await press("z")
        assert last in ids(shop)


async def test_snooze_is_picked_by_one_key(shop):
    first = ids(shop)[0]
    async with looking(shop) as press:
        picture = await press("b")
        assert "tomorrow" in picture
        await press("t")
        assert ids(shop, Listing.SNOOZED) == [first]
        assert shop.row(first)["snoozed_until"] == NOW + 22 * 3600 + 17 * 60  # tomorrow at nine
        await press("z", "b", "c", "t")
        assert "as the customer asked" in press.app.screen.bars.words
        assert ids(shop, Listing.SNOOZED) == [first]


async def test_snooze_takes_a_typed_time(shop):
    first = ids(shop)[0]
    async with looking(shop) as press:
        await press("b", "slash", "m", "o", "n", "space", "1", "4", "colon", "3", "0", "enter")
        until = press.app.work.formats.local(shop.row(first)["snoozed_until"])
        assert f"{until:%a %d %H:%M}" == "Mon 24 14:30"


async def test_waiting_hold_and_out_of_the_way_are_pickers(shop):
    jana, tom, sakura, *_rest = ids(shop)
    async with looking(shop) as press:
        await press("w", "w")
        await press("w", "h")
        await press("d", "t")
        assert status(shop, jana) is Status.WAITING
        assert status(shop, tom) is Status.HOLD
        assert ids(shop, Listing.TRASH) == [sakura]
        await press("g", "d")
        await press("d", "b")
        assert sakura in ids(shop)


async def test_a_category_and_a_tag_are_set_by_name(shop):
    first = ids(shop)[0]
    async with looking(shop) as press:
        await press("t", "slash", *"address", "enter")
        assert shop.desk.tickets.view(first, NOW).ticket.category == "address"
        await press("t", "plus", *"vip", "enter")
        assert "vip" in shop.desk.tickets.view(first, NOW).ticket.tags


def test_each_category_has_a_letter_that_stays():
    names = ["cancel", "complaint", "crisis", "question", "shipping", "stock"]
    keys = category_keys(names)
    assert [keys[one] for one in names] == ["c", "C", "r", "Q", "s", "S"]
    assert category_keys(names[::-1]) == keys
    assert category_keys(["kiln", "quilts"]) == {"kiln": "K", "quilts": "Q"}
    assert category_keys(["配送", "返品"]) == {"配送": "配", "返品": "返"}


async def test_a_note_is_kept_and_shown_as_internal(shop):
    first = ids(shop)[0]
    async with looking(shop) as press:
        await press("n", *"call", "ctrl+s")
        picture = await press()
    assert "INTERNAL" in picture
    assert shop.desk.tickets.view(first, NOW).messages[-1].direction is Direction.NOTE


async def test_a_step_of_the_sop_is_ticked_and_stays(shop):
    first = ids(shop)[0]
    async with looking(shop) as press:
        await press("s", "space")
        assert shop.desk.tickets.view(first, NOW).sop.done == {"look"}
        picture = await press("q")
        assert "✓ Check the last scan" in picture
        assert "1 of 3" in picture


async def test_space_ticks_and_unticks_and_moves_on_both_times(shop):
    first = ids(shop)[0]
    async with looking(shop) as press:
        picture = await press("s", "space", "k", "space")
        assert shop.desk.tickets.view(first, NOW).sop.done == frozenset()
        assert press.app.screen.query_one(SidePanel).cursor == 1
        assert "›" not in picture  # one marker alone says where one is
        assert "› Check the last scan" in await press("q")


async def test_with_a_note_on_top_h_shows_the_mail_below_and_going_back_folds_it(shop):
    shop.desk.tickets.note(ids(shop)[0], "DHL: stuck.", NOW - 60)
    async with looking(shop) as press:
        assert "Subject: x" in await press("enter", "H")
        assert "original   H back" not in await press("q")


async def test_the_footer_says_that_q_quits_only_at_the_root(shop):
    async with looking(shop) as press:
        assert "q quit" in (await press()).splitlines()[-1]
        assert "q list" in (await press("enter")).splitlines()[-1]
        await press("q")
        assert "q back" in (await press("g", "w")).splitlines()[-1]


async def test_that_this_is_the_inbox_is_said_until_the_next_key(shop):
    async with looking(shop) as press:
        assert "This is the inbox; q quits." in await press("escape")
        assert "This is the inbox" not in await press("g", "w")
        await press("q")
        assert "This is the inbox; q quits." in await press("escape")
        assert "This is the inbox" not in await press("j")


async def test_under_a_picker_the_footer_shows_the_pickers_keys(shop):
    async with looking(shop) as press:
        below = (await press("b")).splitlines()[-1]
        assert "Enter take" in below
        assert "reply" not in below
        assert "r reply" in (await press("escape")).splitlines()[-1]


async def test_the_lists_signs_are_explained_in_its_help(shop):
    async with looking(shop, size=(120, 70)) as press:
        picture = await press("question_mark")
        assert "A guessed category" in picture
        assert "what is due first" in picture


async def test_a_missing_attachment_is_reported_in_words(shop):
    async with looking(shop) as press:
        picture = await press("v")
    assert "attachment" in picture.casefold()
    assert "Traceback" not in picture


# what does not jump


async def test_what_is_under_the_cursor_stays_under_it_when_older_mail_comes_in(shop):
    async with looking(shop) as press:
        await press("j", "j")
        before = press.app.screen.list.ticket_id
        shop.ticket(TOM, subject="From long ago", text="I wrote last week.", at=NOW - 5 * 86400)
        press.app.look()
        await settle(press.pilot)
        assert press.app.screen.list.ticket_id == before
        assert press.app.screen.list.cursor == 3
        assert "From long ago" in await press("g", "g")


async def test_an_open_ticket_stays_in_front_when_another_process_moves_it_away(shop):
    first = ids(shop)[0]
    async with looking(shop) as press:
        await press("enter")
        shop.desk.tickets.solve((first,), NOW)
        press.app.look()
        await settle(press.pilot)
        assert "I ordered two throws" in seen(press.app)


async def test_the_place_is_kept_over_a_restart(shop, tmp_path):
    async with looking(shop) as press:
        await press("j", "j", "enter")
        there = press.app.screen.list.ticket_id
        await press.app.screen.last_place.keep()
    shop.desk = desk_of(tmp_path)
    async with looking(shop) as press:
        assert press.app.screen.list.ticket_id == there
        assert press.app.screen.reading


# all sizes


@pytest.mark.parametrize(
    "size", [(20, 5), (40, 10), (79, 24), (80, 24), (99, 30), (100, 30), (160, 50), (250, 70)]
)
async def test_every_size_shows_list_and_ticket(shop, size):
    async with looking(shop, size=size) as press:
        await press(
            "j",
            "enter",
            "s",
            "q",
            "i",
            "i",
            "H",
            "H",
            "q",
            "question_mark",
            "q",
            "colon",
            "escape",
            "b",
            "escape",
        )
        assert press.app.screen.list.cursor == 1


async def test_the_size_may_change_while_it_runs(shop):
    async with looking(shop) as press:
        for size in [(80, 24), (20, 5), (1, 1), (200, 60), (79, 24), (120, 36)]:
            await press.pilot.resize_terminal(*size)
            await press("j", "k")
        assert "Jana Mertens" in seen(press.app)


async def test_below_eighty_columns_list_and_ticket_are_two_screens(shop):
    async with looking(shop, size=(70, 24)) as press:
        assert "I ordered two throws" not in await press()
        picture = await press("enter")
        assert "I ordered two throws" in picture
        assert "Tom Iversen" not in picture


async def test_below_a_hundred_columns_i_shows_the_panel(shop):
    async with looking(shop, size=(90, 30)) as press:
        assert "no scan for 9 days" not in await press()
        assert "no scan for 9 days" in await press("i")


async def test_a_ticket_has_one_line_on_a_low_terminal_and_by_a_key(shop):
    async with looking(shop, size=(120, 24)) as press:
        assert press.app.screen.query_one(TicketList).per_row == 1
        await press("minus")
        assert press.app.screen.query_one(TicketList).per_row == 2


# quitting


@pytest.mark.parametrize("key", ["q", "y"])
async def test_q_at_the_inbox_asks_and_q_or_y_quits(shop, key):
    async with looking(shop) as press:
        assert "This is the inbox; q quits." in await press("escape")
        assert "Quit deskterm?" in await press("q")
        assert "Quit deskterm?" not in await press("escape")
        assert "q or y quit" in await press("q", "enter")
        await press.pilot.press(key)
        await press.pilot.pause()
        assert not press.app.is_running or press.app._exit


async def test_a_burst_of_keys_answers_a_question_once(shop):
    async with looking(shop) as press:
        await press("q", "escape", "q")
        for char in "nnqn":
            press.app.post_message(events.Key(char, char))
        await settle(press.pilot)
        assert press.app.is_running
        assert press.app.screen.list.ticket_id == ids(shop)[0]


async def test_a_key_pressed_before_the_ticket_is_read_is_for_the_ticket_under_the_cursor(shop):
    tom = ids(shop)[1]
    app = app_of(shop)
    async with app.run_test(size=WIDE) as pilot:
        for char in "jww":
            app.post_message(events.Key(char, char))
        await settle(pilot)
    assert status(shop, tom) is Status.WAITING


async def test_after_a_reply_the_next_ticket_down_comes(shop):
    _jana, _tom, sakura, mia, *_rest = ids(shop)
    shop.desk.replies.take(sakura, "trace", None, NOW)
    review = shop.desk.replies.review(sakura, NOW)
    async with looking(shop) as press:
        await press("j", "j")
        done = shop.desk.replies.send(sakura, review, NOW, review.level)
        press.app.post_message(Sent(done))
        await settle(press.pilot)
        assert press.app.screen.list.ticket_id == mia


async def test_a_reply_that_has_gone_out_is_not_offered_to_be_taken_back(shop):
    first = ids(shop)[0]
    shop.desk.replies.take(first, "trace", None, NOW)
    review = shop.desk.replies.review(first, NOW)
    shop.desk.replies.send(first, review, NOW, review.level)
    with shop.db.write() as tx:
        outbox.mark(tx, shop.desk.outbox.rows()[0].id, OutboxState.SENDING, "", NOW)
        outbox.mark(tx, shop.desk.outbox.rows()[0].id, OutboxState.SENT, "", NOW)
    async with looking(shop, notifications=True) as press:
        picture = await press("z")
        assert "z again" not in picture
        assert "has gone out" in picture


async def test_y_does_nothing_here(shop):
    before = ids(shop)
    async with looking(shop) as press:
        await press("y", "Y", "q", "y", "escape")
    assert ids(shop) == before


async def test_ages_follow_the_clock(shop):
    clock = Clock()
    async with looking(shop, clock=clock) as press:
        assert " 9h  Jana" in await press()
        clock.at += 2 * 3600
        press.app.look()
        press.app.screen.list.refresh()
        assert "11h  Jana" in await press("j")


async def test_a_second_desk_says_that_it_only_reads_and_changes_nothing(shop, tmp_path):
    first = ids(shop)[0]
    writing, shop.desk = shop.desk, desk_of(tmp_path, read_only=True)
    async with looking(shop, notifications=True) as press:
        assert "read only" in (await press()).splitlines()[0]
        for key in "ernwtbd.cz":
            assert "Read only: another desk is open." in await press(key)
            assert len(press.app.screen_stack) == 1
            press.app.screen.tell("something else")
        assert Status(writing.tickets.view(first, NOW).ticket.status) is Status.OPEN
    shop.desk.shop.db.close()
    shop.desk = writing


async def test_while_the_status_line_counts_down_one_z_brings_the_reply_back(shop):
    first = ids(shop)[0]
    shop.desk.replies.take(first, "trace", None, NOW)
    review = shop.desk.replies.review(first, NOW)
    clock = Clock()
    async with looking(shop, clock=clock) as press:
        done = shop.desk.replies.send(first, review, NOW, review.level)
        press.app.post_message(Sent(done))
        await settle(press.pilot)
        picture = await press()
        assert "The shirt is too small" in picture  # the next ticket is open
        undo = press.app.work.settings.undo_seconds
        assert f"to Jana Mertens, T{first}, in {undo} s" in picture
        clock.at += 3
        press.app.look()
        assert f"in {undo - 3} s" in await press()
        press.app.screen.tell("something else")
        await press("z")
        assert shop.desk.tickets.view(first, NOW).draft is not None
        assert not shop.desk.outbox.rows() or shop.desk.outbox.rows()[0].state != "queued"
