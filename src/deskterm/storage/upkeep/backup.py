"""Backups of the database: made while others write, checked before they are kept, restored safely."""

import os
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from deskterm.domain.backups import Contents
from deskterm.domain.outbox_states import OutboxState
from deskterm.errors import DatabaseDamaged, DiskFull, NotFound, NotNow
from deskterm.storage.desk_facts import QUIET_SINCE, set_fact
from deskterm.storage.replies import outbox
from deskterm.storage.schema.database import translate_error
from deskterm.storage.schema.migrate import refuse_newer
from deskterm.storage.upkeep.in_use import exclusive_use

_STEP = 64  # pages (a megabyte) per step
_REST = 0.005  # seconds between steps, to leave the disk to the screen
_BESIDE = ("", "-wal", "-shm")  # the suffixes of a database's files


def copy(source: Path, target: Path, stopped: Callable[[], bool] = lambda: False) -> Contents:
    """Copy the database `source` to the file `target` (0600); returns what the copy contains.

    Others may write meanwhile: the copy is of one moment. It is checked before
    it gets its name, so no partial or damaged copy ever has it; an existing copy
    is replaced. Raises DiskFull, DatabaseDamaged, or NotNow once `stopped` says so.
    """
    part = target.with_name(f".{target.name}.part")
    _room_for(source, target.parent)
    try:
        with translate_error(target):
            _copy_file(source, part, stopped)
            contents = check(part)
            _through(part)
            part.replace(target)
            _through(target.parent)
    finally:
        for end in _BESIDE:
            part.with_name(part.name + end).unlink(missing_ok=True)
    return contents


def check(path: Path) -> Contents:
    """Check a whole database file; returns what it contains.

    Raises NotFound, DatabaseTooNew, or DatabaseDamaged (also if it is not deskterm's).
    """
    if not path.is_file():
        raise NotFound(f"There is no file {path}.")
    with translate_error(path), open_database_file(path, _still(path)) as connection:
        version = _version(connection, path)
        if connection.execute("PRAGMA integrity_check(1)").fetchone()[0] != "ok":
            raise _find_damage(path)
        if not version or not connection.execute(_IS_DESK).fetchone():
            raise DatabaseDamaged(f"{path} is no database of deskterm.", safe="It was not touched.")
        return Contents(version, *connection.execute(_COUNTS).fetchone())


def version(path: Path) -> int:
    """The schema version of a file. Raises DatabaseTooNew, or DatabaseDamaged if it is not a database."""
    if not path.exists():
        raise NotFound(f"There is no database at {path}.")
    with translate_error(path), open_database_file(path, "mode=ro") as connection:
        return _version(connection, path)


def put_back(
    source: Path, target: Path, kept: Path, now: int, ready: Callable[[Path], object] = lambda _: None
) -> Contents:
    """Replace the database `target` by the copy `source`; the old one is kept as `kept`.

    The copy is looked over first. Killed at any moment, `target` is the old database or the new
    one (a damaged old one may lack its WAL then: `kept` has both). What waited in the copy's outbox may have
    gone out since: it is marked so, and never sent by itself. `ready` may change the copy before
    it takes the place. Raises DatabaseBusy while another process has the database open.
    """
    check(source)
    part = target.with_name(f".{target.name}.restored")
    with exclusive_use(target):
        try:
            copy(source, part)
            with translate_error(part):
                _nothing_goes_out(part, now)
                ready(part)
                contents = check(part)
                _fold(target)
                replace(target, part, kept)
        finally:
            for end in _BESIDE:
                part.with_name(part.name + end).unlink(missing_ok=True)
    return contents


def replace(target: Path, part: Path, kept: Path) -> None:
    """Make `part` the database `target`; the old one is kept as `kept`. Nobody may have it open."""
    _through(part)
    set_aside(target, kept)
    part.replace(target)
    _through(target.parent)


def begin_anew(path: Path, kept: Path) -> None:
    """Move a database to `kept`, so that the next process creates a new one. Raises DatabaseBusy if open."""
    with translate_error(path), exclusive_use(path):
        set_aside(path, kept)
        path.unlink(missing_ok=True)


def set_aside(path: Path, kept: Path) -> None:
    """Keep a database file with its WAL under another name; `path` itself still stands, without a WAL.

    What is in the WAL belongs to that file: left there, SQLite would write it into the next one.
    """
    if not path.exists():
        return
    for end in _BESIDE:
        there = path.with_name(path.name + end)
        if end and there.exists():
            shutil.copy2(there, kept.with_name(kept.name + end))
    _link_or_copy(path, kept)
    for end in _BESIDE[1:]:
        path.with_name(path.name + end).unlink(missing_ok=True)


