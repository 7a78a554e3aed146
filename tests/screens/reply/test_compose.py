"""Writing a reply in a pilot."""

import stat
import sys
from contextlib import nullcontext

import pytest
from textual import events

from desk.conftest import STATUS
from deskterm.errors import DiskFull
from deskterm.screens.help import HelpScreen
from deskterm.screens.reply.compose import ComposeScreen
from deskterm.screens.reply.macro import MacroScreen
from deskterm.screens.reply.review import ReviewScreen
from deskterm.widgets.editor import Editor
from deskterm.widgets.form import Choice, Field
from screens.going import first, gone_to, ticket_ids, until
from screens.looking import JANA, NOW, seen, settle


def composing(shop, ticket=None, **more):
    return gone_to(shop, ComposeScreen, "compose", values={"ticket_id": ticket or first(shop)}, **more)


def kept(shop, ticket=None):
    return shop.desk.tickets.view(ticket or first(shop), NOW).draft


def text(screen):
    return screen.query_one(Editor).text


async def test_the_mail_the_order_and_the_sop_stay_beside_the_text(shop):
    async with composing(shop) as (pilot, screen):
        picture = seen(pilot.app)
        assert "I ordered two throws" in picture
        assert "#1042" in picture
        assert "Jana Mertens: 1 order" in picture
        assert "Check the last scan" in picture
        assert "To Jana Mertens" in picture
        assert "Warm wishes" in text(screen)


async def test_a_key_lets_the_reply_answer_another_ticket_whose_words_then_stand_beside_it(shop):
    ticket = first(shop)
    other = shop.ticket(subject="The invoice", text="May I have the invoice?")
    async with composing(shop, ticket) as (pilot, screen):
        await pilot.press(*"Both are here.", "ctrl+n")
        await settle(pilot)
        picture = seen(pilot.app)
        await screen.leaving()
    assert f"also answers T{other}" in picture
    assert "May I have the invoice?" in picture
    assert kept(shop, ticket).also == (other,)


async def test_below_100_columns_the_mail_is_one_key_away(shop):
    async with composing(shop, size=(80, 24)) as (pilot, _):
        assert "I ordered two throws" not in seen(pilot.app)
        await pilot.press("ctrl+l")
        await settle(pilot)
        assert "I ordered two throws" in seen(pilot.app)
        await pilot.press("ctrl+l")
        await settle(pilot)
        assert "I ordered two throws" not in seen(pilot.app)


async def test_f1_and_the_palette_show_the_keys(shop):
    async with composing(shop) as (pilot, screen):
        for keys in (["f1"], ["ctrl+p", *"keys of this", "enter"]):
            await pilot.press(*keys)
            await until(lambda: isinstance(pilot.app.screen, HelpScreen))
            await settle(pilot)
            assert "Ctrl+R" in seen(pilot.app)
            await pilot.press("q")
            await until(lambda: pilot.app.screen is screen)
            await settle(pilot)


async def test_in_a_filled_draft_typing_goes_on_after_the_last_word(shop):
    shop.desk.replies.take(first(shop), STATUS.id, None, NOW)
    async with composing(shop) as (pilot, screen):
        before = text(screen)
        await pilot.press("!")
        words, signature = before.split("\n\nWarm wishes")
        assert text(screen) == f"{words}!\n\nWarm wishes{signature}"


async def test_a_new_reply_has_one_blank_line_above_the_signature(shop):
    async with composing(shop) as (pilot, screen):
        await pilot.press(*"Hi")
        assert text(screen).startswith("Hi\n\nWarm wishes")


async def test_ctrl_end_and_ctrl_home_go_to_the_ends_of_the_text(shop):
    async with composing(shop) as (pilot, screen):
        await pilot.press("ctrl+end", "x", "ctrl+home", "y")
        assert text(screen).startswith("y")
        assert text(screen).endswith("x")


async def test_a_notification_does_not_hide_that_the_draft_is_kept(shop):
    async with composing(shop, size=(80, 24)) as (pilot, screen):
        screen.notify("One line.\nAnother line.", title="Something happened.", timeout=60)
        await until(lambda: "Something happened." in seen(pilot.app))
        assert "Saved automatically." in seen(pilot.app)


async def test_what_is_typed_is_saved_without_pressing_a_key(shop):
    async with composing(shop) as (pilot, _):
        await pilot.press(*"Hello")
        await until(lambda: kept(shop) is not None)
        assert kept(shop).body.startswith("Hello")


