"""A ticket on screen: its mail, the suggested macros below, and the panel beside."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from textual.containers import Vertical
from textual.geometry import Size
from textual.widget import Widget

from deskterm.actions.work import Work
from deskterm.domain.tickets import Ticket
from deskterm.screens.base.screen import DeskScreen
from deskterm.screens.mail_pane import make_mail_pane, show_mail
from deskterm.screens.past_panel import PastPanel
from deskterm.widgets.side_panel import SidePanel
from deskterm.widgets.suggestions import Suggestions

if TYPE_CHECKING:
    from deskterm.domain.views import TicketView

WIDE, WIDER = 100, 120  # columns from which the mail is beside the list, and the panel beside both
HIGH = 30  # rows from which there are empty lines


class TicketPane:
    """Reads a ticket and shows it in its widgets; the screen's size decides which stand side by side."""

    def __init__(self, screen: DeskScreen[None], work: Work) -> None:
        self._screen, self._work = screen, work
        self.conversation = make_mail_pane(work)
        self._suggestions = Suggestions(work.key)
        self.panel = SidePanel(work.formats, work.key)
        self._past = PastPanel(screen, work, self.panel)
        self.view: TicketView | None = None  # the ticket on screen, with its mail

    def widgets(self) -> Iterable[Widget]:
        """The conversation with the suggested macros below, and the panel."""
        with Vertical(id="middle"):
            yield self.conversation
            yield self._suggestions
        yield self.panel

    def fit(self, size: Size) -> None:
        """The width decides what is shown side by side, the height how many empty lines there are."""
        self._past.fit(size)
        self._screen.update_classes(
            {
                "-small": size.width < WIDE,
                "-narrow": WIDE <= size.width < WIDER,
                "-wide": size.width >= WIDER,
                "-low": size.height < HIGH,
                "-high": size.height >= HIGH,
            },
            animate=False,
        )

    def show(self, ticket_id: int | None) -> None:
        """Read a ticket and show it; the same one again keeps its scroll position. None shows nothing."""
        now = self._work.now()
        view = self.view = None if ticket_id is None else self._work.desk.tickets.view(ticket_id, now)
        if view is None:
            self.conversation.clear()
        else:
            show_mail(self.conversation, self._work, view, now)
        self.panel.show(view, now)
        self._past.show(ticket_id)
        order = view.order.order if view and view.order else None
        suggested, offer = (view.suggested, view.offer) if view else ((), None)
        sop = view.sop.sop.title if view and view.sop else ""
        self._suggestions.show(suggested, order, offer, sop=sop, draft=bool(view and view.draft))

    @property
    def ticket(self) -> Ticket | None:
        """The ticket on screen."""
        return self.view.ticket if self.view else None

    @property
    def has_sheet(self) -> bool:
        """Whether customer and orders are shown over the rest, where there is no room beside it."""
        return self._screen.has_class("-side") and not self._screen.has_class("-wide")

    def close_sheet(self) -> bool:
        """Close the sheet with customer and orders; gives whether it was open."""
        was_open = self.has_sheet
        if was_open:
            self._screen.remove_class("-side")
        return was_open