def holds(path: Path, keys: frozenset[str]) -> bool:
    """Whether a database file has one of these address keys. Raises DatabaseDamaged if it is unreadable."""
    with translate_error(path), open_database_file(path, _still(path)) as connection:
        found = (
            connection.execute(sql, (key,)).fetchone()
            for key in keys
            for sql in ("SELECT 1 FROM address WHERE key = ?", "SELECT 1 FROM shop_order WHERE email_key = ?")
        )
        return any(found)


@contextmanager
def writing(path: Path) -> Iterator[sqlite3.Connection]:
    """One transaction in a database file that nobody else has open."""
    with translate_error(path), open_database_file(path, "mode=rw") as tx:
        tx.execute("PRAGMA foreign_keys = ON")
        tx.execute("PRAGMA secure_delete = ON")
        tx.execute("BEGIN IMMEDIATE")
        try:
            yield tx
        except BaseException:  # the caller's errors and Ctrl+C, too: all or nothing
            tx.execute("ROLLBACK")
            raise
        tx.execute("COMMIT")


@contextmanager
def open_database_file(path: Path, options: str) -> Iterator[sqlite3.Connection]:
    """Open a separate connection to a database file, with these URI options."""
    uri = f"{path.absolute().as_uri()}?{options}"
    connection = sqlite3.connect(uri, uri=True, timeout=5, isolation_level=None)
    connection.row_factory = sqlite3.Row
    try:
        yield connection
    finally:
        connection.close()


_IS_DESK = "SELECT 1 FROM sqlite_master WHERE name = 'ticket' AND type = 'table'"
_COUNTS = (
    "SELECT (SELECT count(*) FROM customer), (SELECT count(*) FROM ticket WHERE joined_into IS NULL),"
    " (SELECT count(*) FROM message), (SELECT count(*) FROM shop_order),"
    " (SELECT max(at) FROM message WHERE direction != 'note')"
)


def _version(connection: sqlite3.Connection, path: Path) -> int:
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    refuse_newer(version, path)
    return version


def _still(path: Path) -> str:
    """How to look into a file without leaving traces: nobody writes to a copy that has no WAL."""
    return "mode=ro" if path.with_name(f"{path.name}-wal").exists() else "mode=ro&immutable=1"


def _copy_file(source: Path, part: Path, stopped: Callable[[], bool]) -> None:
    part.unlink(missing_ok=True)
    os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    with (
        open_database_file(source, "mode=ro") as ours,
        closing(sqlite3.connect(part, isolation_level=None)) as theirs,
    ):
        ours.execute("BEGIN")
        ours.execute("SELECT 1 FROM sqlite_master").fetchone()  # a snapshot, even while others write

        def step(_status: int, left: int, _total: int) -> None:
            if stopped():
                raise NotNow("The backup was stopped.", safe="The backups made before are as they were.")
            if left:
                time.sleep(_REST)

        ours.backup(theirs, pages=_STEP, progress=step)
        theirs.execute("PRAGMA journal_mode = DELETE")  # a copy is one file


def _room_for(source: Path, folder: Path) -> None:
    """Raise DiskFull if a copy would take the disk space that the desk itself needs."""
    if not source.exists():
        raise NotFound(f"There is no database at {source}.", todo="Run `deskterm setup` or `deskterm demo`.")
    size = source.stat().st_size
    free = shutil.disk_usage(folder).free
    if free < 2 * size:
        raise DiskFull(
            f"There is too little room for a backup in {folder}: {free / 1e6:.0f} MB are free,"
            f" the database has {size / 1e6:.0f} MB.",
            safe="The backups made before are as they were.",
            todo="Make room on that disk.",
        )


def _nothing_goes_out(path: Path, now: int) -> None:
    words = "A backup was restored: this was on its way when it was made."
    with writing(path) as tx:
        set_fact(tx, QUIET_SINCE, str(now))  # older mail may have been answered since the backup
        for (row,) in tx.execute("SELECT id FROM outbox WHERE state IN ('queued', 'sending')").fetchall():
            outbox.mark(tx, row, OutboxState.UNCERTAIN, words, now)


def _fold(path: Path) -> None:
    """Write a sound database's WAL into it; leave a damaged one as it is.

    Only a reading connection may look at that one: closing a writing one would write the WAL into it.
    """
    with suppress(sqlite3.Error):
        with open_database_file(path, "mode=ro") as connection:
            whole = connection.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok"
        if whole:
            with open_database_file(path, "mode=rw") as connection:
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _link_or_copy(path: Path, kept: Path) -> None:
    """Hard-link the file, or copy it if the file system has no hard links."""
    try:
        kept.hardlink_to(path)
    except FileExistsError:
        raise
    except OSError:
        shutil.copy2(path, kept)


def _through(path: Path) -> None:
    """Wait until it is on disk (fsync)."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _find_damage(path: Path) -> DatabaseDamaged:
    return DatabaseDamaged(f"{path} is damaged.", safe="It is left as it is.", todo="Use an older backup.")
