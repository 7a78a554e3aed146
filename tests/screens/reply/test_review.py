"""The review in a pilot: what sends, and above all what does not."""

import asyncio
from contextlib import asynccontextmanager
from dataclasses import replace
from time import monotonic

import pytest
from textual import events

from desk.conftest import ADDRESS, STATUS
from deskterm.domain.outbox_states import OutboxState
from deskterm.domain.tickets import Status
from deskterm.errors import DiskFull, NotNow
from deskterm.screens.base.choose import Choose
from deskterm.screens.base.file_picker import FilePicker
from deskterm.screens.base.messages import Go
from deskterm.screens.reply.compose import ComposeScreen
from deskterm.screens.reply.order_choice import OrderScreen
from deskterm.screens.reply.review import ReviewScreen
from deskterm.widgets.form import Field
from screens.going import first, status, ticket_ids, until
from screens.looking import DAY, JANA, NOW, app_of, parcel_seen, seen, settle

WIDE, SMALL = (120, 36), (80, 24)


@asynccontextmanager
async def reviewing(shop, macro=STATUS.id, ticket=None, size=WIDE, **app):
    """The app with a macro taken and its review in front."""
    ticket = ticket or first(shop)
    if macro:
        shop.desk.replies.take(ticket, macro, None, NOW)
    made = app_of(shop, **app)
    async with made.run_test(size=size) as pilot:
        await settle(pilot)
        made.post_message(Go("review", ticket_id=ticket))
        await until(lambda: isinstance(made.screen, ReviewScreen) and made.screen.review is not None)
        await settle(pilot)
        yield pilot, made.screen, ticket


async def armed(screen):
    await until(lambda: screen.is_armed)


def rows(shop):
    return shop.desk.outbox.rows()


async def press_y(pilot, screen, key="y"):
    """Press once the key is armed, and wait until the screen has answered."""
    await armed(screen)
    await pilot.press(key)
    await until(lambda: not screen.commands.busy)
    await settle(pilot)


async def test_y_sends_a_green_reply_once_and_the_next_ticket_comes(shop):
    parcel_seen(shop, NOW - DAY)
    async with reviewing(shop) as (pilot, screen, ticket):
        after = ticket_ids(shop)[1]
        await press_y(pilot, screen)
        (row,) = rows(shop)
        assert (row.ticket_id, row.state) == (ticket, OutboxState.QUEUED)
        assert status(shop, ticket) is Status.WAITING
        assert not isinstance(pilot.app.screen, ReviewScreen)
        assert pilot.app.screen.ticket.id == after
        assert f"T{ticket}, in 15 s" in seen(pilot.app)
        with shop.db.write() as tx:  # once it is gone, the next countdown is that of another letter
            tx.execute("UPDATE outbox SET state = 'sent'")
        pilot.app.look()
        await settle(pilot)
        assert not pilot.app.work.facts.sending


async def test_y_typed_before_the_review_has_been_seen_sends_nothing(shop):
    async with reviewing(shop) as (pilot, screen, _):
        screen.arming.start_waiting(monotonic())
        await pilot.press("y")
        await settle(pilot)
        assert rows(shop) == ()
        assert isinstance(pilot.app.screen, ReviewScreen)


async def test_a_key_held_down_sends_nothing(shop):
    async with reviewing(shop) as (pilot, screen, _):
        await armed(screen)
        for _ in range(12):
            pilot.app.post_message(events.Key("y", "y"))
            await asyncio.sleep(0.02)
        await until(lambda: not screen.commands.busy)
        await settle(pilot)
        assert rows(shop) == ()


async def test_a_paste_sends_nothing_with_brackets_or_without(shop):
    async with reviewing(shop) as (pilot, screen, _):
        await armed(screen)
        pilot.app.post_message(events.Paste("y"))
        for char in "yes, y":  # no key that leaves the screen
            pilot.app.post_message(events.Key(char if char != " " else "space", char))
        await settle(pilot)
        await until(lambda: not screen.commands.busy)
        await settle(pilot)  # keys that were held meanwhile are read, too
        assert rows(shop) == ()


async def test_the_palette_cannot_send(shop):
    async with reviewing(shop) as (pilot, screen, _):
        await armed(screen)
        await pilot.press("colon", *"send", "enter")
        await settle(pilot)
        await until(lambda: isinstance(pilot.app.screen, ReviewScreen))
        assert rows(shop) == ()


