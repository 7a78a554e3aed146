"""Questions in the terminal: yes or no, and the passphrase of the secrets file."""

import sys
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from deskterm.config.paths import Home

_TRIES = 3


def confirm(question: str, *, yes: bool) -> bool:
    """Whether the owner agrees to what cannot be undone. Without a terminal, only `--yes` agrees."""
    if yes:
        return True
    if not sys.stdin.isatty():
        print(f"{question} Not done: use --yes to do it without asking.", file=sys.stderr)
        return False
    return input(f"{question} [y/N] ").strip().lower() in ("y", "yes")


def asking(home: "Home") -> Callable[[str], str] | None:
    """How to ask for the passphrase of a home's secrets file; None without a terminal."""
    return partial(passphrase, home.secrets_file) if sys.stdin.isatty() else None


def passphrase(path: "Path", question: str) -> str:
    """What the owner types for that file; asked again if it does not open it, three times at most.

    Empty as soon as nothing is typed. Clears a progress line first.
    """
    from getpass import getpass  # noqa: PLC0415 - rarely needed

    from deskterm.config.secret import file as secrets_file  # noqa: PLC0415 - as above

    again = ""
    for _ in range(_TRIES):
        if sys.stderr.isatty():
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)
        typed = getpass(again + question)
        if not typed or secrets_file.opens(path, typed):
            break
        again = "That does not open the file. "
    return typed
