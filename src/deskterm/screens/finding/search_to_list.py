"""From a search to a list of its tickets, to act on several at once."""

from typing import TYPE_CHECKING, cast

from deskterm.actions.select import say_selected
from deskterm.domain.tickets import Listing
from deskterm.screens.inbox import InboxScreen
from deskterm.widgets.ticket_list import Selecting

if TYPE_CHECKING:
    from deskterm.actions.front import Front


def show_found(screen: InboxScreen, query: str, ticket_id: int | None) -> None:
    """Show the tickets a query finds as a list, with one of them selected, or all (None)."""
    screen.show_only(query, listing=Listing.FOUND)
    if ticket_id is None:
        screen.select(Selecting.ALL)
    else:
        screen.find(ticket_id)
        screen.select(Selecting.ONE)
    say_selected(cast("Front", screen.front), len(screen.list.selected))
