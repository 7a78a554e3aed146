"""A ticket opened by itself: from a search, a figure or the outbox."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from textual.containers import Horizontal
from textual.widget import Widget

from deskterm.actions.work import Work
from deskterm.commands.record import Where
from deskterm.screens.base.messages import DeskChanged
from deskterm.screens.ticket_base import TicketScreenBase

if TYPE_CHECKING:
    from deskterm.domain.views import Done


class TicketScreen(TicketScreenBase):
    """One ticket. J and K go through the tickets of `among`, in order."""

    WHERE = Where.TICKET

    def __init__(self, work: Work, ticket_id: int, among: tuple[int, ...] = ()) -> None:
        self.ticket_id = ticket_id
        self.among = among or (ticket_id,)
        super().__init__(work)

    @property
    def place(self) -> str:
        """The ticket, and its place in `among`."""
        if len(self.among) == 1 or self.ticket_id not in self.among:
            return f"T{self.ticket_id}"
        return f"T{self.ticket_id}, {self.among.index(self.ticket_id) + 1} of {len(self.among)}"

    def body(self) -> Iterable[Widget]:
        """Conversation and panel."""
        with Horizontal(id="desk"):
            yield from self.pane.widgets()

    def begin(self) -> None:
        """Give the keys to the conversation."""
        self.add_class("-reading")
        self.refresh_desk()

    def refresh_desk(self) -> None:
        """Read the ticket again."""
        self.show_ticket(self.ticket_id)
        self.mark_active()

    def move_on(self, done: "Done") -> None:  # noqa: ARG002 - the next one, whatever was done
        """Go to the next ticket in `among`, or back."""
        self.post_message(DeskChanged())
        if not self._go_to_neighbour(1):
            self.dismiss(None)

    def turn(self, tickets: int) -> None:
        """Go to a neighbour, or say that there is none."""
        if not self._go_to_neighbour(tickets):
            self.tell(f"This is the {'last' if tickets > 0 else 'first'} one.", "amber")

    def _go_to_neighbour(self, tickets: int) -> bool:
        """Go to a neighbour; gives whether there is one."""
        at = self.among.index(self.ticket_id) + tickets if self.ticket_id in self.among else -1
        if not 0 <= at < len(self.among):
            return False
        self.ticket_id = self.among[at]
        self.refresh_desk()
        self.show_facts()
        return True

    def do_back(self) -> None:
        """Leave the SOP, then the screen."""
        if self.in_sop:
            self.leave_sop()
        elif not self.pane.close_sheet():
            self.dismiss(None)

    def do_open(self) -> None:
        """Unfold long messages."""
        self.pane.conversation.toggle_whole()
