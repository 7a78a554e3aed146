"""Migrations: bringing a database to the current schema with numbered SQL files, forward only."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from deskterm.errors import DatabaseTooNew, ReadOnly
from deskterm.lazy_regex import lazy_regex
from deskterm.storage import desk_facts
from deskterm.storage.schema.database import WAIT, Database, create, translate_error, uri
from deskterm.storage.upkeep.in_use import InUse

LOST_LOG = "the log was lost"  # a note, until the owner was told
_MIGRATIONS = Path(__file__).with_name("migrations")
_NUMBER = lazy_regex(r"(\d{4})_\w+\.sql")


def open_database(path: Path, *, read_only: bool = False) -> Database:
    """The database at `path`, made or brought up to date first.

    One that is opened for reading, or cannot be written, is left as it is and read:
    `read_only` of what is given says so. Raises DatabaseTooNew, DatabaseDamaged,
    ReadOnly (there is nothing to read) or DiskFull.
    """
    if not read_only:
        try:
            migrate(path)
        except ReadOnly:
            if not path.exists():
                raise
            read_only = True
    if read_only:
        with translate_error(path), _raw(path, "ro") as connection:
            refuse_newer(_version(connection), path)
    return Database(path, read_only=read_only)


def migrate(path: Path) -> None:
    """Create the database at `path`, or bring it up to date.

    Each step is one transaction: killed midway, the file is as it was. Before
    an upgrade a copy is kept beside it, as `desk.db.before-2`.
    """
    with closing(InUse(path)) as use:
        lost_log = use.lost_log()
        create(path)
        _upgrade(path, lost_log=lost_log)


def _upgrade(path: Path, *, lost_log: bool) -> None:
    with translate_error(path), _raw(path, "rw") as connection:
        was = _version(connection)
        refuse_newer(was, path)
        steps = [step for step in _steps() if step[0] > was]
        if steps and was:
            _keep_copy(connection, path, steps[-1][0])
        for number, script in steps:
            _step(connection, number, script)
        if lost_log:
            desk_facts.set_fact(connection, LOST_LOG, "yes")


def newest() -> int:
    """The number of the last migration this program knows."""
    return max(number for number, _ in _steps())


def _steps() -> list[tuple[int, str]]:
    found = ((_NUMBER.fullmatch(entry.name), entry) for entry in _MIGRATIONS.iterdir())
    return sorted((int(name[1]), entry.read_text("utf-8")) for name, entry in found if name)


def _step(connection: sqlite3.Connection, number: int, script: str) -> None:
    connection.execute("BEGIN IMMEDIATE")
    try:
        if _version(connection) < number:  # another process may just have done it
            for statement in _statements(script):
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {number}")
        connection.execute("COMMIT")
    except BaseException:  # Ctrl+C too: whole or not at all
        connection.rollback()
        raise


def _statements(script: str) -> Iterator[str]:
    """One statement at a time: `executescript` would commit what is open."""
    held = ""
    for line in script.splitlines(keepends=True):
        held += line
        if sqlite3.complete_statement(held):
            yield held
            held = ""


def _keep_copy(connection: sqlite3.Connection, path: Path, number: int) -> None:
    """Keep the file as it was; where an upgrade was stopped between two steps, as it was before the first.

    Nobody else copies or upgrades meanwhile: the timer's sync and the desk may start together.
    """
    was = _version(connection)
    connection.execute("BEGIN IMMEDIATE")
    try:
        if _version(connection) == was:
            with _raw(path, "ro") as reading:  # SQLite copies nothing from a connection that holds the lock
                _copy_database(reading, path, number)
    finally:
        connection.rollback()


def _copy_database(connection: sqlite3.Connection, path: Path, number: int) -> None:
    to = path.with_name(f"{path.name}.before-{number}")
    if to.exists():
        with _raw(to, "ro") as earlier:
            if _version(earlier) < _version(connection):
                return
    part = to.with_name(f"{to.name}.part")
    part.unlink(missing_ok=True)
    os.close(os.open(part, os.O_CREAT | os.O_RDWR, 0o600))
    copy = sqlite3.connect(part)
    try:
        connection.backup(copy)
    finally:
        copy.close()
    with part.open("rb") as written:
        os.fsync(written.fileno())
    part.replace(to)


@contextmanager
def _raw(path: Path, mode: str) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(
        uri(path, read_only=mode == "ro"), uri=True, timeout=WAIT, isolation_level=None
    )
    try:
        yield connection
    finally:
        connection.close()


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def refuse_newer(version: int, path: Path) -> None:
    """Raise DatabaseTooNew for a version that only a later deskterm knows."""
    if version > newest():
        raise DatabaseTooNew(
            f"The database {path} was written by a later deskterm.",
            safe="It was not touched.",
            todo="Upgrade deskterm, or open the copy that was kept before the upgrade.",
        )
