"""Writing an internal note in a pilot: what is written is not lost."""

from contextlib import asynccontextmanager

from deskterm.commands.keymap import keymap
from deskterm.commands.record import Where
from deskterm.domain.messages import Direction
from deskterm.errors import DiskFull
from deskterm.screens.reply.note import NoteScreen
from deskterm.widgets.editor import Editor
from screens.going import first, until
from screens.looking import NOW, app_of, seen, settle


@asynccontextmanager
async def noting(shop):
    """The app with the note of the first ticket in front."""
    async with app_of(shop).run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await pilot.press("n")
        await until(lambda: isinstance(pilot.app.screen, NoteScreen))
        await settle(pilot)
        yield pilot, pilot.app.screen


def notes(shop):
    messages = shop.desk.tickets.view(first(shop), NOW).messages
    return [one.text for one in messages if one.direction is Direction.NOTE]


def begun(shop):
    return shop.desk.tickets.begun_note(first(shop))


async def test_a_note_is_added_and_its_draft_is_gone(shop):
    async with noting(shop) as (pilot, screen):
        await pilot.press(*"ask DHL", "ctrl+s")
        await until(lambda: pilot.app.screen is not screen)
        await until(lambda: notes(shop) == ["ask DHL"])
        assert begun(shop) == ""


async def test_what_is_typed_is_saved_without_pressing_a_key(shop):
    """Even if the program is killed: nothing is pressed after the last word."""
    async with noting(shop) as (pilot, _):
        await pilot.press(*"ask DHL")
        await until(lambda: begun(shop) == "ask DHL")
    assert notes(shop) == []


async def test_leaving_keeps_the_note_and_coming_back_goes_on_with_it(shop):
    async with noting(shop) as (pilot, screen):
        await pilot.press(*"ask DHL", "escape")
        await until(lambda: pilot.app.screen is not screen)
        await settle(pilot)
        await pilot.press("n")
        await until(lambda: isinstance(pilot.app.screen, NoteScreen))
        await settle(pilot)
        await pilot.press(*" now", "ctrl+s")
        await until(lambda: notes(shop) == ["ask DHL now"])


async def test_quitting_keeps_the_last_word(shop):
    async with noting(shop) as (pilot, _):
        await pilot.press(*"ask DHL")
        await pilot.app.leave()
    assert begun(shop) == "ask DHL"


async def test_a_note_is_thrown_away_by_its_key(shop):
    async with noting(shop) as (pilot, screen):
        await pilot.press(*"ask DHL", "ctrl+x")
        await until(lambda: pilot.app.screen is not screen)
        await until(lambda: "Note discarded." in seen(pilot.app))
        assert begun(shop) == ""


async def test_a_note_that_was_saved_before_is_thrown_away_by_one_key(shop):
    """That it was saved a moment ago is no reason to keep it."""
    shop.desk.tickets.keep_note(first(shop), "ask DHL")
    async with noting(shop) as (pilot, screen):
        await pilot.press("ctrl+x")
        await until(lambda: pilot.app.screen is not screen)
        await until(lambda: "Note discarded." in seen(pilot.app))
        assert begun(shop) == ""


async def test_an_empty_note_is_left_without_a_message(shop):
    async with noting(shop) as (pilot, screen):
        await pilot.press("ctrl+x")
        await until(lambda: pilot.app.screen is not screen)
        await settle(pilot)
        assert "Note discarded" not in seen(pilot.app)


async def test_a_note_that_cannot_be_thrown_away_stays_in_front(shop, monkeypatch):
    """On a disk that takes nothing."""
    what = "There is no room left on the disk."

    def full(*_):
        raise DiskFull(what)

    shop.desk.tickets.keep_note(first(shop), "ask DHL")
    async with noting(shop) as (pilot, screen):
        monkeypatch.setattr(shop.desk.tickets, "keep_note", full)
        await pilot.press("ctrl+x")
        await until(lambda: [one.title for one in pilot.app._notifications] == [what])
        assert pilot.app.screen is screen
        assert screen.query_one(Editor).text == "ask DHL"


async def test_on_a_full_disk_the_note_stays_in_front(shop, monkeypatch):
    def full(*_):
        raise DiskFull("There is no room left on the disk.")

    monkeypatch.setattr(shop.desk.tickets, "keep_note", full)
    async with noting(shop) as (pilot, screen):
        await pilot.press(*"precious", "ctrl+s")
        await until(lambda: "Not saved" in seen(pilot.app))
        await pilot.press("escape")
        await settle(pilot)
        assert pilot.app.screen is screen
        assert screen.query_one(Editor).text == "precious"


async def test_the_note_shows_the_keys_that_the_table_names(shop):
    async with noting(shop) as (pilot, _):
        picture = seen(pilot.app)
        for key, command in keymap(Where.NOTE).items():
            assert f"{key} {command.label}" in picture
