"""The front: what an action can ask of the screen it was started from."""

from collections.abc import Callable, Coroutine, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from deskterm.actions.work import Work
from deskterm.domain.tickets import Listing
from deskterm.widgets.conversation import Conversation
from deskterm.widgets.picker import Option
from deskterm.widgets.side_panel import SidePanel
from deskterm.widgets.ticket_list import Selecting

if TYPE_CHECKING:
    from deskterm.config.store_kinds import Ability
    from deskterm.domain.views import Done, TicketView


class Change(Protocol):
    """A use case that changes tickets."""

    def __call__(self, ids: tuple[int, ...], now: int) -> "Done":
        """Change them at `now` (UTC seconds)."""


class Front(Protocol):
    """A screen of the desk, as actions see it."""

    work: Work
    shown_action: int  # the action the status line speaks of; 0 for none
    ticket_view: "TicketView | None"  # the ticket on screen, with its mail

    @property
    def conversation(self) -> Conversation:
        """The conversation on screen."""

    @property
    def panel(self) -> SidePanel:
        """The panel with customer, orders and SOP."""

    def show_ticket(self, ticket_id: int | None) -> None:
        """Read a ticket and show it; None shows an empty place."""

    def turn(self, tickets: int) -> None:
        """Go that many tickets down the list (negative: up)."""

    def tell(self, words: str, shade: str = "accent") -> None:
        """Say in the status line what the key did."""

    def asks_again(self, name: str, about: object, words: str) -> bool:
        """Show `words` and ask for a second press of the key; false if this is the second press."""

    def is_seen(self, tickets: tuple[int, ...]) -> bool:
        """Whether one of the tickets is on screen now."""

    def is_on_top(self, ticket_id: int) -> bool:
        """Whether the ticket is the one on screen, with nothing over it."""

    def run_aside(self, work: Coroutine[Any, Any, None]) -> None:
        """Run something slow while the keys go on, also when the screen is left; a failure is shown."""

    async def pick(
        self,
        title: str,
        options: Sequence[Option],
        free: Callable[[str], Sequence[Option]] | None = None,
        tries: str = "",
    ) -> str | None:
        """The value picked from a list; None if the owner leaves it. `free` makes options of typed words."""

    async def write_note(self, ticket_id: int) -> str | None:
        """Let the owner write a note. Empty if discarded, None if left to be continued."""

    def enter_sop(self) -> None:
        """Move the keys into the SOP panel."""

    async def take_macro(self, ticket_id: int, macro_id: str) -> None:
        """Fill a macro into the ticket's draft and open the review."""

    async def act_on_order(self, ticket_id: int, ability: "Ability | None" = None) -> None:
        """Let the owner confirm an action on the ticket's order; without `ability` they pick it first."""

    def go_to(self, place: str, ticket_id: int, **values: object) -> None:
        """Open a place about a ticket; `values` go to its screen's constructor."""

    def fetch_rest(self, ticket_id: int) -> None:
        """Fetch what is missing of the ticket's mails, or stop fetching."""

    @property
    def selected_text(self) -> str:
        """The text selected with the mouse."""

    def copy(self, text: str, what: str) -> None:
        """Put a text on the clipboard and say so; `what` names it."""

    def open_outside(self, path: Path) -> bool:
        """Open a saved file with its program; false if there is none."""

    @property
    def opens_pages(self) -> bool:
        """Whether there is a browser here that can show a page."""

    async def open_page(self, url: str, what: str, *, ours: bool) -> None:
        """Open a page in the browser, or copy its address if there is none; says which.

        Unless the page is the shop's own (`ours`), its address is shown in full and confirmed first.
        """

    async def show_picture(self, path: Path) -> bool | None:
        """Draw a saved picture over the desk; True if it is wanted outside, None if it cannot be drawn."""

    def toggle_side(self) -> None:
        """Show or hide the side panel."""

    async def change(self, ids: tuple[int, ...], change: Change, *, gone: bool) -> None:
        """Change tickets and say so; with `gone`, go on to the next ticket."""

    def show_change(self, done: "Done", then: str = "{undo} takes it back") -> None:
        """Say what was done and then `then`, where `{id}` is a command's key; refresh the screen."""

    def select(self, how: Selecting) -> int:
        """Select tickets in the list; gives how many are selected."""

    @property
    def listing(self) -> Listing:
        """The list on screen."""

    @property
    def query_text(self) -> str:
        """The query that filters the list; empty for none."""

    def show_only(self, query: str) -> None:
        """Filter the list by a query; an empty one shows all tickets."""

    @property
    def is_by_due(self) -> bool:
        """Whether the list is sorted by what is due."""

    def sort_by_due(self) -> None:
        """Sort the list by what is due; `show_only("")` ends it."""

    def find(self, ticket_id: int) -> None:
        """Move the cursor to a ticket, if it is in the list."""
