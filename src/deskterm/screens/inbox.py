"""The inbox: the list, the ticket under the cursor, and what is known of its customer beside it."""

from collections.abc import Iterable

from textual.widget import Widget

from deskterm.commands import Where
from deskterm.domain.tickets import Listing, Row
from deskterm.screens.base import DeskScreen
from deskterm.screens.work import Work
from deskterm.widgets.ticket_row import RowWords
from deskterm.widgets.ticket_list import Source, TicketList

AMBER_AFTER, RED_AFTER = 3 * 3600, 6 * 3600  # business seconds a customer has waited

LISTINGS = {listing.name.lower(): listing for listing in Listing}


class InboxScreen(DeskScreen[None]):
    """A list of tickets and the one under its cursor."""

    HOLDS_TICKETS = True
    WHERE = Where.LIST
    CSS_PATH = ["base.tcss", "inbox.tcss"]  # noqa: RUF012 - Textual's way to write it

    def __init__(self, work: Work) -> None:
        self.listing = Listing.INBOX
        super().__init__(work)

    def body(self) -> Iterable[Widget]:
        """The list."""
        yield TicketList(self.row_words)

    def on_mount(self) -> None:
        """Begin at the list's top."""
        self.show_listing("inbox")
        super().on_mount()

    def show_listing(self, name: str) -> None:
        """Show one of the lists."""
        self.listing = LISTINGS[name]
        inbox, listing = self.work.desk.inbox, self.listing
        source = Source(
            lambda first, count: inbox.page(listing, first, count),
            lambda: inbox.count(listing),
            lambda ticket_id: inbox.position(listing, ticket_id),
        )
        self.query_one(TicketList).show(source, empty="Nothing here.")

    def refresh_desk(self) -> None:
        """Read the list again."""
        self.query_one(TicketList).reload()

    def row_words(self, row: Row) -> RowWords:
        """How a row's age is written, and how urgent it is by business hours."""
        now = self.work.now()
        since = row.unanswered_since or row.last_at
        waited = self.work.desk.inbox.waiting_since(row, now)
        urgency = 0 if waited is None else (waited >= AMBER_AFTER) + (waited >= RED_AFTER)
        until = "" if row.snoozed_until is None else self.work.formats.moment(row.snoozed_until, now)
        return RowWords(self.work.formats.age(now - since), urgency, until)

    def do_down(self) -> None:
        """Move down."""
        self.query_one(TicketList).go(1)

    def do_up(self) -> None:
        """Move up."""
        self.query_one(TicketList).go(-1)
