"""The database file: opening it, reading from it, changing it in short transactions."""

import os
import sqlite3
import threading
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from deskterm.errors import DatabaseBusy, DatabaseDamaged, DiskFull, NotFound, ReadOnly, StorageError
from deskterm.storage.in_use import InUse

Tx = sqlite3.Connection  # what `read` and `write` hand out: other rooms name it, and only pass it on
_PAGE = 16384  # a mail's text and its packed original waste less in large pages
_CACHE = 8192  # KiB a connection
WAIT = 20.0  # seconds a write waits for another process before it gives up


class Database:
    """One SQLite file, for one process.

    Every thread gets its own connection. `read` hands out a connection whose
    statements see one moment; `write` one inside `BEGIN IMMEDIATE`, committed
    when the block ends and rolled back when it raises.
    """

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        self.path = path
        self.read_only = read_only
        self._own = threading.local()
        self._all: list[sqlite3.Connection] = []
        self._use: InUse | None = None

    @contextmanager
    def read(self) -> Iterator[sqlite3.Connection]:
        """A connection for looking things up."""
        with _answered(self.path):
            yield self._connection()

    @contextmanager
    def write(self, *, durable: bool = True) -> Iterator[sqlite3.Connection]:
        """A connection for one short change. Raises the StorageError that fits.

        What can be fetched again need not be `durable`: a power cut may then take
        back the last such changes whole, and nobody waits for the disk.
        """
        if self.read_only:
            raise ReadOnly(
                "This desk is open for reading only.",
                safe="Nothing was changed.",
                todo="Close the other desk, then start this one again.",
            )
        with _answered(self.path):
            tx = self._connection()
            if tx.in_transaction:  # a use case called from another: one transaction, the outer one
                yield tx
                return
            tx.execute(f"PRAGMA synchronous = {'FULL' if durable else 'NORMAL'}")
            tx.execute("BEGIN IMMEDIATE")
            if self._use:
                self._use.mark()
            try:
                yield tx
                tx.commit()
            except BaseException:  # a commit that found no room too: left open, it would swallow the next
                tx.rollback()
                raise

    def close(self) -> None:
        """Close this process's connections."""
        for connection in self._all:
            connection.close()
        self._all.clear()
        self._own = threading.local()
        if self._use:
            self._use.close()
            self._use = None

    def _connection(self) -> sqlite3.Connection:
        held: sqlite3.Connection | None = getattr(self._own, "connection", None)
        if held is None:
            self._use = self._use or self._in_use()
            held = _connect(self.path, read_only=self.read_only)
            self._own.connection = held
            self._all.append(held)
        return held

    def _in_use(self) -> InUse:
        """A share in the lock; it ends after the connections do, also where nobody calls `close`."""
        use = InUse(self.path)
        weakref.finalize(self, _end, self._all, use)
        return use


def _end(connections: list[sqlite3.Connection], use: InUse) -> None:
    for connection in connections:
        connection.close()
    use.close()


def _connect(path: Path, *, read_only: bool) -> sqlite3.Connection:
    if not path.exists():
        raise NotFound(f"There is no database at {path}.", todo="Run `deskterm setup` or `deskterm demo`.")
    mode = "ro" if read_only else "rw"
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode={mode}",
        uri=True,
        timeout=WAIT,
        isolation_level=None,  # transactions are opened and ended here, by hand
        check_same_thread=False,  # close() runs on the main thread
    )
    connection.row_factory = sqlite3.Row
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute(f"PRAGMA cache_size = -{_CACHE}")
    return connection


def create(path: Path) -> None:
    """Make an empty database file that only its owner can read. Harmless where it exists."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with told(path):
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
        path.chmod(0o600)
        connection = sqlite3.connect(path)
        connection.execute(f"PRAGMA page_size = {_PAGE}")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.close()


def revision(tx: sqlite3.Connection) -> int:
    """A number that differs once any process has changed the database. Ask the same connection each time."""
    elsewhere = int(tx.execute("PRAGMA data_version").fetchone()[0])
    return elsewhere << 40 | tx.total_changes


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Turn what SQLite and the file system say about `path` into what the owner can act on."""
    try:
        with _answered(path):
            yield
    except OSError as error:
        raise DiskFull(
            f"Cannot write {path}: {error.strerror}.", todo="Check the disk and the folder's rights."
        ) from error


@contextmanager
def _answered(path: Path) -> Iterator[None]:
    """The same for SQLite alone: in a transaction an OSError is the caller's own, a lost connection say."""
    try:
        yield
    except sqlite3.Error as error:
        raise _in_words(error, path) from error


def _in_words(error: sqlite3.Error, path: Path) -> StorageError:
    words = str(error)
    if "locked" in words or "busy" in words:
        return DatabaseBusy(
            "Another program holds the database.",
            safe="Nothing was changed or lost.",
            todo="Try again in a moment; `deskterm doctor` names who holds it.",
        )
    if "full" in words or "disk I/O" in words:
        return DiskFull(
            "The disk is full.", safe="What was saved is safe.", todo=f"Make room on the disk of {path}."
        )
    if "malformed" in words or "not a database" in words:
        return DatabaseDamaged(
            f"The database {path} is damaged.",
            safe="The file is left as it is.",
            todo="Close deskterm and run `deskterm doctor --repair`.",
        )
    if "readonly" in words or "unable to open" in words:
        return ReadOnly(
            f"The database {path} cannot be written.", todo="Check the rights of the file and its folder."
        )
    return StorageError(
        f"The database refused: {words}.", safe="Nothing was changed.", todo="Run `deskterm doctor`."
    )
