"""Copying: what may be copied, where it goes, and that the words about it are true."""

import asyncio

import pytest

from desk.conftest import STATUS
from deskterm.screens.base.clipboard import find_program, put_on_clipboard
from deskterm.screens.reply.review import ReviewScreen
from screens.going import first, gone_to, until
from screens.looking import NOW, app_of, sample, seen, settle

SIZE = (120, 36)


@pytest.fixture
def shop(tmp_path):
    made = sample(tmp_path / "desk")
    yield made
    made.db.close()


@pytest.fixture
def desktop(tmp_path, monkeypatch):
    """A desktop whose clipboard is a file, filled by a program called xclip."""
    program, clipboard = tmp_path / "bin" / "xclip", tmp_path / "clipboard"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\ncat >"{clipboard}"\n')
    program.chmod(0o700)
    monkeypatch.setenv("PATH", f"{program.parent}:/bin:/usr/bin")
    monkeypatch.setenv("DISPLAY", ":1")
    for name in ("WAYLAND_DISPLAY", "SSH_CONNECTION", "SSH_TTY"):
        monkeypatch.delenv(name, raising=False)
    return clipboard


@pytest.mark.parametrize(
    ("letter", "text"),
    [
        ("o", "1042"),
        ("t", "00340434161094042557"),
        ("a", "Jana Mertens\nHafenstr. 3\n20457 Hamburg\nGermany"),
        ("e", "jana@mertens.example"),
    ],
)
async def test_a_letter_key_copies_what_is_on_the_card(shop, desktop, letter, text):
    app = app_of(shop)
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await settle(pilot)
        await pilot.press("C")
        await settle(pilot)
        await pilot.press(letter)
        await until(desktop.exists)
        await until(lambda: "Copied" in seen(app))
        assert desktop.read_text() == text


async def test_the_mail_in_sight_is_copied_whole(shop, desktop):
    app = app_of(shop)
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await settle(pilot)
        await pilot.press("enter", "C")
        await settle(pilot)
        await pilot.press("m")
        await until(lambda: "Copied this mail" in seen(app))
        assert "> your order left us today." in desktop.read_text()


async def test_with_a_note_on_top_the_newest_mail_is_offered_and_the_note_is_named_as_one(shop, desktop):
    ticket = first(shop)
    newest = shop.desk.tickets.view(ticket, NOW).messages[-1].text
    shop.desk.tickets.note(ticket, "He rang twice.", NOW)
    app = app_of(shop)
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await settle(pilot)
        await pilot.press("enter", "C")
        await until(lambda: "this note" in seen(app))
        await pilot.press("m")
        await until(lambda: "Copied the newest mail" in seen(app))
        assert desktop.read_text().strip() == newest.strip()


async def test_the_review_copies_the_reply(shop, desktop):
    ticket = first(shop)
    draft = shop.desk.replies.take(ticket, STATUS.id, None, NOW)
    async with gone_to(shop, ReviewScreen, "review", SIZE, {"ticket_id": ticket}) as (pilot, screen):
        await until(lambda: screen.is_armed)
        await pilot.press("C")
        await settle(pilot)
        await pilot.press("r")
        await until(lambda: "Copied the reply" in seen(pilot.app))
        assert desktop.read_text() == draft.body.strip()


async def test_without_a_program_the_terminal_is_asked_and_nothing_is_claimed(shop, monkeypatch):
    monkeypatch.setenv("SSH_TTY", "/dev/pts/1")
    app = app_of(shop)
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await settle(pilot)
        await pilot.press("C")
        await settle(pilot)
        await pilot.press("o")
        await until(lambda: "Sent to the terminal" in seen(app))
        assert "Copied" not in seen(app)
        assert app.clipboard == "1042"


async def test_a_program_that_fails_is_not_believed(shop, desktop):
    (desktop.parent / "bin" / "xclip").write_text("#!/bin/sh\nexit 1\n")
    app = app_of(shop)
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await settle(pilot)
        await pilot.press("C")
        await settle(pilot)
        await pilot.press("o")
        await until(lambda: "Sent to the terminal" in seen(app))


@pytest.mark.parametrize(
    ("environment", "program"),
    [
        ({"WAYLAND_DISPLAY": "wayland-0", "DISPLAY": ":0"}, "wl-copy"),
        ({"DISPLAY": ":0"}, "xclip"),
        ({}, "pbcopy"),
        ({"DISPLAY": ":0", "SSH_CONNECTION": "1 2 3 4"}, ""),
    ],
)
def test_the_program_is_that_of_the_desktop_in_use(tmp_path, environment, program):
    for name in ("wl-copy", "xclip", "pbcopy"):
        (tmp_path / name).write_text("#!/bin/sh\n")
        (tmp_path / name).chmod(0o700)
    found = find_program({"PATH": str(tmp_path), **environment})
    assert [part.rpartition("/")[2] for part in found[:1]] == [program] * bool(program)


def test_any_text_arrives_unchanged(tmp_path, desktop, monkeypatch):
    import os

    text = "Zoë 🧶\r\n\ttab 日本\n"
    assert put_on_clipboard(text, os.environ)
    assert desktop.read_bytes() == text.encode()


async def test_text_is_selected_with_the_mouse_inside_the_conversation_alone(shop, desktop):
    app = app_of(shop)
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await settle(pilot)
        conversation = app.screen.query_one("Conversation")
        row = next(y for y, line in enumerate(seen(app).splitlines()) if "I ordered two throws" in line)
        top = row - conversation.region.y
        await pilot.mouse_down(conversation, offset=(2, top))
        await pilot.hover(conversation, offset=(30, top + 1))
        await pilot.mouse_up(conversation, offset=(30, top + 1))
        await pilot.pause()
        selected = app.screen.get_selected_text()
        assert selected.startswith("I ordered two throws")
        assert "Jana Mertens" not in selected
        assert all(not line.startswith(" ") for line in selected.splitlines())
        await pilot.press("C")
        await until(lambda: "Copied the selected text" in seen(app))
        assert desktop.read_text() == selected
        await pilot.press("j")
        await settle(pilot)
        assert app.screen.get_selected_text() is None
        await asyncio.sleep(0)
