"""Handling time: which ticket is on screen at each key, and the stretches of work recorded as events."""

import logging
from functools import cached_property

from textual import events
from textual.screen import ModalScreen

from deskterm.app.places import Places
from deskterm.domain.handling import Handled, HandlingClock
from deskterm.errors import DesktermError
from deskterm.screens.inbox import InboxScreen
from deskterm.screens.ticket_pane import WIDE

LOG = logging.getLogger("deskterm.handling")


class HandlingWatch:
    """Called for every key the app gets."""

    def __init__(self, app: Places) -> None:
        self._app, self._clock = app, HandlingClock()

    def press(self) -> None:
        """A key was pressed: the time since the last one was for the ticket on screen."""
        self._keep(self._clock.press(ticket_in_front(self._app), self._app.work.clock()))

    def look(self) -> None:
        """Stop the clock after a long time without keys."""
        self._keep(self._clock.look(self._app.work.clock()))

    async def end(self) -> None:
        """Record what is not recorded yet: the app is about to end."""
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
        except DesktermError as error:  # uncounted seconds are not worth disturbing the owner
            LOG.info("handling time was not recorded: %s", type(error).__name__)


def ticket_in_front(app: Places) -> int | None:
    """The ticket the owner is looking at: open, being answered or reviewed, or beside the list."""
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
    """The open ticket; not one that is only shown beside the list."""
    screen = app.desk_screen
    if isinstance(screen, InboxScreen):
        return screen.list.ticket_id if screen.reading else None
    ticket = getattr(screen, "ticket_id", None)
    return ticket if isinstance(ticket, int) else None


class HandlesTickets(Places):
    """An app that counts how long tickets are worked on."""

    @cached_property
    def handling(self) -> HandlingWatch:
        """Called for every key."""
        return HandlingWatch(self)

    async def on_event(self, event: events.Event) -> None:
        """Called for every event before a screen gets it (Textual's entry point)."""
        if isinstance(event, events.Key):
            self.handling.press()
            self.wait_for_rest()
        await super().on_event(event)
