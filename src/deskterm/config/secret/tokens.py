"""The tokens of an OAuth2 login, stored in place of a password (RFC 6749)."""

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, field

from deskterm.config.paths import Home
from deskterm.errors import SecretError
from deskterm.value_class import dataclass


@dataclass(frozen=True, slots=True)
class Tokens:
    """One login. `access` holds until `until` (UTC seconds; 0: a new one is needed).

    `since` is when the owner logged in, 0 where that is not known. None of it is
    ever printed: not in a crash, and not in a test's report.
    """

    refresh: str = field(repr=False)
    access: str = field(default="", repr=False)
    until: int = 0
    since: int = 0
    client_secret: str = field(default="", repr=False)


def to_text(tokens: Tokens) -> str:
    """The tokens as text to be stored."""
    return json.dumps(asdict(tokens))


def from_text(text: str, mailbox: str) -> Tokens:
    """The tokens from their text. Raises SecretError if it is something else, such as an old password."""
    try:
        return Tokens(**json.loads(text))
    except (ValueError, TypeError):
        raise SecretError(
            f'There is no OAuth2 login for "{mailbox}" yet.', todo=f"Run `deskterm login {mailbox}`."
        ) from None


@contextmanager
def refresh_lock(home: Home, mailbox: str = "") -> Iterator[None]:
    """One process at a time asks for a mailbox's new token: two would spend the same one. Waits.

    Without a mailbox: one at a time puts something into the secrets file, which holds those of all.
    """
    file = home.locks / f"token-{mailbox.encode().hex()[:60]}.lock"
    descriptor = os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
