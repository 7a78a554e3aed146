"""`A`: the owner's own command writes a draft while the keys go on."""

import sys
from dataclasses import replace

from deskterm.commands.record import Where
from deskterm.desk import Desk
from screens.going import first, until
from screens.looking import app_of, seen, settle

WAITS = """
import pathlib, sys, time
sys.stdin.read()
while not pathlib.Path("go").exists():
    time.sleep(0.01)
print("Hello,\\n\\nit left today.")
"""


def set_command(shop, code=WAITS):
    """Give the shop a drafting command; returns the folder it runs in."""
    context = shop.desk.shop
    folder = context.home.config_folder
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "draft.py").write_text(code)
    settings = replace(context.settings, draft_command=f"{sys.executable} {folder / 'draft.py'}")
    shop.desk = Desk(context.db, settings, context.home, context.playbook, context.formats)
    return folder


def is_idle(app):
    return not [one for one in app.workers if one.group == "aside" and not one.is_finished]


async def test_the_editor_opens_with_the_draft(shop):
    folder = set_command(shop)
    app = app_of(shop)
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press("A", "A")
        await settle(pilot)
        (folder / "go").touch()
        await until(lambda: is_idle(app))
        await settle(pilot)
        assert app.screen.where is Where.COMPOSE
        assert "it left today." in seen(app)


async def test_keys_go_on_while_it_is_slow_and_the_draft_is_kept(shop):
    folder = set_command(shop)
    ticket = first(shop)
    app = app_of(shop)
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press("A", "A")
        await settle(pilot)
        await pilot.press("j")
        await settle(pilot)
        gone_on = not app.screen.front.is_on_top(ticket)
        await pilot.press("k")
        await settle(pilot)
        await pilot.press("A", "A")
        await settle(pilot)
        words = seen(app)
        await pilot.press("j", "n", "escape")
        await settle(pilot)
        (folder / "go").touch()
        await until(lambda: is_idle(app))
        await settle(pilot)
        assert gone_on
        assert f"at work on T{ticket} already" in words
        assert app.screen.where is Where.LIST
    assert "it left today." in shop.desk.replies.begin(ticket, 0).body


async def test_leaving_ends_a_command_that_is_still_at_work(shop):
    set_command(shop)
    app = app_of(shop)
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press("A", "A")
        await settle(pilot)
        assert not is_idle(app)
        await app.leave()
        await until(lambda: is_idle(app))
