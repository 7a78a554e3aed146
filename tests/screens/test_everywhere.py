"""What holds at every place: unknown keys do nothing, help and palette are there, Escape leads home."""

import pytest

from deskterm.app.palette import Palette
from deskterm.commands.record import Where
from deskterm.screens.help import HelpScreen
from deskterm.screens.inbox import InboxScreen
from deskterm.widgets.ticket_list import TicketList
from screens.going import until, week_of_work
from screens.looking import app_of, seen, settle

WAYS = {
    Where.LIST: (),
    Where.TICKET: ("enter",),
    Where.SOP: ("s",),
    Where.COMPOSE: ("r",),
    Where.NOTE: ("n",),
    Where.REVIEW: ("m", "t"),
    Where.SEARCH: ("slash",),
    Where.OUTBOX: ("g", "o"),
    Where.RADAR: ("g", "r"),
    Where.QUESTIONS: ("g", "f"),
    Where.TIMELINE: ("g", "c"),
    Where.SIMILAR: ("g", "l"),
    Where.STOCK: ("g", "b"),
    Where.RULES: ("g", "u"),
    Where.WEEK: ("g", "v"),
    Where.INCIDENTS: ("g", "k"),
    Where.METRICS: ("g", "m"),
    Where.BEHIND: ("g", "m", "enter"),
    Where.HELP: ("question_mark",),
    Where.BULK: ("asterisk", "m", "o"),
}
PICKERS = {"snooze": "b", "status": "w", "category": "t", "away": "d", "macro": "m", "a new mail": "c"}
TYPED = {Where.COMPOSE, Where.NOTE, Where.SEARCH}  # where `?` is a character
NO_PALETTE = {Where.NOTE}
NO_KEYS_OF_THEIR_OWN = {Where.TIMELINE, Where.SIMILAR, Where.BEHIND}
SIZE = (100, 30)


async def press(pilot, *keys):
    for key in keys:
        await pilot.press(key)
        await settle(pilot)


async def home(pilot):
    """Press Escape until the inbox stands alone; three times are enough from anywhere."""
    for _ in range(3):
        stack = pilot.app.screen_stack
        if len(stack) == 1 and isinstance(stack[0], InboxScreen) and stack[0].where is Where.LIST:
            return True
        await press(pilot, "escape")
    return len(pilot.app.screen_stack) == 1


def under_the_counts(app):
    """What is below the top line, which counts a draft a moment later, without the line that answers keys."""
    *above, _, footer = seen(app).splitlines()[1:]
    return [*above, footer]


def test_every_place_of_the_desk_is_visited():
    """The setup is an app of its own, pickers are many, an incident has to be begun, a rule tried: they have their own tests."""
    assert set(WAYS) == set(Where) - {Where.SETUP, Where.PICKER, Where.INCIDENT, Where.TRIAL}


@pytest.mark.parametrize("where", WAYS)
async def test_a_key_that_means_nothing_does_nothing(shop, where):
    week_of_work(shop)
    async with app_of(shop).run_test(size=SIZE, notifications=True) as pilot:
        await settle(pilot)
        await press(pilot, *WAYS[where])
        await until(lambda: "Read it over" not in seen(pilot.app))  # the review's keys send a moment later
        screen, picture = pilot.app.screen, under_the_counts(pilot.app)
        assert screen.where is where
        await press(pilot, "f12", "f9", "ctrl+b" if where not in TYPED else "f8")
        assert pilot.app.screen is screen
        if where is not Where.NOTE:  # a note has no line that answers keys: a notice lies over it
            assert under_the_counts(pilot.app) == picture


@pytest.mark.parametrize("where", [where for where in WAYS if where is not Where.HELP])
async def test_the_keys_of_the_place_are_a_key_away_and_escape_leads_back(shop, where):
    week_of_work(shop)
    async with app_of(shop).run_test(size=SIZE, notifications=True) as pilot:
        await settle(pilot)
        await press(pilot, *WAYS[where])
        screen = pilot.app.screen
        for key in ("f1",) if where in TYPED else ("question_mark", "f1"):
            await press(pilot, key)
            await until(lambda: isinstance(pilot.app.screen, HelpScreen))
            assert where in NO_KEYS_OF_THEIR_OWN or f"In {where}" in seen(pilot.app)
            await press(pilot, "escape")
            assert pilot.app.screen is screen
            assert screen.where is where


@pytest.mark.parametrize("where", [where for where in WAYS if where not in NO_PALETTE])
async def test_the_palette_is_there_and_escape_leads_back_and_home(shop, where):
    week_of_work(shop)
    async with app_of(shop).run_test(size=SIZE, notifications=True) as pilot:
        await settle(pilot)
        await press(pilot, *WAYS[where])
        screen = pilot.app.screen
        for key in ("ctrl+p",) if where in TYPED else ("colon", "ctrl+p"):
            await press(pilot, key)
            await until(lambda: isinstance(pilot.app.screen, Palette))
            await press(pilot, "escape")
            assert pilot.app.screen is screen
        assert await home(pilot)


@pytest.mark.parametrize("key", PICKERS.values(), ids=PICKERS)
async def test_a_picker_says_its_keys_once_leaves_unknown_ones_alone_and_is_left_by_escape(shop, key):
    async with app_of(shop).run_test(size=SIZE, notifications=True) as pilot:
        await settle(pilot)
        await press(pilot, key)
        screen = pilot.app.screen
        assert seen(pilot.app).count("Esc") == 1
        await press(pilot, "f12", "f9")
        assert pilot.app.screen is screen
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, InboxScreen)


@pytest.mark.parametrize("key", "rmnebswtdQHvl.")
async def test_a_key_for_a_ticket_says_so_where_there_is_none(shop, key):
    async with app_of(shop).run_test(size=SIZE, notifications=True) as pilot:
        await settle(pilot)
        await press(pilot, "g", "s", key)
        assert isinstance(pilot.app.screen, InboxScreen)
        assert "No ticket here" in seen(pilot.app)
        assert "r reply" not in seen(pilot.app)


@pytest.mark.parametrize("size", [(80, 24), (100, 30), (120, 36), (160, 48), (200, 60)])
async def test_nothing_jumps_when_first_painted_or_resized(shop, monkeypatch, size):
    """Each size is laid out once: the list is never first as wide as another terminal would have it."""
    widths, heard = [], TicketList.on_resize

    def on_resize(self):
        widths.append(self.outer_size.width)
        heard(self)

    monkeypatch.setattr(TicketList, "on_resize", on_resize)
    async with app_of(shop).run_test(size=size, notifications=True) as pilot:
        await settle(pilot)
        first = pilot.app.screen.list.outer_size.width
        assert set(widths) == {first}
        await pilot.resize_terminal(110, 30)
        await settle(pilot)
        assert set(widths) == {first, pilot.app.screen.list.outer_size.width}
