"""Screens that were left hold no memory for long."""

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
