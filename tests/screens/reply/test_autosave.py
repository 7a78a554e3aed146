"""Keeping what is typed."""

import pytest

from deskterm.errors import DiskFull
from deskterm.screens.reply.autosave import Autosave


class Desk:
    """A place to save to that may be full, and timers that fire when the test says so."""

    def __init__(self):
        self.text, self.saved, self.full, self.timers, self.heard = "", [], False, [], []
        self.autosave = Autosave(self, self.save, self.heard.append)

    def set_timer(self, delay, callback):
        self.timers.append((delay, callback))

    async def save(self):
        if self.full:
            raise DiskFull("There is no room left.")
        self.saved.append(self.text)

    def type(self, text):
        self.text = text
        self.autosave.touch()

    async def fire(self):
        waiting, self.timers = self.timers, []
        for _, callback in waiting:
            await callback()


@pytest.fixture
def desk():
    return Desk()


async def test_typing_is_saved_within_two_seconds_however_long_it_goes_on(desk):
    for n in range(50):
        desk.type("x" * n)
    assert [delay for delay, _ in desk.timers] == [1.0]
    await desk.fire()
    assert desk.saved == ["x" * 49]
    assert not desk.autosave.dirty


async def test_a_full_disk_is_reported_and_the_text_is_saved_once_there_is_room(desk):
    desk.full = True
    desk.type("precious")
    await desk.fire()
    assert desk.saved == []
    assert isinstance(desk.heard[-1], DiskFull)
    desk.full = False
    await desk.fire()
    assert desk.saved == ["precious"]
    assert desk.heard[-1] is None


async def test_saving_at_once_tells_whether_everything_is_kept(desk):
    desk.type("a")
    desk.full = True
    assert not await desk.autosave.now()
    desk.full = False
    assert await desk.autosave.now()
    assert desk.saved == ["a"]


async def test_nothing_is_saved_if_nothing_was_typed(desk):
    assert await desk.autosave.now()
    assert desk.saved == []
