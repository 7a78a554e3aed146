"""The inbox: the list, the ticket under the cursor, and its customer and orders beside it."""

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from textual.containers import Horizontal
from textual.geometry import Size
from textual.timer import Timer
from textual.widget import Widget

from deskterm.actions.work import Work
from deskterm.commands.record import Command, Where
from deskterm.commands.registry import BY_ID
from deskterm.desk.last_place import Spot
from deskterm.domain.tickets import Listing
from deskterm.screens.base.messages import DeskChanged
from deskterm.screens.base.moves import Movable
from deskterm.screens.base.screen_bars import Shown
from deskterm.screens.place_keeper import PlaceKeeper
from deskterm.screens.row_sources import ShownList, note_seen
from deskterm.screens.row_urgency import row_words
from deskterm.screens.ticket_base import TicketFront, TicketScreenBase
from deskterm.screens.ticket_pane import WIDE
from deskterm.widgets.ticket_list import Selecting, TicketList

if TYPE_CHECKING:
    from deskterm.domain.views import Done

REST = 0.05  # seconds the cursor must rest before the ticket is read
LISTINGS = {listing.name.lower(): listing for listing in Listing}


class InboxFront(TicketFront):
    """The `Front` of the inbox: its list can be filtered and sorted."""

    screen: "InboxScreen"

    @property
    def listing(self) -> Listing:
        """The list on screen."""
        return self.screen.shown_list.listing

    @property
    def query_text(self) -> str:
        """The query that filters the list; empty for none."""
        return self.screen.shown_list.query_text

    def show_only(self, query: str) -> None:
        """Filter the list by a query; an empty one shows all tickets."""
        self.screen.show_only(query)

    @property
    def is_by_due(self) -> bool:
        """Whether the list is sorted by what is due."""
        return self.screen.shown_list.is_by_due

    def sort_by_due(self) -> None:
        """Sort the list by what is due."""
        self.screen.show_only("", by_due=True)