async def test_y_does_nothing_on_an_amber_review_and_shift_y_sends_it(shop):
    async with reviewing(shop, ADDRESS.id) as (pilot, screen, _):
        await press_y(pilot, screen)
        assert rows(shop) == ()
        assert "Y sends" in seen(pilot.app)
        await press_y(pilot, screen, "Y")
        assert len(rows(shop)) == 1


async def test_a_claim_is_ticked_with_space_and_the_review_turns_green(shop):
    async with reviewing(shop, ADDRESS.id) as (pilot, screen, _):
        await press_y(pilot, screen, "space")
        assert [claim.ticked for claim in screen.review.claims] == [True]
        await press_y(pilot, screen)
        assert len(rows(shop)) == 1


async def test_a_missing_value_is_red_and_nothing_sends(shop):
    noor = ticket_ids(shop)[-1]
    async with reviewing(shop, ticket=noor) as (pilot, screen, _):
        picture = seen(pilot.app)
        for name in ("order.number", "tracking.carrier", "tracking.number"):
            assert name in picture
        await press_y(pilot, screen)
        await press_y(pilot, screen, "Y")
        assert rows(shop) == ()
        assert "send" not in picture.splitlines()[-1]


async def test_what_was_stopped_is_counted_for_the_week(shop):
    async with reviewing(shop, ADDRESS.id) as (pilot, screen, ticket):
        await press_y(pilot, screen)
        assert any(what == "stopped send" for what, *_ in shop.events(ticket))


async def test_a_long_mail_is_paged_to_its_end_before_it_is_sent(shop):
    parcel_seen(shop, NOW - DAY)
    ticket = first(shop)
    draft = shop.desk.replies.take(ticket, STATUS.id, None, NOW)
    shop.desk.replies.save(
        replace(draft, body=draft.body + "\n".join(f"line {n}" for n in range(60)) + "\n\nAnna"), NOW
    )
    async with reviewing(shop, None, size=SMALL) as (pilot, screen, _):
        assert "scrolls on" in seen(pilot.app) or not screen.is_armed
        presses = 0
        while rows(shop) == () and presses < 20:
            await press_y(pilot, screen)
            presses += 1
        assert presses > 3
        assert len(rows(shop)) == 1


@pytest.mark.parametrize("macro", [STATUS.id, ADDRESS.id], ids=["green", "amber"])
async def test_a_short_reply_that_fits_the_screen_is_sent_with_one_press_on_80x24(shop, macro):
    parcel_seen(shop, NOW - DAY)
    async with reviewing(shop, macro, size=SMALL) as (pilot, screen, _):
        assert "read on" not in seen(pilot.app)
        await press_y(pilot, screen, "Y")
        assert len(rows(shop)) == 1


async def test_verdict_and_keys_agree_while_the_end_is_out_of_sight(shop):
    ticket = first(shop)
    draft = shop.desk.replies.take(ticket, ADDRESS.id, None, NOW)
    body = draft.body.replace("\n\n", "\n\n" + "one more line\n" * 20, 1)
    shop.desk.replies.save(replace(draft, body=body), NOW)
    async with reviewing(shop, None, size=SMALL) as (pilot, screen, _):
        await armed(screen)
        screen._show_verdict()
        await settle(pilot)
        *_, verdict, _, keys = seen(pilot.app).splitlines()
        assert "Y scrolls on" in verdict
        assert "Y l read on" in keys
        presses = 0
        while screen.picture.unread and presses < 9:
            await press_y(pilot, screen, "Y")
            presses += 1
        assert presses == 1, "the panes are paged together"
        *_, verdict, _, keys = seen(pilot.app).splitlines()
        assert "Y sends" in verdict
        assert "Y send anyway" in keys
        await press_y(pilot, screen, "Y")
        assert len(rows(shop)) == 1


@pytest.mark.parametrize("lines", [0, 20], ids=["all in sight", "an end below"])
async def test_the_key_for_later_is_shown_beside_the_one_that_sends_before_and_after_it_is_pressed(
    shop, lines
):
    ticket = first(shop)
    draft = shop.desk.replies.take(ticket, ADDRESS.id, None, NOW)
    body = draft.body.replace("\n\n", "\n\n" + "one more line\n" * lines, 1)
    shop.desk.replies.save(replace(draft, body=body), NOW)
    async with reviewing(shop, None, size=SMALL) as (pilot, screen, _):
        await armed(screen)
        screen._show_verdict()
        await settle(pilot)
        keys = "Y l read on" if lines else "Y send anyway  l later"
        assert f" {keys}  " in seen(pilot.app).splitlines()[-1]
        await pilot.press("l")
        await until(lambda: isinstance(pilot.app.screen, Choose) or not screen.picture.unread)
        if lines:
            await settle(pilot)
            assert " Y send anyway  l later  " in seen(pilot.app).splitlines()[-1]


