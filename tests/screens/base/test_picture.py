"""Pictures drawn in the terminal by chafa; here a program that stands in for it."""

import pytest

from deskterm.screens.base.picture import PictureScreen, draw
from screens.going import until
from screens.looking import sample
from screens.test_inbox import looking


@pytest.fixture
def shop(tmp_path):
    made = sample(tmp_path)
    yield made
    made.db.close()


def appear_in(tmp_path, monkeypatch, *lines):
    """Put a `chafa` on the path that runs these shell lines."""
    program = tmp_path / "bin/chafa"
    program.parent.mkdir()
    program.write_text("\n".join(("#!/bin/sh", *lines, "")))
    program.chmod(0o700)
    monkeypatch.setenv("PATH", f"{program.parent}:/usr/bin:/bin")


async def test_a_picture_is_shown_over_the_desk_and_saved(shop, tmp_path, monkeypatch):
    appear_in(tmp_path, monkeypatch, "printf '\\033[31m####\\033[0m\\n%s' \"$4\"")
    monkeypatch.setattr("deskterm.desk.tickets.Tickets.save_attachment", lambda *_: tmp_path / "label.jpg")
    async with looking(shop) as press:
        await press("V")
        await until(lambda: isinstance(press.app.screen, PictureScreen))
        assert press.app.screen.picture.plain.split() == ["####", "--size=116x33"]
        picture = await press("escape")
        assert "Saved" in picture


def test_only_characters_and_colours_are_taken_from_what_is_printed(tmp_path, monkeypatch):
    appear_in(tmp_path, monkeypatch, "printf '\\033[?25l\\033]0;x\\007\\033[1;31m#\\033[0m\\n\\033[2J#'")
    assert draw(tmp_path / "a.png", 10, 5, colours=True) == "\x1b[1;31m#\x1b[0m\n#"


def test_what_cannot_be_drawn_gives_no_picture(tmp_path, monkeypatch):
    appear_in(tmp_path, monkeypatch, "exit 1")
    assert draw(tmp_path / "a.png", 10, 5, colours=True) == ""
    assert draw(tmp_path / "a.svg", 10, 5, colours=True) == ""
    monkeypatch.setenv("PATH", str(tmp_path))
    assert draw(tmp_path / "a.png", 10, 5, colours=True) == ""
