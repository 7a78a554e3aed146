"""How the inbox looks: each picture is a sentence and a few keys."""

import pytest

from deskterm.domain.tickets import Listing
from screens.looking import NOW, app_of, settle
from snapshots.walking import answers_stand

SMALL, GOOD, WIDE = (80, 24), (120, 36), (160, 40)


PICTURES = [  # name, size, keys, theme
    ("inbox_on_80x24", SMALL, (), "dark"),
    ("inbox_on_120x36", GOOD, (), "dark"),
    ("inbox_in_light", GOOD, ("j",), "light"),
    ("inbox_without_colour", GOOD, ("j", "j"), "plain"),
    ("ticket_open_with_quotes_shown", GOOD, ("enter", "Q"), "dark"),
    ("sop_entered_on_80x24", SMALL, ("s", "j"), "dark"),
    ("snooze_picker", GOOD, ("b",), "dark"),
    ("chord_waits", GOOD, ("g",), "dark"),
    ("palette_on_80x24", SMALL, ("colon", "s", "o"), "light"),
    ("solve_asks_again", GOOD, ("e",), "dark"),
    ("quit_asks", GOOD, ("q",), "dark"),
]


@pytest.mark.parametrize("case", PICTURES, ids=lambda case: case[0])
async def test_the_inbox(shop, picture, case):
    name, size, keys, theme = case
    shop.desk.tickets.note(
        shop.desk.inbox.page(Listing.INBOX, 0, 1)[0].ticket_id, "DHL: stuck in Hamburg.", NOW - 7200
    )
    app = app_of(shop, theme=theme)
    async with app.run_test(size=size) as pilot:
        await answers_stand(pilot)
        for key in keys:
            await pilot.press(key)
            await settle(pilot)
        picture(app, name)