class InboxScreen(TicketScreenBase):
    """A list of tickets and the one under the cursor. `reading`: the keys are for the open ticket."""

    def __init__(self, work: Work) -> None:
        self.shown_list = ShownList()  # what the list shows
        self.reading = False
        self.last_place = PlaceKeeper(work, lambda: self.spot)
        self._resting: Timer | None = None
        self._bare = False  # whether the list is empty
        super().__init__(work)
        self.front = InboxFront(self)

    @property
    def where(self) -> Where:
        """The SOP panel, the open ticket or the list."""
        return Where.TICKET if self.reading and not self.in_sop else super().where

    @property
    def place(self) -> str:
        """The open ticket, else the list's name with its filter, unless it is the inbox."""
        return f"reading T{self.ticket.id}" if self.reading and self.ticket else self.shown_list.name

    def footer_commands(self, shown: list[Shown]) -> list[Shown]:
        """In the inbox the key for back quits; without a ticket, no keys for tickets are shown."""
        if self.where is not Where.LIST:
            shown = super().footer_commands(shown)
        elif self.list.ticket_id is None:
            shown = [(one, keys) for one, keys in shown if not one.about_ticket]
        root = "quit" if self.shown_list == ShownList() else "back"
        back = {Where.LIST: root, Where.TICKET: "list"}.get(self.where, "back")
        return [(replace(one, label=back) if one.id == "back" else one, keys) for one, keys in shown]

    @property
    def list(self) -> TicketList:
        """The list."""
        return self.query_one(TicketList)

    @property
    def chosen_ids(self) -> tuple[int, ...]:
        """The selected tickets, else the one on screen; an open ticket counts alone."""
        return (() if self.reading else tuple(self.list.selected)) or super().chosen_ids

    def select(self, how: Selecting) -> int:
        """Select tickets in the list; gives how many are selected."""
        self.list.select(how)
        return len(self.list.selected)

    def body(self) -> Iterable[Widget]:
        """List, conversation and side panel."""
        with Horizontal(id="desk"):
            yield TicketList(lambda row: row_words(self.work, row))
            yield from self.pane.widgets()

    def begin(self) -> None:
        """Start where the owner left off; the ticket is read once the list is painted."""
        spot = self.last_place.recall()
        self.list.one_line = spot.one_line
        self.show_listing(spot.listing.name.lower(), spot.ticket_id, spot.top)
        self.call_after_refresh(self._resume, spot)

    def _resume(self, spot: Spot) -> None:
        """Open the ticket that was being read, scrolled to its line."""
        if spot.reading and self.list.ticket_id == spot.ticket_id:
            self.do_open()
            self.call_after_refresh(self.pane.conversation.go, spot.line)

    @property
    def spot(self) -> Spot | None:
        """Where the owner is; None while the screen is not in place."""
        if not self.stands:
            return None
        line = self.pane.conversation.scroll_offset.y if self.reading else 0
        listing = Listing.INBOX if self.shown_list.listing is Listing.FOUND else self.shown_list.listing
        return Spot(listing, self.list.ticket_id, self.list.top, line, self.reading, self.list.one_line)

    def show_listing(self, name: str, ticket_id: int | None = None, top: int = 0) -> None:
        """Show one of the lists, with the cursor on a ticket and scrolled to a line if given."""
        self._show_list(ShownList(LISTINGS[name]), ticket_id, top)

    def show_only(self, query: str, *, listing: Listing | None = None, by_due: bool = False) -> None:
        """Filter this list, or `listing`, by a query; an empty one shows all, sorted `by_due` or as usual."""
        self._show_list(ShownList(listing or self.shown_list.listing, query, by_due), self.list.ticket_id)

    def _show_list(self, shown: ShownList, at: int | None, top: int = 0) -> None:
        self.shown_list, work = shown, self.work
        self.close_ticket()
        self.list.show(shown.source(work), at, top=top, empty=lambda: shown.empty_words(work))
        self.call_after_refresh(self._read_page)
        self.show_keys()
        self.show_facts()

    def refresh_desk(self) -> None:
        """Read list and ticket again. An open ticket stays open even if it has left the list."""
        self.list.reload()
        if self.reading and self.ticket:
            self.show_ticket(self.ticket.id)
        elif self.is_current or self.ticket:
            self._read_page()

    def _read_page(self) -> None:
        self._resting = None
        if not self.reading:
            self.show_ticket(self.list.ticket_id)

    def before(self, command: Command) -> None:
        """Read the ticket under the cursor first, if it has not been read yet."""
        read = self.ticket.id if self.ticket else None
        if noting := note_seen(self.work, self.shown_list.listing, self.list.looked_at):
            self.run_worker(noting, group="seen")
        if not command.moves and not self.reading and read != self.list.ticket_id:
            self._read_page()

    @property
    def has_ticket(self) -> bool:
        """Whether a ticket is on screen or under the cursor."""
        return self.reading or self.list.ticket_id is not None

    def on_ticket_list_highlighted(self, message: TicketList.Highlighted) -> None:
        """Read the ticket once the cursor rests, so that a held key does not wait for each ticket."""
        message.stop()
        if self._bare != (message.ticket_id is None):
            self._bare = not self._bare
            self.show_keys()
        if self._resting is not None:
            self._resting.stop()
        self._resting = self.set_timer(REST, self._read_page)

    def on_ticket_list_clicked(self) -> None:
        """Open the ticket on a click on the cursor."""
        self.do_open()

    # after an action

    def move_on(self, done: "Done") -> None:  # noqa: ARG002 - the next one, whatever was done
        """Show the next ticket: the finished one has left the list, so the cursor is on the next."""
        self.list.select(Selecting.NONE)
        self.list.reload()
        if self.reading:
            self.show_ticket(self.list.ticket_id)
            if self.list.ticket_id is None:
                self.close_ticket()
        self.post_message(DeskChanged())

    def shows_any(self, tickets: tuple[int, ...]) -> bool:
        """Whether one of the tickets is open or visible in the list."""
        return super().shows_any(tickets) or self.list.in_sight(tickets)

    def find(self, ticket_id: int) -> None:
        """Move the cursor to a ticket, if it is in the list."""
        if (place := self.list.place_of(ticket_id)) is not None:
            self.list.go_to(place)
            if self.reading:
                self.show_ticket(ticket_id)

    def way_to(self, key: str) -> str:
        """From an open ticket, the way to the list for a key of the list."""
        found = self.reading and key in self.work.keys(Where.LIST)
        return self.work.with_keys(f"{key} works in the list: {{back}} leads there.") if found else ""

    # moving

    def do_open(self) -> None:
        """Open the ticket under the cursor; in an open one, unfold long messages."""
        if self.reading:
            self.pane.conversation.toggle_whole()
        elif self.list.ticket_id is not None:
            self.reading = True
            self._shown_as_read()
            if self.ticket is None or self.ticket.id != self.list.ticket_id:
                self.show_ticket(self.list.ticket_id)

    def close_ticket(self) -> None:
        """Return the keys to the list."""
        self.reading = False
        self.pane.conversation.show_raw(None)
        if self.in_sop:
            self.leave_sop()
        self._shown_as_read()

    def fit(self, size: Size) -> None:
        """On a small screen, show the open ticket in place of the list."""
        super().fit(size)
        self.set_class(self.reading and size.width < WIDE, "-reading")

    def _shown_as_read(self) -> None:
        self.fit(self.app.size)
        self.mark_active()
        self.show_facts()

    def mark_active(self) -> None:
        """Mark the list, the open ticket or the SOP."""
        self.list.set_active(active=self.where is Where.LIST)
        super().mark_active()

    def do_back(self) -> None:
        """Leave the SOP, ticket, selection, filter or list; in the inbox Esc does nothing, q asks to quit."""
        if self.in_sop:
            self.leave_sop()
        elif self.pane.close_sheet():
            pass
        elif self.reading:
            self.close_ticket()
            self._read_page()
        elif self.list.selected:
            self.list.select(Selecting.NONE)
            self.tell("Nothing is selected.")
        elif self.shown_list.is_narrowed:
            self.show_only("")
        elif self.shown_list.listing is not Listing.INBOX:
            self.show_listing("inbox")
        elif self.key_input.last == "Esc":
            self.key_input.last_words = self.work.with_keys("This is the inbox; {back} quits.")
            self.tell(self.key_input.last_words)
        else:
            self.run_command(BY_ID["quit"])

    @property
    def movable(self) -> Movable:
        """The list, or the open ticket."""
        return super().movable if self.reading or self.in_sop else self.list

    def turn(self, tickets: int) -> None:
        """Go to a neighbour in the list; an open ticket is replaced by it."""
        self.list.go(tickets)
        if self.reading:
            self.show_ticket(self.list.ticket_id)

    def do_density(self) -> None:
        """Switch between one and two lines per ticket."""
        self.list.set_density(one_line=self.list.per_row == 2)  # noqa: PLR2004 - two lines now, so one next
