"""What actions may ask of the inbox besides what any ticket's screen gives."""

from typing import TYPE_CHECKING

from deskterm.domain.tickets import Listing
from deskterm.screens.ticket_base import TicketFront

if TYPE_CHECKING:
    from deskterm.screens.inbox import InboxScreen


class InboxFront(TicketFront):
    """The `Front` of the inbox: its list can be filtered."""

    def __init__(self, screen: "InboxScreen") -> None:
        super().__init__(screen)
        self.screen: InboxScreen = screen

    @property
    def listing(self) -> Listing:
        """The list that is shown."""
        return self.screen.listing

    @property
    def query_text(self) -> str:
        """What the list is filtered by."""
        return self.screen.query_text

    def show_only(self, query: str) -> None:
        """Show those tickets of the list that a query finds."""
        self.screen.show_only(query)
