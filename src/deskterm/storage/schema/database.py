"""The database file: opening it, reading, and writing in short transactions."""

import errno
import os
import sqlite3
import threading
import weakref
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path

from deskterm.errors import DatabaseBusy, DatabaseDamaged, DiskFull, NotFound, ReadOnly, StorageError
from deskterm.storage.upkeep.in_use import InUse, misses_log

Tx = sqlite3.Connection  # what `read` and `write` hand out: other rooms name it, and only pass it on
_PAGE = 16384  # a mail's text and its packed original waste less in large pages
_CACHE = 8192  # KiB a connection
_LARGE_LOG = 64 << 20  # bytes
_LITTLE = 1 << 20  # bytes free: SQLite cannot make room for its WAL's index
_FORBIDDEN = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})
_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT})
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
        """A connection for reading."""
        with _translate_sqlite(self.path):
            yield self._connection()

    @contextmanager
    def write(self, *, durable: bool = True) -> Iterator[sqlite3.Connection]:
        """A connection for one short change. Raises the StorageError that fits.

        What can be fetched again need not be `durable`: a power cut may then take
        back the last such changes whole, and nobody waits for the disk.
        """
        if self.read_only:
            raise self.refusal()
        with _translate_sqlite(self.path):
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
            except (
                BaseException
            ):  # the caller's own errors, Ctrl+C, a full disk: left open, it swallows the next
                tx.rollback()
                raise

    def write_much(self) -> None:
        """Let the WAL grow before it is taken into the file: for mails by the thousand, with no desk open.

        Pages that many of them touch are then written into the file once.
        """
        with self.read() as tx:
            tx.execute(f"PRAGMA wal_autocheckpoint = {_LARGE_LOG // _PAGE}")

    def refusal(self) -> ReadOnly:
        """Why this desk is read-only, in words."""
        if locked := shut(self.path):
            return _cannot_be_written(locked)
        return ReadOnly(
            "Read only: another desk is open.",
            safe="Nothing was changed.",
            todo="Close it and start again to change things.",
        )

    def close(self) -> None:
        """Close this process's connections."""
        _end(self._all, self._use)
        self._own, self._use = threading.local(), None

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
        use = InUse(self.path, reads=self.read_only)
        weakref.finalize(self, _end, self._all, use)
        return use


def _end(connections: list[sqlite3.Connection], use: InUse | None) -> None:
    """Close all; the last one writes the WAL into the file, if nobody else has it open."""
    for connection in connections[1:]:
        connection.close()
    for last in connections[:1]:
        if use:
            use.settle(partial(_take_in, last))
        last.close()
    connections.clear()
    if use:
        use.close()


def _take_in(connection: sqlite3.Connection) -> bool:
    """Checkpoint the WAL without waiting for anybody; returns whether all of it is in the file."""
    try:
        busy, written, taken_in = connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
    except sqlite3.Error:
        return False
    return not busy and written == taken_in


def _connect(path: Path, *, read_only: bool) -> sqlite3.Connection:
    if not path.exists():
        raise NotFound(f"There is no database at {path}.", todo="Run `deskterm setup` or `deskterm demo`.")
    connection = sqlite3.connect(
        uri(path, read_only=read_only),
        uri=True,
        timeout=WAIT,
        isolation_level=None,  # transactions are opened and ended here, by hand
        check_same_thread=False,  # close() runs on the main thread
    )
    connection.row_factory = sqlite3.Row
    try:
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute(f"PRAGMA cache_size = -{_CACHE}")
        connection.execute("PRAGMA temp_store = MEMORY")  # a statement's journal would be written to a file
    except sqlite3.Error:  # no database: this is where SQLite first looks into the file
        connection.close()
        raise
    return connection


def uri(path: Path, *, read_only: bool) -> str:
    """The URI with which SQLite opens the file.

    Where nothing can be made beside it, a reader cannot have the index of the WAL; then
    nobody of ours writes it either, and it is read as it is. So it is where the WAL
    is missed: a reader would make a new one, and nobody would miss it any more.
    """
    if not read_only:
        return f"{path.absolute().as_uri()}?mode=rw"
    alone = not os.access(path.parent, os.W_OK) or misses_log(path)
    still = alone and not any(map(Path.exists, _beside(path)))
    return f"{path.absolute().as_uri()}?mode=ro{'&immutable=1' if still else ''}"


def create(path: Path) -> None:
    """Make an empty database file that only its owner can read. Harmless where it exists."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with translate_error(path):
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
        path.chmod(0o600)
        with closing(sqlite3.connect(path)) as connection:
            connection.execute(f"PRAGMA page_size = {_PAGE}")
            connection.execute("PRAGMA journal_mode = WAL")


def revision(tx: sqlite3.Connection) -> int:
    """A number that differs once any process has changed the database. Ask the same connection each time."""
    elsewhere = int(tx.execute("PRAGMA data_version").fetchone()[0])
    return elsewhere << 40 | tx.total_changes


@contextmanager
def translate_error(path: Path) -> Iterator[None]:
    """Turn what SQLite and the file system say about `path` into what the owner can act on."""
    try:
        with _translate_sqlite(path):
            yield
    except OSError as error:
        if error.errno in _FORBIDDEN:
            raise _cannot_be_written(path) from error
        if error.errno in _NO_ROOM:
            raise _full(path) from error
        raise StorageError(
            f"Cannot write {path}: {error.strerror}.", todo="Check the disk and the folder's rights."
        ) from error


@contextmanager
def _translate_sqlite(path: Path) -> Iterator[None]:
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
    if "full" in words:
        return _full(path)
    if "disk I/O" in words:
        return _io_cause(path)
    if "malformed" in words or "not a database" in words:
        return DatabaseDamaged(
            f"The database {path} is damaged.",
            safe="The file is left as it is.",
            todo="Close deskterm and run `deskterm doctor --repair`.",
        )
    if "readonly" in words or "unable to open" in words:
        return _cannot_be_written(shut(path) or path)
    return StorageError(
        f"The database refused: {words}.", safe="Nothing was changed.", todo="Run `deskterm doctor`."
    )


def _io_cause(path: Path) -> StorageError:
    """The cause of an I/O error, which SQLite reports for a full disk, missing rights and a broken disk."""
    if locked := shut(path):
        return _cannot_be_written(locked)
    room = os.statvfs(path.parent)
    if room.f_bavail * room.f_frsize < _LITTLE:
        return _full(path)
    return DiskFull(
        "The disk is full for you (a quota, a limit), or it fails.",
        safe="What was saved is safe.",
        todo=f"Check the disk of {path}, then run `deskterm doctor`.",
    )


def _full(path: Path) -> DiskFull:
    return DiskFull(
        "The disk is full.", safe="What was saved is safe.", todo=f"Make room on the disk of {path}."
    )


def _cannot_be_written(path: Path) -> ReadOnly:
    what = "The folder" if path.is_dir() else "The file"
    return ReadOnly(
        f"{what} {path} cannot be written.",
        safe="What was saved can be read; nothing was changed.",
        todo="Check its rights, `lsattr` (an i locks it) and whether its disk is mounted for reading only.",
    )


def shut(path: Path) -> Path | None:
    """The file or folder of a database that may not be written; None where all may."""
    needed = (path, path.parent, *_beside(path))
    return next((one for one in needed if one.exists() and not os.access(one, os.W_OK)), None)


def _beside(path: Path) -> tuple[Path, Path]:
    return path.with_name(f"{path.name}-wal"), path.with_name(f"{path.name}-shm")