async def test_an_empty_reply_is_not_reviewed(shop):
    async with composing(shop) as (pilot, screen):
        await pilot.press("ctrl+r")
        await until(lambda: not screen.commands.busy)
        await settle(pilot)
        assert pilot.app.screen is screen
        assert "Nothing is written yet, so there is nothing to review." in seen(pilot.app)
        await pilot.press(*"Hi", "ctrl+r")
        await until(lambda: isinstance(pilot.app.screen, ReviewScreen))
        assert kept(shop).body.startswith("Hi")


async def test_leaving_keeps_the_last_word_and_coming_back_shows_it(shop):
    async with composing(shop) as (pilot, screen):
        await pilot.press(*"Hi", "escape")
        await until(lambda: pilot.app.screen is not screen)
        assert kept(shop).body.startswith("Hi")
    async with composing(shop) as (_, screen):
        assert text(screen).startswith("Hi")


async def test_quitting_keeps_the_last_word(shop):
    async with composing(shop) as (pilot, _):
        await pilot.press(*"Hi")
        await pilot.app.leave()
    assert kept(shop).body.startswith("Hi")


async def test_opening_and_leaving_makes_no_draft(shop):
    async with composing(shop) as (pilot, screen):
        await pilot.press("escape")
        await until(lambda: pilot.app.screen is not screen)
    assert kept(shop) is None


async def test_a_full_disk_is_reported_and_the_text_stays_and_is_saved_once_there_is_room(shop, monkeypatch):
    save, full = shop.desk.replies.save, [True]

    def may_fail(draft, now):
        if full[0]:
            raise DiskFull("There is no room left on the disk.")
        return save(draft, now)

    monkeypatch.setattr(shop.desk.replies, "save", may_fail)
    async with composing(shop) as (pilot, screen):
        await pilot.press(*"precious")
        await until(lambda: "Not saved" in seen(pilot.app))
        assert text(screen).startswith("precious")
        await pilot.press("escape")
        await settle(pilot)
        assert pilot.app.screen is screen
        assert "Esc again leaves" in seen(pilot.app)
        full[0] = False
        await until(lambda: kept(shop) is not None)
        assert kept(shop).body.startswith("precious")
        await until(lambda: "Esc again leaves" not in seen(pilot.app) and "Not saved" not in seen(pilot.app))


async def test_a_paste_is_cleaned(shop):
    async with composing(shop) as (pilot, screen):
        pilot.app.post_message(events.Paste("\x1b[2Jgone\u202e"))
        await settle(pilot)
        assert text(screen).startswith("␛[2Jgone")
        assert "\u202e" not in text(screen)


async def test_ctrl_r_reviews_what_has_been_written(shop):
    async with composing(shop) as (pilot, _):
        await pilot.press(*"Soon", "ctrl+r")
        await until(lambda: isinstance(pilot.app.screen, ReviewScreen) and pilot.app.screen.review)
        assert pilot.app.screen.review.body.startswith("Soon")


async def test_a_macro_is_inserted_at_the_cursor(shop):
    async with composing(shop) as (pilot, screen):
        await pilot.press(*"Hm. ", "ctrl+t")
        await until(lambda: isinstance(pilot.app.screen, MacroScreen))
        await settle(pilot)
        await pilot.press("t")
        await until(lambda: pilot.app.screen is screen)
        await settle(pilot)
        assert text(screen).startswith("Hm. I have opened a trace.")
        await until(lambda: kept(shop) is not None and kept(shop).macro == "trace")


async def test_undo_still_works_after_a_visit_to_the_review(shop):
    async with composing(shop) as (pilot, _):
        await pilot.press(*"Soon", "ctrl+r")
        await until(lambda: isinstance(pilot.app.screen, ReviewScreen) and pilot.app.screen.review)
        await settle(pilot)
        await pilot.press("i")
        await until(lambda: isinstance(pilot.app.screen, ComposeScreen))
        await settle(pilot)
        await pilot.press("!")
        assert text(pilot.app.screen).startswith("Soon!")
        await pilot.press("ctrl+z", "ctrl+z")
        assert not text(pilot.app.screen).startswith("So")


