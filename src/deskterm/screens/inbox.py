"""The inbox: the list, the ticket under the cursor, and what is known of its customer beside it."""

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from textual.containers import Horizontal
from textual.geometry import Size
from textual.timer import Timer
from textual.widget import Widget

from deskterm.actions.work import Work
from deskterm.commands.record import Command, Where
from deskterm.desk.last_place import Spot
from deskterm.domain.tickets import Listing, Row
from deskterm.screens.base.screen import DeskChanged, Shown
from deskterm.screens.reading import NARROW
from deskterm.screens.row_urgency import row_words
from deskterm.screens.ticket_work import TicketScreenBase
from deskterm.widgets.conversation import Conversation
from deskterm.widgets.drawing.ticket_row import RowWords
from deskterm.widgets.side_panel import SidePanel
from deskterm.widgets.ticket_list import RowSource, TicketList

if TYPE_CHECKING:
    from deskterm.domain.views import Done

REST = 0.05  # seconds the cursor rests before the ticket under it is read

LISTINGS = {listing.name.lower(): listing for listing in Listing}
EMPTY = {
    Listing.INBOX: "Nothing to do. New mail comes here by itself; R looks now.",
    Listing.WAITING: "No customer is to answer.",
    Listing.HOLD: "Nothing is on hold.",
    Listing.SNOOZED: "Nothing is snoozed.",
    Listing.SOLVED: "Nothing is solved yet.",
    Listing.OTHERS: "No newsletters, payouts or robots.",
    Listing.SPAM: "No spam.",
    Listing.TRASH: "The trash is empty.",
}


