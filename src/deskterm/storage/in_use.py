"""Who has the database open: all share a lock beside it, who replaces the file holds it alone.

SQLite's own locks cannot tell: a file that was moved away under an open
connection takes the new file's WAL with it when that connection closes.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from deskterm.errors import DatabaseBusy


class InUse:
    """A share in the lock, until it is closed or this process ends. Raises DatabaseBusy."""

    def __init__(self, path: Path) -> None:
        self._descriptor = _opened(path)
        if self._descriptor is not None:
            try:
                fcntl.flock(self._descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except BlockingIOError as error:
                self.close()
                raise DatabaseBusy(
                    "The database is being restored or mended.",
                    safe="Nothing was changed.",
                    todo="Try again in a moment.",
                ) from error

    def close(self) -> None:
        """Let the file be replaced."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def __del__(self) -> None:
        self.close()


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Nobody else has the database open in this block, and nobody can open it. Raises DatabaseBusy."""
    descriptor = _opened(path)
    try:
        if descriptor is not None:
            _take(descriptor)
        yield
    finally:
        if descriptor is not None:
            os.close(descriptor)


def _take(descriptor: int) -> None:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise DatabaseBusy(
            "A desk is open, or a sync runs.",
            safe="Nothing was changed.",
            todo="Close the desk (q) and let the sync end; `deskterm doctor` names the process.",
        ) from error


def _opened(path: Path) -> int | None:
    """The lock's descriptor; None where no file can be made: nobody can replace the database there either."""
    lock = path.with_name(f"{path.name}.lock")
    for flags in (os.O_RDWR | os.O_CREAT, os.O_RDONLY):
        try:
            return os.open(lock, flags | os.O_CLOEXEC, 0o600)
        except OSError:
            continue
    return None
