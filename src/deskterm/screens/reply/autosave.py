"""Saves what is typed soon after each change, retries while it fails, and never drops text."""

from collections.abc import Awaitable, Callable
from typing import Protocol

from deskterm.errors import DesktermError

SOON = 1.0  # seconds from the first unsaved key to the save: two are promised
AGAIN = 2.0  # seconds until a failed save is retried


class Timers(Protocol):
    """What starts a timer: a screen."""

    def set_timer(self, delay: float, callback: Callable[[], Awaitable[None]]) -> object:
        """Call back once after `delay` seconds."""


class Autosave:
    """Saves with `save` soon after `touch`; `report` gets each failure, and None once all is saved."""

    def __init__(
        self,
        timers: Timers,
        save: Callable[[], Awaitable[None]],
        report: Callable[[DesktermError | None], None],
    ) -> None:
        self._timers, self._save, self._report = timers, save, report
        self._waiting = False
        self.dirty = False

    def touch(self) -> None:
        """Something was typed. The first unsaved key starts the clock; more typing does not delay it."""
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
        """Save now if there is anything to save; gives whether everything is saved."""
        if not self.dirty:
            return True
        self.dirty = False
        try:
            await self._save()
        except DesktermError as error:
            self.dirty = True
            self._report(error)
            self._start(AGAIN)
            return False
        self._report(None)
        return not self.dirty
