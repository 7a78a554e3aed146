"""What can be done to tickets: one verb, one file.

A file is called as its command's id and holds `run(front, ids)`: `front` is the screen it was started from,
`ids` are the tickets it is for. It is imported when its key is first pressed. To add a command, add its
record to `commands/on_tickets.py` and a file here.
"""

from collections.abc import Awaitable, Callable
from importlib import import_module

from deskterm.actions.front import Front
from deskterm.commands.on_tickets import TICKET_COMMANDS

__all__ = ["ACTIONS", "Front", "find_action"]

Run = Callable[[Front, tuple[int, ...]], Awaitable[None] | None]
ACTIONS = frozenset(one.id for one in TICKET_COMMANDS)


def find_action(name: str) -> Run | None:
    """The work of the command with that id; None where it belongs to a screen or to the app."""
    if name not in ACTIONS:
        return None
    run: Run = import_module(f"{__name__}.{name.replace('-', '_')}").run
    return run