class InboxScreen(TicketScreenBase):
    """A list of tickets and the one under its cursor. `reading` when the keys are the ticket's."""

    def __init__(self, work: Work) -> None:
        self.listing = Listing.INBOX
        self.reading = False
        self._kept = self._last_spot = Spot()
        self._resting: Timer | None = None
        self._bare = False  # without a ticket to choose
        super().__init__(work)

    @property
    def where(self) -> Where:
        """The SOP panel, the open ticket or the list."""
        if self._entered:
            return Where.SOP
        return Where.TICKET if self.reading else Where.LIST

    @property
    def place(self) -> str:
        """The list's name; the inbox is not named."""
        return "" if self.listing is Listing.INBOX else self.listing.value

    def footer_commands(self, shown: list[Shown]) -> list[Shown]:
        """At the root there is nothing to go back to: there the key quits. No ticket, no keys for one."""
        if self.where is not Where.LIST:
            return super().footer_commands(shown)
        if self.list.ticket_id is None:
            shown = [(one, keys) for one, keys in shown if not one.about_ticket]
        if self.listing is not Listing.INBOX:
            return shown
        return [(replace(one, label="quit") if one.id == "back" else one, keys) for one, keys in shown]

    @property
    def list(self) -> TicketList:
        """The list."""
        return self.query_one(TicketList)

    def body(self) -> Iterable[Widget]:
        """List, conversation and panel."""
        with Horizontal(id="desk"):
            yield TicketList(self.row_words)
            yield from self.pane()

    def begin(self) -> None:
        """Begin where the owner left; the ticket is read once the list has been painted."""
        self._kept = spot = self.work.desk.place.recall()
        self.list.one_line = spot.one_line
        self.show_listing(spot.listing.name.lower(), spot.ticket_id, spot.top)
        self.call_after_refresh(self._resume, spot)

    def _resume(self, spot: Spot) -> None:
        """Open the ticket that was being read, at its line."""
        if spot.reading and self.list.ticket_id == spot.ticket_id:
            self.do_open()
            conversation = self.query_one(Conversation)
            self.call_after_refresh(conversation.go, spot.line)

    @property
    def spot(self) -> Spot:
        """Where the owner is."""
        line = self.query_one(Conversation).scroll_offset.y if self.reading else 0
        shown = self.list
        return Spot(self.listing, shown.ticket_id, shown.top, line, self.reading, shown.one_line)

    async def keep_place(self, *, at_rest: bool = False) -> None:
        """Keep where the owner is, if that is news; with `at_rest` only if it was so the last time, too."""
        if not self.query(TicketList):  # the app is ending
            return
        spot, before = self.spot, self._last_spot
        self._last_spot = spot
        if spot == self._kept or self.work.desk.read_only or (at_rest and spot != before):
            return
        self._kept = spot
        await self.work.write(self.work.desk.place.keep, spot)

    def show_listing(self, name: str, ticket_id: int | None = None, top: int = 0) -> None:
        """Show one of the lists, at a ticket and a line where they are named."""
        self.listing = LISTINGS[name]
        inbox, listing = self.work.desk.inbox, self.listing
        source = RowSource(
            lambda first, count: inbox.page(listing, first, count),
            lambda: inbox.count(listing),
            lambda one: inbox.position(listing, one),
        )
        self.close_ticket()
        self.list.show(source, ticket_id, top=top, empty=self._empty)
        self.call_after_refresh(self._read_page)
        self.show_keys()
        self.show_facts()

    def _empty(self) -> str:
        """Why there is no ticket here: that all is done is only said when all mail is here."""
        if self.listing is Listing.INBOX and not self.work.settings.mailboxes:
            return "No mailbox is set up. Leave, and `deskterm setup` asks for one."
        truth = self.work.facts.truth
        if self.listing is Listing.INBOX and truth and any(one.complete_to <= 0 for one in truth.mail):
            return "The mail is not all here yet. The first tickets come here by themselves."
        return EMPTY[self.listing]

    def row_words(self, row: Row) -> RowWords:
        """A row's age, urgency and snooze in words."""
        return row_words(self.work, row)

    def refresh_desk(self) -> None:
        """Read list and ticket again. A ticket that is read stays, also when the list has lost it."""
        self.list.reload()
        shown = self.ticket
        if self.reading and shown is not None:
            self.show_ticket(shown.id)
        elif self.is_current or shown is not None:
            self._read_page()

    def _read_page(self) -> None:
        self._resting = None
        if not self.reading:
            self.show_ticket(self.list.ticket_id)

    def before(self, command: Command) -> None:
        """A key is for the ticket under the cursor, also while that has not been read yet."""
        read = self.ticket.id if self.ticket else None
        if not command.moves and not self.reading and read != self.list.ticket_id:
            self._read_page()

    @property
    def has_ticket(self) -> bool:
        """Whether one is read or under the cursor."""
        return self.reading or self.list.ticket_id is not None

    def on_ticket_list_highlighted(self, message: TicketList.Highlighted) -> None:
        """Read the ticket once the cursor rests: a key held down is not to wait for each."""
        message.stop()
        if self._bare != (message.ticket_id is None):
            self._bare = not self._bare
            self.show_keys()
        if self._resting is not None:
            self._resting.stop()
        self._resting = self.set_timer(REST, self._read_page)

    def on_ticket_list_clicked(self) -> None:
        """A click on the cursor opens."""
        self.do_open()

    # dealt with

    def move_on(self, done: "Done") -> None:  # noqa: ARG002 - the next one, whatever was done
        """The ticket has left the list, so the cursor is on the next one; an open ticket gives way to it."""
        self.list.reload()
        if self.reading:
            self.show_ticket(self.list.ticket_id)
            if self.list.ticket_id is None:
                self.close_ticket()
        self.post_message(DeskChanged())

    def went_out(self, done: "Done") -> None:
        """A reply is queued: on to what the inbox says is first."""
        if self.listing is Listing.INBOX:
            self.list.reload()
            self.list.go_end(last=False)
        super().went_out(done)

    def is_seen(self, tickets: tuple[int, ...]) -> bool:
        """Whether one of the tickets is read or in sight in the list."""
        return super().is_seen(tickets) or self.list.in_sight(tickets)

    def find(self, ticket_id: int) -> None:
        """Put the cursor on a ticket where it is in the list."""
        place = self.work.desk.inbox.position(self.listing, ticket_id)
        if place is not None:
            self.list.go_to(place)
            if self.reading:
                self.show_ticket(ticket_id)

    # going about

    def do_open(self) -> None:
        """Open the ticket under the cursor; in an open one unfold what is long."""
        if self.reading:
            self.query_one(Conversation).toggle_whole()
        elif self.list.ticket_id is not None:
            self.reading = True
            self._shown_as_read()
            if self.ticket is None or self.ticket.id != self.list.ticket_id:
                self.show_ticket(self.list.ticket_id)

    def close_ticket(self) -> None:
        """Give the keys back to the list."""
        self.reading = False
        self.query_one(Conversation).show_raw(None)
        if self._entered:
            self.leave_sop()
        self._shown_as_read()

    def fit(self, size: Size) -> None:
        """On a small screen the list gives way to the ticket that is read."""
        super().fit(size)
        self.set_class(self.reading and size.width < NARROW, "-reading")

    def _shown_as_read(self) -> None:
        self.fit(self.app.size)
        self.list.set_active(active=not self.reading)
        self.query_one(Conversation).set_active(active=self.reading)
        self.show_keys()

    def do_back(self) -> None:
        """Out of the SOP, out of the ticket, back to the inbox; there it asks whether to quit."""
        if self._entered:
            self.leave_sop()
        elif self.reading:
            self.close_ticket()
            self._read_page()
        elif self.listing is not Listing.INBOX:
            self.show_listing("inbox")
        else:
            self.run_command_named("quit")

    def _follow_scroll(self) -> TicketList | Conversation:
        return self.query_one(Conversation) if self.reading else self.list

    def do_down(self) -> None:
        """Move or scroll down."""
        self._go_lines(1)

    def do_up(self) -> None:
        """Move or scroll up."""
        self._go_lines(-1)

    def _go_lines(self, lines: int) -> None:
        if self._entered:
            self.query_one(SidePanel).go_step(lines)
        else:
            self._follow_scroll().go(lines)

    def do_page_down(self) -> None:
        """A page down."""
        self._follow_scroll().go_page(1)

    def do_page_up(self) -> None:
        """A page up."""
        self._follow_scroll().go_page(-1)

    def do_top(self) -> None:
        """To the beginning."""
        self._follow_scroll().go_end(last=False)

    def do_bottom(self) -> None:
        """To the end."""
        self._follow_scroll().go_end(last=True)

    def do_next_ticket(self) -> None:
        """To the next ticket."""
        self._turn(1)

    def do_previous_ticket(self) -> None:
        """To the ticket before."""
        self._turn(-1)

    def _turn(self, rows: int) -> None:
        self.list.go(rows)
        if self.reading:
            self.show_ticket(self.list.ticket_id)

    def do_density(self) -> None:
        """One line a ticket, or two."""
        self.list.set_density(one_line=self.list.per_row == 2)  # noqa: PLR2004 - two lines, so one next
