"""How the main screens look in terminals with fewer colours: what is kept here went through the real reduction."""

import pytest

from desk.conftest import ADDRESS
from deskterm.config.terminal import Colours
from deskterm.screens.reply.review import ReviewScreen
from screens.going import first, gone_to, until
from screens.looking import NOW, app_of, seen, settle

SMALL, GOOD, WIDE = (80, 24), (120, 36), (200, 60)
FEWER = (Colours.MANY, Colours.FEW, Colours.NONE)
WALKS = [  # name, size, keys
    ("inbox", SMALL, ()),
    ("inbox", GOOD, ("j",)),
    ("inbox", WIDE, ()),
    ("ticket", GOOD, ("enter",)),
    ("sheet", SMALL, ("i",)),
    ("sop", GOOD, ("s",)),
    ("snooze", GOOD, ("b",)),
    ("palette", SMALL, ("colon", *"close")),
    ("search", GOOD, ("slash", *"throw")),
    ("quit", SMALL, ("q",)),
]


@pytest.mark.parametrize("colours", FEWER, ids=lambda one: one.value)
@pytest.mark.parametrize("walk", WALKS, ids=lambda walk: f"{walk[0]}-{walk[1][0]}")
async def test_a_screen_in_fewer_colours(shop, picture, walk, colours):
    name, size, keys = walk
    app = app_of(shop, colours=colours)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        for key in keys:
            await pilot.press(key)
            await settle(pilot)
        for field in app.screen.query("Input").results():
            field.cursor_blink = False
        await settle(pilot)
        if size == WIDE:  # what was before comes a moment later
            await until(lambda: "This customer" in seen(app))
        picture(app, f"colours/{name}_on_{size[0]}x{size[1]}_in_{colours.value}")


@pytest.mark.parametrize("theme", ["light", "plain"])
@pytest.mark.parametrize("colours", [Colours.MANY, Colours.FEW], ids=lambda one: one.value)
async def test_the_other_themes_in_fewer_colours(shop, picture, theme, colours):
    app = app_of(shop, theme=theme, colours=colours)
    async with app.run_test(size=GOOD) as pilot:
        await settle(pilot)
        picture(app, f"colours/inbox_{theme}_in_{colours.value}")


@pytest.mark.parametrize("colours", FEWER, ids=lambda one: one.value)
@pytest.mark.parametrize("size", [SMALL, GOOD], ids=["80x24", "120x36"])
async def test_the_review_in_fewer_colours(shop, picture, size, colours):
    ticket = first(shop)
    shop.desk.replies.take(ticket, ADDRESS.id, None, NOW)
    async with gone_to(shop, ReviewScreen, "review", size, {"ticket_id": ticket}, colours=colours) as (
        pilot,
        screen,
    ):
        await until(lambda: screen.is_armed and "Read it over" not in seen(pilot.app))
        await settle(pilot)
        picture(pilot.app, f"colours/review_on_{size[0]}x{size[1]}_in_{colours.value}")


@pytest.mark.parametrize("size", [GOOD, WIDE], ids=["120x36", "200x60"])
async def test_the_inbox_with_all_colours(shop, picture, size):
    app = app_of(shop)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        if size == WIDE:
            await until(lambda: "This customer" in seen(app))
        picture(app, f"colours/inbox_on_{size[0]}x{size[1]}")
