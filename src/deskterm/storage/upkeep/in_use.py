"""Who has the database open: users share a lock file next to it, replacing it needs the lock exclusively.

SQLite's own locks cannot tell: a file that was moved away under an open
connection takes the new file's WAL with it when that connection closes.

The lock file also has a mark while the WAL may contain changes. If the mark is there, nobody has the
database open and there is no WAL, the WAL was taken away. Only writers remove the mark, before SQLite
removes the WAL.
"""

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from deskterm.errors import DatabaseBusy


class InUse:
    """A share in the lock, until it is closed or this process ends. Raises DatabaseBusy.

    One that only `reads` does not remove the mark.
    """

    def __init__(self, path: Path, *, reads: bool = False) -> None:
        self._path, self._reads, self._marked = path, reads, False
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
            with suppress(OSError):  # a full disk or a read-only folder
                os.pwrite(self._descriptor, b"w", 0)

    def lost_log(self) -> bool:
        """Whether the last writer's WAL has disappeared. True only once."""
        return self._is_marked() and self._path.exists() and self._unmark()

    def settle(self, take_in: Callable[[], bool]) -> None:
        """Remove the mark if nobody else has the file open and `take_in` writes the WAL into it.

        Call it before closing the connections: dying while SQLite removes its WAL then loses nothing.
        """
        if not self._reads and self._is_marked() and take_in():
            self._unmark(take_in)

    def close(self) -> None:
        """Let the file be replaced."""
        if self._descriptor is not None:
            if not self._reads:
                self._unmark()
            os.close(self._descriptor)
            self._descriptor = None

    def _is_marked(self) -> bool:
        return self._descriptor is not None and bool(os.pread(self._descriptor, 1, 0))

    def _unmark(self, is_taken_in: Callable[[], bool] | None = None) -> bool:
        """Remove the mark if nobody else has the file open and it is complete; returns whether it did."""
        assert self._descriptor is not None
        if not is_taken_in and _has_log(self._path):
            return False
        try:
            fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            with suppress(OSError):  # none to take again for who was refused one at the start
                fcntl.flock(
                    self._descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB
                )  # flock(2): it was lost by asking
            return False
        done = not is_taken_in or is_taken_in()
        if done:
            self._marked = False
            with suppress(OSError):
                os.ftruncate(self._descriptor, 0)
        fcntl.flock(self._descriptor, fcntl.LOCK_SH)
        return done

    def __del__(self) -> None:
        self.close()


def misses_log(path: Path) -> bool:
    """Whether the last writer's WAL has disappeared. Does not change what the next start reports."""
    if not path.exists() or _has_log(path):
        return False
    try:
        return bool(path.with_name(f"{path.name}.lock").read_bytes())
    except OSError:
        return False


def _has_log(path: Path) -> bool:
    return path.with_name(f"{path.name}-wal").exists()


@contextmanager
def exclusive_use(path: Path) -> Iterator[None]:
    """Keep others from having or getting the database open in the block. Raises DatabaseBusy."""
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
    """The lock's descriptor; None if no file can be created: then nobody can replace the database either."""
    lock = path.with_name(f"{path.name}.lock")
    for flags in (os.O_RDWR | os.O_CREAT, os.O_RDONLY):
        try:
            return os.open(lock, flags | os.O_CLOEXEC, 0o600)
        except OSError:
            continue
    return None
