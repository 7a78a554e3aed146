"""Announcing news while the owner looks elsewhere: off unless it is switched on."""

import pytest

from deskterm.app.background import Finished
from screens.going import until
from screens.looking import NOW, TOM, Clock, app_of, sample, settle


@pytest.fixture
def shop(tmp_path):
    made = sample(tmp_path)
    yield made
    made.db.close()


async def told(shop, monkeypatch, way, *, key_before=0):
    """What is written to the terminal once Tom has written and a pass has ended."""
    written, clock = [], Clock()
    app = app_of(shop, clock=clock, notify=way)
    async with app.run_test() as pilot:
        await settle(pilot)
        monkeypatch.setattr(app._driver, "write", written.append)
        clock.at += 120 - key_before
        await pilot.press("j")
        clock.at += key_before
        shop.ticket(TOM, at=NOW + 60)
        app.post_message(Finished("sync", "1 new mail"))
        await settle(pilot)
        await until(lambda: not [one for one in app.workers if one.group == "notify"])
    return [one for one in written if "wrote" in one]


@pytest.mark.parametrize(
    ("way", "said"),
    [
        ("osc9", ["\x1b]9;1 wrote: Tom Iversen\x07"]),
        ("osc777", ["\x1b]777;notify;deskterm;1 wrote: Tom Iversen\x07"]),
        ("", []),
    ],
)
async def test_the_terminal_announces_news_if_that_is_switched_on(shop, monkeypatch, way, said):
    assert await told(shop, monkeypatch, way, key_before=90) == said


async def test_nothing_is_announced_to_an_owner_who_has_just_pressed_a_key(shop, monkeypatch):
    assert await told(shop, monkeypatch, "osc9", key_before=5) == []


async def test_a_command_is_given_the_words_without_a_shell(shop, monkeypatch, tmp_path):
    script, kept = tmp_path / "tell", tmp_path / "told"
    script.write_text(f'#!/bin/sh\nprintf "%s" "$2" > {kept}\n')
    script.chmod(0o700)
    await told(shop, monkeypatch, f"{script} deskterm", key_before=90)
    assert kept.read_text() == "1 wrote: Tom Iversen"


def test_names_cannot_drive_the_terminal():
    from types import SimpleNamespace

    from deskterm.app.notifying import news_words

    rows = [SimpleNamespace(name=name) for name in ("A;B\x1b]0;x\x07", "C", "D", "C")]
    assert news_words(rows) == "3 wrote: A,B␛]0,x␇, C and 1 more"
