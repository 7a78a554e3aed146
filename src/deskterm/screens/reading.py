"""Reading a ticket: the conversation, the panel beside it, and what only changes how much is seen."""

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from textual.containers import Vertical
from textual.geometry import Size
from textual.widget import Widget

from deskterm.actions.work import Work
from deskterm.commands.record import Where
from deskterm.screens.base.screen import DeskScreen, Shown
from deskterm.widgets.conversation import Conversation
from deskterm.widgets.side_panel import SidePanel
from deskterm.widgets.suggestions import Suggestions

if TYPE_CHECKING:
    from deskterm.domain.views import TicketView

WIDE, NARROW = 100, 80  # columns from which the panel, and the list, stand beside the mail
HIGH = 30  # rows from which there is room for air


class TicketReader(DeskScreen[None]):
    """A screen with a ticket on it."""

    HOLDS_TICKETS = True

    def __init__(self, work: Work) -> None:
        self.view: TicketView | None = None
        self._entered = False
        super().__init__(work)

    @property
    def where(self) -> Where:
        """The SOP panel while one is in it."""
        return Where.SOP if self._entered else self.WHERE

    def fit(self, size: Size) -> None:
        """What stands beside what goes by the width, how much air there is by the height."""
        self.update_classes(
            {
                "-small": size.width < NARROW,
                "-narrow": NARROW <= size.width < WIDE,
                "-wide": size.width >= WIDE,
                "-low": size.height < HIGH,
                "-high": size.height >= HIGH,
            },
            animate=False,
        )

    def pane(self) -> Iterable[Widget]:
        """The conversation with the macros under it, and the panel."""
        with Vertical(id="middle"):
            now, formats = self.work.now, self.work.formats
            yield Conversation(lambda at: formats.moment(at, now()), lambda at: formats.ahead(at, now()))
            yield Suggestions()
        yield SidePanel(self.work.formats)

    def show_ticket(self, ticket_id: int | None) -> None:
        """Read a ticket and show it; the same one again keeps its place. None shows nothing."""
        now = self.work.now()
        view = self.view = None if ticket_id is None else self.work.desk.tickets.view(ticket_id, now)
        if view is None:
            self.query_one(Conversation).clear()
        else:
            since = view.ticket.unanswered_since
            waited = "" if since is None else self.work.formats.duration(now - since)
            self.query_one(Conversation).show(view.ticket, view.messages, waited, view.outbox)
        self.query_one(SidePanel).show(view, now)
        order = view.order.order if view and view.order else None
        suggested = view.suggested if view else ()
        self.query_one(Suggestions).show(suggested, order, draft=bool(view and view.draft))
        if self._entered and not self.query_one(SidePanel).entered:
            self._entered = False
            self.show_keys()

    def footer_commands(self, shown: list[Shown]) -> list[Shown]:
        """In an open ticket Enter unfolds."""
        return [(replace(one, label="unfold") if one.id == "open" else one, keys) for one, keys in shown]

    @property
    def ticket_view(self) -> "TicketView | None":
        """The ticket in front with its mail."""
        return self.view

    @property
    def conversation(self) -> Conversation:
        """The mail in front."""
        return self.query_one(Conversation)

    @property
    def panel(self) -> SidePanel:
        """What stands beside the mail."""
        return self.query_one(SidePanel)

    def toggle_side(self) -> None:
        """Show the panel where there is no room for it beside the mail, or hide it where there is."""
        self.toggle_class("-side")

    # the SOP

    def do_sop(self) -> None:
        """Go into the SOP panel."""
        panel = self.query_one(SidePanel)
        if not panel.enter():
            self.tell("No SOP fits this ticket; `t` sets its category.", "amber")
            return
        self._entered = True
        self.add_class("-sop")
        self.show_keys()

    def leave_sop(self) -> None:
        """Go back to the mail."""
        self._entered = False
        self.remove_class("-sop")
        self.query_one(SidePanel).leave()
        self.show_keys()

    async def do_tick(self) -> None:
        """Tick the step, or take the tick away."""
        panel = self.query_one(SidePanel)
        if self.view is None or panel.sop is None or panel.step is None:
            return
        tick, ticket_id = self.work.desk.tickets.tick, self.view.ticket.id
        await self.work.write(tick, ticket_id, panel.sop.sop.id, panel.step.key, self.work.now())
        self.show_ticket(ticket_id)
        panel.go_step(1)
