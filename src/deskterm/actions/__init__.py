"""The work of commands on tickets: one verb, one file.

`solve.py` holds `run(front, ids)` for the command `solve`: `front` is the screen it was started from, `ids`
are the tickets it applies to. It is imported when it is first run; its record (keys, label, help, where)
stands in `commands/ticket_commands.py`.

Not verbs: `front.py` (what an action may ask of its screen), `work.py` (what every screen is given), and what
several actions share: `offered.py`, `contact_pickers.py`, `time_options.py`.
"""

from collections.abc import Awaitable, Callable
from importlib import import_module

from deskterm.actions.front import Front
from deskterm.commands.ticket_commands import TICKET_COMMANDS

__all__ = ["ACTIONS", "Front", "find_action"]

Run = Callable[[Front, tuple[int, ...]], Awaitable[None] | None]
ACTIONS = frozenset(one.id for one in TICKET_COMMANDS)


def find_action(name: str) -> Run | None:
    """The `run` of a command; None if its work is a screen's or the app's."""
    if name not in ACTIONS:
        return None
    run: Run = import_module(f"{__name__}.{name.replace('-', '_')}").run
    return run
