"""Select from the last selected ticket to here."""

from deskterm.actions.front import Front
from deskterm.actions.select import say_selected
from deskterm.widgets.ticket_list import Selecting


def run(front: Front, ids: tuple[int, ...]) -> None:  # noqa: ARG001 - of the list
    """Select them, and say how many are selected."""
    say_selected(front, front.select(Selecting.RANGE))
