"""Select all tickets of the list; again: none."""

from deskterm.actions.front import Front
from deskterm.actions.select import say_selected
from deskterm.commands.record import ABOUT_TICKET, Where, command
from deskterm.widgets.ticket_list import Selecting

COMMAND = command(
    "select-all",
    "*",
    "",
    "Select all tickets of the list; again: none. In search: all that were found.",
    {Where.LIST, Where.SEARCH},
    ABOUT_TICKET,
)


def run(front: Front, ids: tuple[int, ...]) -> None:  # noqa: ARG001 - of the list
    """Select, and say how many are selected and what comes next."""
    say_selected(front, front.select(Selecting.ALL))
