"""Screens that were left hold no memory for long."""

import gc
import weakref

from deskterm.app import places
from deskterm.screens.outbox import OutboxScreen
from screens.going import gone_to, until


async def test_what_screens_held_is_freed_once_no_key_is_pressed(shop, monkeypatch):
    collected = []
    monkeypatch.setattr(places, "REST", 0.05)
    monkeypatch.setattr(places.gc, "collect", lambda: collected.append(True))
    async with gone_to(shop, OutboxScreen, "outbox") as (pilot, _):
        assert not collected
        await pilot.press("q")
        await until(lambda: len(collected) == 1)


async def test_nothing_holds_the_lines_of_a_screen_that_was_left(shop):
    async with gone_to(shop, OutboxScreen, "outbox") as (pilot, screen):
        lines = [weakref.ref(widget._styles_cache) for widget in (screen, *screen.walk_children())]
        del screen
        await pilot.press("q")
        await until(lambda: len(pilot.app.screen_stack) == 1)
        await pilot.pause()

        def are_gone():
            gc.collect()
            return not any(one() for one in lines)

        await until(are_gone)
