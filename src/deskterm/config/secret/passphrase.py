"""The passphrase of the secrets file, in this process's memory alone.

In the environment every program that is started from here (an editor, a browser, a password
command) would inherit it.
"""

import os

VARIABLE = "DESKTERM_PASSPHRASE"
_held: list[str] = []


def take_from_environment() -> None:
    """Take the passphrase out of the environment, if it is there."""
    if given := os.environ.pop(VARIABLE, ""):
        hold(given)


def hold(passphrase: str) -> None:
    """Keep the typed passphrase until this process ends."""
    _held[:] = [passphrase]


def current() -> str | None:
    """The passphrase; "" if the owner was asked and gave none, None if nobody was asked."""
    return _held[0] if _held else os.environ.get(VARIABLE) or None
