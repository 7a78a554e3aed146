"""Select or unselect a ticket."""

from deskterm.actions.front import Front
from deskterm.commands.record import Where
from deskterm.widgets.ticket_list import Selecting


def run(front: Front, ids: tuple[int, ...]) -> None:  # noqa: ARG001 - of the list
    """Select it, and say how many are selected and which keys act on them."""
    say_selected(front, front.select(Selecting.ONE))


def say_selected(front: Front, many: int) -> None:
    """Say how many tickets are selected, and which keys act on them."""
    commands = front.work.keys(Where.LIST).items()
    keys = " ".join(key for key, one in commands if one.for_many and " " not in key)
    back = front.work.key("back", "Esc")
    words = f"{many} selected   {keys} act on {'it' if many == 1 else 'all'}   {back} unselects"
    front.tell(words if many else "Nothing is selected.")
