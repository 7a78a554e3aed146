"""Waiting for news: IDLE where a server offers it, polling where not, a Maildir's folders by their time.

A watch reads no mail. It calls `changed`, and the program runs a pass.
"""

import logging
from collections.abc import Callable
from pathlib import Path
from threading import Event

from deskterm.config.secrets import Secrets
from deskterm.config.settings import Mailbox
from deskterm.errors import DesktermError, LoginRefused, SecretError
from deskterm.sync import maildir
from deskterm.sync.imap import Connection

_log = logging.getLogger(__name__)
REARM = 25 * 60.0  # seconds; servers drop an IDLE after 29 minutes (RFC 2177)
POLL = 120.0
MAILDIR = 2.0
_IDLE = b"IDLE"
_FIRST_WAIT, _LONGEST_WAIT = 5.0, 300.0


def watch(mailbox: Mailbox, secrets: Secrets, changed: Callable[[], None], stop: Event) -> None:
    """Call `changed` whenever the mailbox may have news, until `stop`. Blocks: give it a thread of its own.

    After a lost connection it comes back by itself and calls `changed` once,
    for what came meanwhile. What fails is told by the passes, not from here.
    """
    if mailbox.kind == "maildir":
        _watch_folder(Path(mailbox.path), changed, stop)
        return
    wait = _FIRST_WAIT
    while not stop.is_set():
        try:
            with Connection(mailbox, secrets.password(mailbox)) as connection:
                wait = _FIRST_WAIT
                _listen(connection, mailbox.inbox, changed, stop)
        except (LoginRefused, SecretError):
            secrets.forget(mailbox)
            wait = _LONGEST_WAIT  # the owner must act; a pass tells so
        except DesktermError as error:
            _log.info("watch of %s: %s", mailbox.name, error.what)
        if stop.wait(wait):
            return
        wait = min(wait * 2, _LONGEST_WAIT)
        changed()


def _listen(connection: Connection, inbox: str, changed: Callable[[], None], stop: Event) -> None:
    folder = connection.examine(inbox)
    while not stop.is_set():
        if _IDLE in connection.can:
            if connection.idle(REARM, stop.is_set):
                changed()
            continue
        stop.wait(POLL)
        now = connection.examine(inbox)
        if (now.uidnext, now.exists) != (folder.uidnext, folder.exists):
            folder = now
            changed()


def _watch_folder(root: Path, changed: Callable[[], None], stop: Event) -> None:
    """A file that comes or goes moves its folder's time."""
    seen = _times(root)
    while not stop.wait(MAILDIR):
        now = _times(root)
        if now != seen:
            seen = now
            changed()


def _times(root: Path) -> list[int]:
    times = []
    for part in (root / "new", root / "cur", root / maildir.SENT / "cur"):
        try:
            times.append(part.stat().st_mtime_ns)
        except OSError:
            times.append(0)
    return times