async def test_that_a_key_has_nothing_to_do_is_said_without_covering_the_mail(shop):
    """It is said in the status line: a notice would cover what is to be read."""
    async with reviewing(shop) as (pilot, screen, _):
        screen.tell_failure(NotNow("There is nothing to undo."))
        await settle(pilot)
        assert "There is nothing to undo." in seen(pilot.app).splitlines()[-2]
        assert not list(pilot.app._notifications)


async def test_what_does_not_fit_the_status_line_and_every_fault_is_a_notice(shop):
    async with reviewing(shop, size=SMALL) as (pilot, screen, _):
        screen.tell_failure(
            NotNow("It waits for its time. " * 9, todo="Bring it back, to send it from here.")
        )
        screen.tell_failure(DiskFull("There is no room left."))
        await until(lambda: len(pilot.app._notifications) == 2)


async def test_a_mail_that_arrives_meanwhile_stops_it(shop):
    parcel_seen(shop, NOW - DAY)
    async with reviewing(shop) as (pilot, screen, ticket):
        shop.mail(ticket, JANA, text="It has just arrived!", at=NOW)
        await armed(screen)
        await pilot.press("y")
        await until(lambda: not screen.commands.busy)
        await settle(pilot)
        assert rows(shop) == ()
        assert "new mail" in seen(pilot.app)
        await press_y(pilot, screen)
        assert rows(shop) == ()


async def test_tab_changes_what_follows(shop):
    parcel_seen(shop, NOW - DAY)
    async with reviewing(shop) as (pilot, screen, ticket):
        await pilot.press("tab")
        await until(lambda: screen.review.draft.after is Status.SOLVED)
        await press_y(pilot, screen)
        assert status(shop, ticket) is Status.SOLVED


async def test_another_order_fills_the_reply_again(shop):
    other = shop.order("2042", JANA)
    async with reviewing(shop) as (pilot, screen, _):
        assert "#1042" in screen.review.body
        await pilot.press("o")
        await until(lambda: isinstance(pilot.app.screen, OrderScreen))
        await settle(pilot)
        await pilot.press("down", "enter")
        await until(lambda: "#2042" in screen.review.body)
        assert screen.review.draft.order_id == other


async def test_i_goes_on_writing_and_ctrl_r_comes_back(shop):
    async with reviewing(shop) as (pilot, _, _):
        await pilot.press("i")
        await until(lambda: isinstance(pilot.app.screen, ComposeScreen))
        await settle(pilot)
        await pilot.press("ctrl+r")
        await until(lambda: isinstance(pilot.app.screen, ReviewScreen))
        assert len(pilot.app.screen_stack) == 2


async def test_q_leaves_and_the_draft_stays(shop):
    async with reviewing(shop) as (pilot, _, ticket):
        await pilot.press("q")
        await settle(pilot)
        assert not isinstance(pilot.app.screen, ReviewScreen)
        assert shop.desk.tickets.view(ticket, NOW).draft is not None


async def test_the_customers_words_the_mail_and_its_sources_are_shown_side_by_side(shop):
    async with reviewing(shop) as (pilot, _, _):
        picture = seen(pilot.app)
        assert "I ordered two throws" in picture
        assert "> your order left us today" not in picture
        assert "order #1042 left with DHL, number 00340434161094042557" in picture.replace("\n", " ")
        assert "Jana Mertens <jana@mertens.example>" in picture
        assert "synced" in picture
        assert "Loom & Clay <hello@loom.example>" in picture


@pytest.mark.parametrize("size", [SMALL, WIDE, (60, 15), (20, 5)])
async def test_it_survives_any_size_while_running(shop, size):
    async with reviewing(shop) as (pilot, _, _):
        await pilot.resize_terminal(*size)
        await settle(pilot)
        await pilot.resize_terminal(*WIDE)
        await settle(pilot)
        assert "00340434161094042557" in seen(pilot.app)


