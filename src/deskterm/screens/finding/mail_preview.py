"""Shows the mail of the ticket under the cursor beside a list, on a wide screen."""

from typing import TYPE_CHECKING

from textual.geometry import Size
from textual.timer import Timer

from deskterm.screens.base.screen import DeskScreen
from deskterm.screens.mail_pane import make_mail_pane, show_mail
from deskterm.screens.past_panel import COLUMNS
from deskterm.widgets.conversation import Conversation

if TYPE_CHECKING:
    from deskterm.actions.work import Work

_REST = 0.05  # seconds the cursor must rest before the ticket is read


class MailPreview:
    """Fills the conversation beside a list; the list's screen says when its cursor has moved."""

    def __init__(self, screen: DeskScreen[None], work: "Work") -> None:
        self._screen, self._work = screen, work
        self._ticket_id: int | None = None
        self._resting: Timer | None = None

    def make_pane(self) -> Conversation:
        """The conversation pane, empty."""
        return make_mail_pane(self._work)

    def fit(self, size: Size) -> None:
        """Show the pane if there is room: sets the class `-beside`."""
        self._screen.set_class(size.width >= COLUMNS, "-beside")

    def show(self, ticket_id: int | None) -> None:
        """Show a ticket's mail once the cursor rests; None empties the pane."""
        self._ticket_id = ticket_id
        if self._resting is not None:
            self._resting.stop()
        if self._screen.has_class("-beside"):
            self._resting = self._screen.set_timer(_REST, self._read)

    def _read(self) -> None:
        pane = self._screen.query_one(Conversation)
        if self._ticket_id is None:
            pane.clear()
            return
        now = self._work.now()
        show_mail(pane, self._work, self._work.desk.tickets.view(self._ticket_id, now), now)
