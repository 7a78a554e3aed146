"""What can be done to tickets: one verb, one file.

A file holds the command's record, `COMMAND`, and `run(front, ids)`: `front` is the screen
it was started from, `ids` are the tickets it is for. To add a command, add a file; nothing
else has to name it. `RUNS` finds the work of a command by its id.
"""

from collections.abc import Awaitable, Callable
from importlib import import_module
from pathlib import Path

from deskterm.actions.front import Front
from deskterm.commands import registry

__all__ = ["RUNS", "Front"]

Run = Callable[[Front, tuple[int, ...]], Awaitable[None] | None]


def _load_actions() -> dict[str, Run]:
    """Every action of this room by the id of its command; the commands are registered."""
    found: dict[str, Run] = {}
    for file in sorted(Path(__file__).parent.glob("[a-z]*.py")):
        module = import_module(f"{__name__}.{file.stem}")
        if hasattr(module, "COMMAND"):
            registry.register(module.COMMAND)
            found[module.COMMAND.id] = module.run
    return found


RUNS = _load_actions()