async def test_a_file_is_attached_by_its_path_and_shown(shop, tmp_path):
    (tmp_path / "label.pdf").write_bytes(b"%PDF")
    async with reviewing(shop) as (pilot, screen, _):
        await pilot.press("a")
        await until(lambda: isinstance(pilot.app.screen, FilePicker))
        await settle(pilot)
        pilot.app.screen.query_one(Field).value = f"{tmp_path}/lab"
        await settle(pilot)
        await pilot.press("tab")
        assert pilot.app.screen.query_one(Field).value == f"{tmp_path}/label.pdf"
        await pilot.press("enter")
        await until(lambda: screen.review.draft.attachments == (f"{tmp_path}/label.pdf",))
        await settle(pilot)
        assert "label.pdf" in seen(pilot.app)


async def test_z_takes_a_sent_reply_back_as_a_draft(shop):
    async with reviewing(shop) as (pilot, screen, ticket):
        await press_y(pilot, screen)
        await pilot.press("z")
        await settle(pilot)
        if rows(shop) and rows(shop)[0].state is OutboxState.QUEUED:
            await pilot.press("z")
            await settle(pilot)
        assert shop.desk.tickets.view(ticket, NOW).draft is not None
        assert status(shop, ticket) is Status.OPEN


async def test_a_draft_that_changes_meanwhile_is_shown_before_y_counts_again(shop):
    async with reviewing(shop) as (pilot, screen, _):
        await armed(screen)
        shop.desk.replies.save(replace(screen.review.draft, body="Written elsewhere."), NOW)
        pilot.app.look()
        assert screen.review.body == "Written elsewhere."
        assert not screen.is_armed
        await armed(screen)
        await settle(pilot)
        assert "Written elsewhere." in seen(pilot.app)


async def test_a_draft_that_was_thrown_away_elsewhere_is_reported(shop):
    async with reviewing(shop) as (pilot, screen, ticket):
        await armed(screen)
        shop.desk.replies.discard(ticket, NOW)
        pilot.app.look()
        await settle(pilot)
        assert screen.stopped
        assert screen.stopped[:20] in seen(pilot.app)
        await pilot.press("y")
        await settle(pilot)
        assert rows(shop) == ()


async def test_z_takes_back_the_reply_that_the_status_line_counts_down_to_and_the_review_stays(shop):
    parcel_seen(shop, NOW - DAY)
    async with reviewing(shop) as (pilot, screen, ticket):
        await press_y(pilot, screen)
        app = pilot.app
        await until(lambda: not isinstance(app.screen, ReviewScreen))
        await settle(pilot)
        second = next(one for one in ticket_ids(shop) if one != ticket)
        shop.desk.replies.take(second, STATUS.id, None, NOW)
        app.post_message(Go("review", ticket_id=second))
        await until(lambda: isinstance(app.screen, ReviewScreen) and app.screen.review is not None)
        await settle(pilot)
        assert "z takes it back" in seen(app)
        await pilot.press("z")
        await settle(pilot)
        assert isinstance(app.screen, ReviewScreen)
        assert app.screen.ticket_id == second
        assert f"Undid: sent the reply to T{ticket}" in seen(app)
        assert rows(shop)[0].state is OutboxState.DISCARDED
        assert shop.desk.tickets.view(ticket, NOW).draft


@pytest.mark.parametrize("key", ["?", "g o", "g m"])
async def test_z_takes_it_back_wherever_the_countdown_is_shown(shop, key):
    parcel_seen(shop, NOW - DAY)
    async with reviewing(shop) as (pilot, review, _):
        await press_y(pilot, review)
        await until(lambda: not isinstance(pilot.app.screen, ReviewScreen))
        await settle(pilot)
        await pilot.press(*(key.replace("?", "question_mark").split()))
        await settle(pilot)
        screen = pilot.app.screen
        assert "z takes it back" in seen(pilot.app)
        await pilot.press("z")
        await settle(pilot)
        assert pilot.app.screen is screen
        assert rows(shop)[0].state is OutboxState.DISCARDED


async def test_at_80_columns_the_review_shows_the_keys_for_later_and_for_what_follows(shop):
    parcel_seen(shop, NOW - DAY)
    async with reviewing(shop, size=SMALL) as (pilot, _, _ticket):
        footer = seen(pilot.app).splitlines()[-1]
        assert "l later" in footer or "l read on" in footer
        assert "Tab then" in footer
