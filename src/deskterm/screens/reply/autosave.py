"""Keeping what is typed: saved soon after each change, tried again while it fails, never dropped."""

from collections.abc import Awaitable, Callable
from typing import Protocol

from deskterm.errors import DesktermError

SOON = 1.0  # seconds from the first unsaved key to the save: two are promised
AGAIN = 2.0  # seconds until a failed save is tried again


class Timers(Protocol):
    """What starts a timer: a screen."""

    def set_timer(self, delay: float, callback: Callable[[], Awaitable[None]]) -> object:
        """Call back once after `delay` seconds."""


class Autosave:
    """Saves through `save` a moment after `touch`; `told` hears of each failure, None once all is well."""

    def __init__(
        self,
        timers: Timers,
        save: Callable[[], Awaitable[None]],
        told: Callable[[DesktermError | None], None],
    ) -> None:
        self._timers, self._save, self._told = timers, save, told
        self._waiting = False
        self.dirty = False

    def touch(self) -> None:
        """Something was typed. The first unsaved key starts the clock: typing on does not put it off."""
        self.dirty = True
        self._start(SOON)

    def _start(self, delay: float) -> None:
        if not self._waiting:
            self._waiting = True
            self._timers.set_timer(delay, self._is_due)

    async def _is_due(self) -> None:
        self._waiting = False
        await self.now()

    async def now(self) -> bool:
        """Save at once if there is anything to save; give whether all of it is kept."""
        if not self.dirty:
            return True
        self.dirty = False
        try:
            await self._save()
        except DesktermError as error:
            self.dirty = True
            self._told(error)
            self._start(AGAIN)
            return False
        self._told(None)
        return not self.dirty
