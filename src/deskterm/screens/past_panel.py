"""Fills the panel below the SOP on a large screen: similar tickets and the timeline, read after a moment."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.geometry import Size
from textual.timer import Timer

from deskterm.screens.base.command_runner import tell_failures
from deskterm.screens.base.screen import DeskScreen
from deskterm.widgets.side_panel import SidePanel

if TYPE_CHECKING:
    from deskterm.actions.work import Work
    from deskterm.domain.people.timeline import TimelineEntry
    from deskterm.domain.views import SimilarTicket

COLUMNS, ROWS = 160, 45  # from which there is room
_REST = 0.3  # seconds a ticket must be on screen before its past is read
_SHOWN = 5  # similar tickets, and entries of the timeline


class PastPanel:
    """Reads the past of the ticket on screen in the background and gives it to the panel."""

    def __init__(self, screen: DeskScreen[None], work: "Work", panel: SidePanel) -> None:
        self._screen, self._work, self._panel = screen, work, panel
        self._ticket_id: int | None = None
        self._resting: Timer | None = None
        self.has_room = False

    def fit(self, size: Size) -> None:
        """Note the size of the screen; a ticket that was there before the room was is read now."""
        had_room, self.has_room = self.has_room, size.width >= COLUMNS and size.height >= ROWS
        if not had_room:
            self._begin_soon()

    def show(self, ticket_id: int | None) -> None:
        """Read the past of a ticket that came to the front, unless it is shown already."""
        if ticket_id == self._ticket_id:
            return
        self._ticket_id = ticket_id
        self._begin_soon()

    def _begin_soon(self) -> None:
        if self._resting is not None:
            self._resting.stop()
        if self.has_room and self._ticket_id is not None:
            self._resting = self._screen.set_timer(_REST, self._begin)

    def _begin(self) -> None:
        self._resting = None
        if self._ticket_id is not None:
            reading = tell_failures(self._screen, self._read(self._ticket_id))
            self._screen.run_worker(reading, group="past", exclusive=True)

    async def _read(self, ticket_id: int) -> None:
        past = await self._work.read(self._find, ticket_id)
        if ticket_id == self._ticket_id and self._screen.stands:
            self._panel.show_past(*past)

    def _find(self, ticket_id: int) -> "tuple[Sequence[SimilarTicket], Sequence[TimelineEntry]]":
        desk = self._work.desk
        return desk.search.similar(ticket_id, _SHOWN), desk.timeline.for_ticket(ticket_id)[:_SHOWN]
