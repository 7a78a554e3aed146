"""The front: what an action may ask of the screen it was started from."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from deskterm.actions.work import Work
from deskterm.domain.tickets import Listing
from deskterm.widgets.conversation import Conversation
from deskterm.widgets.picker import Option
from deskterm.widgets.side_panel import SidePanel
from deskterm.widgets.ticket_list import Selecting

if TYPE_CHECKING:
    from deskterm.domain.orders.actions import Ability
    from deskterm.domain.views import Done, TicketView


class Change(Protocol):
    """A use case that changes tickets."""

    def __call__(self, ids: tuple[int, ...], now: int) -> "Done":
        """Change them at `now` (UTC seconds)."""


class Front(Protocol):
    """A screen of the desk, as actions see it."""

    work: Work
    told_action: int  # the action that the status line speaks of, 0 for none
    ticket_view: "TicketView | None"  # the ticket in front with its mail

    @property
    def conversation(self) -> Conversation:
        """The mail in front."""

    @property
    def panel(self) -> SidePanel:
        """Customer, orders and SOP beside the mail."""

    def show_ticket(self, ticket_id: int | None) -> None:
        """Read a ticket and show it."""

    def turn(self, tickets: int) -> None:
        """Go to a neighbour in the list, by that many."""

    def tell(self, words: str, shade: str = "accent") -> None:
        """Say in the status line what the key did."""

    def asks_again(self, name: str, about: object, words: str) -> bool:
        """Ask for a second press of the same key; false when this is the second press."""

    def is_seen(self, tickets: tuple[int, ...]) -> bool:
        """Whether the owner sees one of the tickets now."""

    async def pick(
        self,
        title: str,
        options: Sequence[Option],
        free: Callable[[str], Sequence[Option]] | None = None,
        tries: str = "",
    ) -> str | None:
        """The value picked from a list, None when the owner left it."""

    async def write_note(self, ticket_id: int) -> str | None:
        """The note the owner wrote: empty when thrown away, None when left for later."""

    def enter_sop(self) -> None:
        """Go into the SOP panel."""

    async def take_macro(self, ticket_id: int, macro_id: str) -> None:
        """Fill a macro into the ticket's draft and show its review."""

    async def act_on_order(self, ticket_id: int, ability: "Ability | None" = None) -> None:
        """Let the owner confirm an action on an order of the ticket; pick it, where none is named."""

    def go_to(self, place: str, ticket_id: int, **values: object) -> None:
        """Go to a place about a ticket; `values` go to its screen."""

    def fetch_rest(self, ticket_id: int) -> None:
        """Fetch what is missing of a ticket's mail, or stop doing so."""

    @property
    def selected_text(self) -> str:
        """What the mouse has selected."""

    def copy(self, text: str, what: str) -> None:
        """Put a text on the clipboard and say so; `what` it is, in words."""

    def open_outside(self, path: Path) -> bool:
        """Open a saved file with the program that shows its kind; false where there is none."""

    async def show_picture(self, path: Path) -> bool | None:
        """Draw a saved picture over the desk; gives if it is wanted outside, None where none is drawn."""

    def toggle_side(self) -> None:
        """Show or hide the panel."""

    async def change(self, ids: tuple[int, ...], change: Change, *, gone: bool) -> None:
        """Change tickets and say so; with `gone` go on to the next ticket."""

    def show_change(self, done: "Done", then: str = "z takes it back") -> None:
        """Say what was done and what the next key would do about it, and show the desk as it is now."""

    def select(self, how: Selecting) -> int:
        """Select tickets of the list; gives how many are selected."""

    @property
    def listing(self) -> Listing:
        """The list that is shown."""

    @property
    def query_text(self) -> str:
        """What the list is filtered by, empty for nothing."""

    def show_only(self, query: str) -> None:
        """Show those tickets of the list that a query finds; an empty one shows all again."""

    @property
    def is_by_due(self) -> bool:
        """Whether the list is sorted by what is due."""

    def sort_by_due(self) -> None:
        """Show the whole list by what is due; `show_only` of nothing sorts it as before."""

    def find(self, ticket_id: int) -> None:
        """Put the cursor on a ticket where it is in the list."""
