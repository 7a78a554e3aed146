"""Quick read-only access to a healthy database, for callers that ask for a few numbers every few seconds."""

# ruff: noqa: PTH110, PTH116, PTH120 - `pathlib` takes longer to load than all else here

import fcntl
import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from typing import TypeVar

from deskterm.errors import DesktermError

_WAIT = 5.0  # seconds
_T = TypeVar("_T")


def quick_read(path: str, look: Callable[[sqlite3.Connection], _T | None]) -> _T | None:
    """What `look` makes of the database; None wherever `open_database` may have to mend or to say something.

    Unlike that it makes no file and takes no note of anything. Nobody replaces the file meanwhile.
    What `look` raises because it does not know a value is no answer either.
    """
    lock = _share(path)
    if lock is None:
        return None
    try:
        found, at_rest = _look_at_rest(path, look)
        return found if at_rest else _look(path, "", look)
    except (sqlite3.Error, OSError, ValueError, LookupError, OverflowError, DesktermError):
        return None
    finally:
        os.close(lock)


def _look_at_rest(path: str, look: Callable[[sqlite3.Connection], _T | None]) -> tuple[_T | None, bool]:
    """What `look` makes of a database that nobody writes into, and whether that was so.

    `mode=ro` alone would make the files of a log, and could not take them away. So SQLite is told that
    the file does not change (https://sqlite.org/uri.html), which is looked up after.
    """
    before = _stamp(path)
    if before is None:
        return None, False
    try:
        found = _look(path, "&immutable=1", look)
    except sqlite3.Error:  # perhaps it was written meanwhile
        return None, False
    return found, before == _stamp(path)


def _stamp(path: str) -> tuple[int, int] | None:
    """What changes with the file; None while it has a log, without which nobody writes."""
    if os.path.exists(f"{path}-wal"):
        return None
    stat = os.stat(path)
    return stat.st_mtime_ns, stat.st_size


def _look(path: str, how: str, look: Callable[[sqlite3.Connection], _T | None]) -> _T | None:
    where = f"file:{_quote(path)}?mode=ro{how}"
    with closing(sqlite3.connect(where, uri=True, timeout=_WAIT, isolation_level=None)) as tx:
        tx.row_factory = sqlite3.Row
        tx.execute("BEGIN")  # all is told of one moment
        return look(tx)


def _share(path: str) -> int | None:
    """A share in the lock beside the database (`upkeep/in_use.py`); None where that is not plain."""
    if not (os.access(path, os.R_OK | os.W_OK) and os.access(os.path.dirname(path), os.W_OK)):
        return None
    try:
        lock = os.open(f"{path}.lock", os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return None
    if _is_plain(lock, f"{path}-wal"):
        return lock
    os.close(lock)
    return None


def _is_plain(lock: int, log: str) -> bool:
    """Whether the file is not being replaced, and the log that somebody wrote is still there."""
    try:
        fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
        return not os.pread(lock, 1, 0) or os.path.exists(log)
    except OSError:
        return False


def _quote(path: str) -> str:
    """The path as it is in SQLite's URI (https://sqlite.org/uri.html)."""
    return path.replace("%", "%25").replace("?", "%3f").replace("#", "%23")


def version(tx: sqlite3.Connection) -> int:
    """The number of the database's last migration."""
    return int(tx.execute("PRAGMA user_version").fetchone()[0])
