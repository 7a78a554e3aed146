"""Who has the database open: all share a lock beside it, who replaces the file holds it alone.

SQLite's own locks cannot tell: a file that was moved away under an open
connection takes the new file's WAL with it when that connection closes.

The lock's file also bears a mark while changes may stand in the WAL: found again
when nobody has the database open and there is no WAL, that was taken away.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from deskterm.errors import DatabaseBusy


class InUse:
    """A share in the lock, until it is closed or this process ends. Raises DatabaseBusy."""

    def __init__(self, path: Path) -> None:
        self._path, self._marked = path, False
        self._descriptor = _open_lock(path)
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

    def mark(self) -> None:
        """Note that changes may stand in the WAL from now on."""
        if not self._marked and self._descriptor is not None:
            self._marked = True
            with suppress(OSError):  # a full disk, or a folder that may only be read
                os.pwrite(self._descriptor, b"w", 0)

    def lost_log(self) -> bool:
        """Whether the last who wrote left a WAL behind that is there no more. Says so once."""
        marked = self._descriptor is not None and os.pread(self._descriptor, 1, 0)
        return bool(marked) and self._path.exists() and self._unmark()

    def close(self) -> None:
        """Let the file be replaced."""
        if self._descriptor is not None:
            self._unmark()
            os.close(self._descriptor)
            self._descriptor = None

    def _unmark(self) -> bool:
        """Take the mark off if nobody else has the database open and there is no WAL; whether that is so."""
        assert self._descriptor is not None
        if self._path.with_name(f"{self._path.name}-wal").exists():
            return False
        try:
            fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        with suppress(OSError):
            os.ftruncate(self._descriptor, 0)
        fcntl.flock(self._descriptor, fcntl.LOCK_SH)
        return True

    def __del__(self) -> None:
        self.close()


@contextmanager
def exclusive_use(path: Path) -> Iterator[None]:
    """Nobody else has the database open in this block, and nobody can open it. Raises DatabaseBusy."""
    descriptor = _open_lock(path)
    try:
        if descriptor is not None:
            _take(descriptor)
        yield
        if descriptor is not None:
            os.ftruncate(descriptor, 0)
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


def _open_lock(path: Path) -> int | None:
    """The lock's descriptor; None where no file can be made: nobody can replace the database there either."""
    lock = path.with_name(f"{path.name}.lock")
    for flags in (os.O_RDWR | os.O_CREAT, os.O_RDONLY):
        try:
            return os.open(lock, flags | os.O_CLOEXEC, 0o600)
        except OSError:
            continue
    return None
