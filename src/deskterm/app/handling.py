"""Handling time: which ticket is in front at each key, and the stretches of work kept as events."""

import logging
from functools import cached_property

from textual import events
from textual.screen import ModalScreen

from deskterm.app.places import Places
from deskterm.domain.handling import Handled, HandlingClock
from deskterm.errors import DesktermError
from deskterm.screens.inbox import InboxScreen
from deskterm.screens.ticket_base import WIDE

LOG = logging.getLogger("deskterm.handling")


class HandlingWatch:
    """Hears of every key that the app gets."""

    def __init__(self, app: Places) -> None:
        self._app, self._clock = app, HandlingClock()

    def press(self) -> None:
        """A key was pressed: what passed since the last one was for the ticket in front."""
        self._keep(self._clock.press(ticket_in_front(self._app), self._app.work.clock()))

    def look(self) -> None:
        """Stop the clock where no key came for long."""
        self._keep(self._clock.look(self._app.work.clock()))

    async def end(self) -> None:
        """Keep what is not kept yet: the app is about to end."""
        ended = self._clock.stop(self._app.work.clock())
        if ended is not None:
            await self._write(ended)

    def _keep(self, ended: Handled | None) -> None:
        if ended is not None:
            self._app.run_worker(self._write(ended), group="handling")

    async def _write(self, ended: Handled) -> None:
        work = self._app.work
        if work.desk.read_only:
            return
        try:
            await work.write(work.desk.tickets.record_handling, ended)
        except DesktermError as error:  # seconds that are not counted are no reason to disturb
            LOG.info("handling time was not kept: %s", type(error).__name__)


def ticket_in_front(app: Places) -> int | None:
    """The ticket that the owner looks at: open, written to or reviewed, or beside the list."""
    for screen in reversed(app.screen_stack):
        if isinstance(screen, InboxScreen):
            beside = screen.reading or screen.size.width >= WIDE
            return screen.list.ticket_id if beside else None
        ticket = getattr(screen, "ticket_id", None)
        if isinstance(ticket, int):
            return ticket
        if not isinstance(screen, ModalScreen):
            return None
    return None


def opened_ticket(app: Places) -> int | None:
    """The ticket that is open; one that only stands beside the list is not."""
    screen = app.desk_screen
    if isinstance(screen, InboxScreen):
        return screen.list.ticket_id if screen.reading else None
    ticket = getattr(screen, "ticket_id", None)
    return ticket if isinstance(ticket, int) else None


class HandlesTickets(Places):
    """An app that counts how long tickets are worked on."""

    @cached_property
    def handling(self) -> HandlingWatch:
        """Hears of every key."""
        return HandlingWatch(self)

    async def on_event(self, event: events.Event) -> None:
        """Hear of every key before a screen does (Textual's way in for all of them)."""
        if isinstance(event, events.Key):
            self.handling.press()
            self.wait_for_rest()
        await super().on_event(event)
