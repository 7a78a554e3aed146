"""Desktop notifications from a timer's pass about what needs the owner while no desk is open."""

import html
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress

from deskterm.domain.desk_state import DeskState
from deskterm.domain.sources import Failure

_PATIENCE = 10  # seconds
# What passes by itself, such as a missing network, is not worth a notification.
_OWNERS = frozenset({Failure.LOGIN, Failure.SECRET, Failure.UNENCRYPTED, Failure.SETTINGS})
_SCRIPT = ("on run argv", 'display notification (item 1 of argv) with title "deskterm"', "end run")


def sentences(stands: DeskState, *, unsound: bool = False) -> Iterator[str]:
    """What needs the owner; with `unsound`, the database too. Nothing here quotes a server or a customer."""
    if unsound:
        yield "Something is wrong with the database; `deskterm doctor` says what."
    yield from (one.what for one in stands.needs)
    for one in stands.failing:
        if one.failure in _OWNERS:
            yield f"{one.name} fails; `deskterm status` says why."


def notify(stands: DeskState, *, unsound: bool = False) -> None:
    """Show what needs the owner, if anything does and the desktop can show it."""
    words = " ".join(sentences(stands, unsound=unsound))
    command = _command(words)
    if words and command and shutil.which(command[0]):
        with suppress(OSError, subprocess.TimeoutExpired):
            subprocess.run(  # noqa: S603 - fixed words, and our own as an argument
                command, stdin=subprocess.DEVNULL, capture_output=True, timeout=_PATIENCE, check=False
            )


def _command(words: str) -> list[str]:
    if sys.platform == "darwin":
        return ["osascript", *(part for line in _SCRIPT for part in ("-e", line)), words]
    return ["notify-send", "--app-name=deskterm", "deskterm", html.escape(words, quote=False)]
