"""Waiting for news: IDLE where a server offers it, polling where not, a Maildir's folders by their time.

A watch reads no mail. It calls `changed`, and the program runs a pass.
"""

import logging
import random
import time
from collections.abc import Callable
from pathlib import Path
from threading import Event

from deskterm.config.secret.secrets import Secrets
from deskterm.config.settings_file import Mailbox
from deskterm.errors import DesktermError, LoginRefused, SecretError
from deskterm.sync.files import maildir
from deskterm.sync.imap.connection import GMAIL, Connection
from deskterm.sync.imap.special_folders import find_all
from deskterm.sync.line.failures import Busy

_log = logging.getLogger(__name__)
# Seconds in IDLE until the folder is looked at all the same: some servers take IDLE and never speak. Servers
# drop it after 29 minutes (RFC 2177).
LOOK = 5 * 60.0
POLL = 120.0
MAILDIR = 2.0
_IDLE = b"IDLE"
_MUTE = 2  # times that a folder moved within an IDLE that said nothing
_FIRST_WAIT, _LONGEST_WAIT = 5.0, 24.0  # seconds; with what is added, back within 30
_PATIENCE = 300.0  # seconds after a refusal
_ASLEEP = 15.0  # seconds between two looks at the clock that mean the machine was asleep
_clock = time.time  # goes on while the machine sleeps, unlike time.monotonic


def watch(mailbox: Mailbox, secrets: Secrets, changed: Callable[[], None], stop: Event) -> None:
    """Call `changed` whenever the mailbox may have news, until `stop`. Blocks: give it a thread of its own.

    A lost connection is reported once, and again when it is back, for what
    came meanwhile; after the machine slept it comes back at once, as the old
    connection is dead without saying so. The passes report failures.
    """
    if mailbox.kind == "maildir":
        _watch_folder(Path(mailbox.path), changed, stop)
        return
    lost, wait = False, 0.0
    while not stop.wait(wait * random.uniform(1, 1.25)):  # noqa: S311 - it spreads, it hides nothing
        began = _clock()
        try:
            with Connection(mailbox, secrets.password(mailbox)) as connection:
                if lost:
                    changed()
                lost = False
                _listen(connection, mailbox, changed, stop)
        except _MachineSlept:
            lost, wait = True, 0.0
        except (LoginRefused, SecretError, Busy) as error:
            if not isinstance(error, Busy):
                secrets.forget(mailbox)
            lost, wait = _note_loss(mailbox, error, changed, lost=lost), _PATIENCE
        except DesktermError as error:
            lost = _note_loss(mailbox, error, changed, lost=lost)
            lasted = _clock() - began > _LONGEST_WAIT
            wait = _FIRST_WAIT if lasted or not wait else min(wait * 2, _LONGEST_WAIT)


def _note_loss(mailbox: Mailbox, error: DesktermError, changed: Callable[[], None], *, lost: bool) -> bool:
    """The connection failed: the first time a pass is to find out, and tell the owner."""
    if not lost:
        _log.info("watch of %s: %s", mailbox.name, error.what)
        changed()
    return True


def _listen(connection: Connection, mailbox: Mailbox, changed: Callable[[], None], stop: Event) -> None:
    first, *others = _folders_to_watch(connection, mailbox)
    seen = _folder_stamps(connection, first, others)
    idles = _IDLE in connection.can
    awake, unheard = _SleepDetector(stop), 0
    while not awake.over():
        if idles and connection.idle(POLL if others else LOOK, awake.over):
            seen = _folder_stamps(connection, first, others)
            changed()
            continue
        if not idles:
            awake.wait(POLL)
        now = _folder_stamps(connection, first, others)
        if now != seen:
            unheard += now[0] != seen[0]
            idles = idles and unheard < _MUTE  # it moved, and IDLE never said so: ask from now on
            seen = now
            changed()


def _folders_to_watch(connection: Connection, mailbox: Mailbox) -> tuple[str, ...]:
    """The folders to watch: the first with IDLE, which covers only one, the others by asking."""
    if GMAIL in connection.can and mailbox.takes_all:
        everything = find_all(connection.folders())
        if everything:
            return (everything,)
    return mailbox.inboxes


def _folder_stamps(connection: Connection, first: str, others: list[str]) -> list[tuple[int, int]]:
    """What moves when mail comes or goes."""
    folder = connection.examine(first)
    return [(folder.uidnext, folder.exists), *map(connection.standing, others)]


class _MachineSlept(Exception):
    """The machine was asleep: the connection is not to be trusted."""


class _SleepDetector:
    """Asked every second whether to go on; sees by the clock that nobody asked for a while."""

    def __init__(self, stop: Event) -> None:
        self._stop = stop
        self._asked = _clock()

    def over(self) -> bool:
        """Whether the watch is to end. Raises _Woke after a sleep."""
        now = _clock()
        asleep, self._asked = now - self._asked, now
        if asleep > _ASLEEP:
            raise _MachineSlept
        return self._stop.is_set()

    def wait(self, seconds: float) -> None:
        """Pass so much time, or less when told to stop."""
        until = time.monotonic() + seconds
        while not self.over() and (left := until - time.monotonic()) > 0:
            self._stop.wait(min(1.0, left))


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
