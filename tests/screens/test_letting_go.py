"""Screens that were left hold no memory for long."""

import gc
import weakref

from deskterm.app import places
from deskterm.screens.outbox import OutboxScreen
from screens.going import gone_to, until


async def test_what_screens_held_is_collected_once_the_keys_rest(shop, monkeypatch):
    collected = []
    monkeypatch.setattr(places, "REST", 0.05)
    monkeypatch.setattr(places.gc, "collect", lambda: collected.append(True))
    async with gone_to(shop, OutboxScreen, "outbox") as (pilot, _):
        assert not collected
        await pilot.press("q")
        await until(lambda: len(collected) == 1)


async def test_lines_of_a_left_screen_are_held_by_nothing(shop):
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