async def test_an_inserted_macro_is_held_to_its_claims_and_needs_unless_another_was_taken(shop):
    async with composing(shop) as (pilot, screen):
        for letter in "ot":
            await pilot.press("ctrl+t")
            await until(lambda: isinstance(pilot.app.screen, MacroScreen))
            await settle(pilot)
            await pilot.press(letter)
            await until(lambda: pilot.app.screen is screen)
            await settle(pilot)
        assert ".\n\nI have opened a trace." in text(screen)
        await until(lambda: kept(shop) is not None and kept(shop).macro == "order-status")


async def test_an_inserted_macro_is_filled_from_the_order_that_was_named(shop):
    async with composing(shop) as (pilot, screen):
        await pilot.press("ctrl+t")
        await until(lambda: isinstance(pilot.app.screen, MacroScreen))
        await settle(pilot)
        await pilot.press("o")
        await until(lambda: "order #1042 left with DHL" in text(screen))
        await until(lambda: kept(shop) is not None and kept(shop).order_id is not None)


async def test_a_value_that_is_missing_is_named_below_the_text(shop):
    noor = ticket_ids(shop)[-1]
    async with composing(shop, noor) as (pilot, screen):
        screen.query_one(Editor).insert_words("Number [tracking.number?]")
        await settle(pilot)
        assert "tracking.number: no value yet" in seen(pilot.app)


async def test_recipients_subject_and_quoting_can_be_changed(shop):
    async with composing(shop) as (pilot, screen):
        await pilot.press(*"Hi", "ctrl+o")
        await settle(pilot)
        assert screen.focused is screen.query_one("#to", Field)
        await pilot.press("tab", *"boss@x.example", "tab", "tab", "end", *"!", "tab", "tab", "right")
        assert screen.query_one("#quote", Choice).value == "quoted below"
        await pilot.press("escape")
        await settle(pilot)
        assert screen.focused is screen.query_one(Editor)
        await until(lambda: kept(shop) is not None and kept(shop).quote)
        draft = kept(shop)
        assert [person.address for person in draft.cc] == ["boss@x.example"]
        assert draft.to == (JANA,)
        assert draft.subject.endswith("!")


async def test_an_invalid_recipient_stops_the_review_and_is_named(shop):
    async with composing(shop) as (pilot, screen):
        await pilot.press(*"Hi", "ctrl+o", *", nobody", "ctrl+r")
        await until(lambda: "“nobody” is not a mail address" in seen(pilot.app))
        assert pilot.app.screen is screen


async def test_the_draft_is_thrown_away_and_undo_brings_it_back(shop):
    async with composing(shop) as (pilot, screen):
        await pilot.press(*"Hi", "ctrl+x")
        await until(lambda: pilot.app.screen is not screen)
        assert kept(shop) is None
        await until(lambda: "z brings it back" in seen(pilot.app).splitlines()[-2])
        assert not list(pilot.app._notifications)
        shop.desk.undo.undo(NOW)
        assert kept(shop).body.startswith("Hi")


async def test_the_owners_editor_gets_the_text_and_gives_it_back(shop, tmp_path, monkeypatch):
    script = tmp_path / "editor"
    saw = tmp_path / "saw"
    script.write_text(
        f"#!{sys.executable}\nimport pathlib, sys\nfile = pathlib.Path(sys.argv[1])\n"
        f"pathlib.Path({str(saw)!r}).write_text(file.read_text())\nfile.write_text('By hand.')\n"
    )
    script.chmod(stat.S_IRWXU)
    monkeypatch.setenv("VISUAL", str(script))
    async with composing(shop) as (pilot, screen):
        await pilot.press("ctrl+g")
        await until(lambda: "cannot be handed to an" in seen(pilot.app))
        monkeypatch.setattr(pilot.app, "suspend", nullcontext)  # a pilot has no terminal to hand over
        await pilot.press("ctrl+g")
        await settle(pilot)
        assert text(screen) == "By hand."
        assert "I ordered two throws" in saw.read_text()
        await until(lambda: kept(shop) is not None)
        assert kept(shop).body == "By hand."


@pytest.mark.parametrize("size", [(80, 24), (40, 12), (20, 5), (160, 50)])
async def test_it_survives_any_size_while_running(shop, size):
    async with composing(shop) as (pilot, screen):
        await pilot.press(*"Hi")
        await pilot.resize_terminal(*size)
        await settle(pilot)
        await pilot.press("!")
        assert text(screen).startswith("Hi!")
