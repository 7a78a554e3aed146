"""Checks in the background whether the database is sound."""

from collections.abc import Callable

from deskterm.errors import DatabaseDamaged, StorageError
from deskterm.storage import desk_facts
from deskterm.storage.schema.database import Database
from deskterm.storage.schema.migrate import LOST_LOG
from deskterm.storage.upkeep import health


def check_database(db: Database, stopped: Callable[[], bool] = lambda: False) -> None:
    """Check the whole database. Raises DatabaseDamaged; returns early once `stopped` says so."""
    try:
        with db.read() as tx:
            wrong = bool(health.damage(tx, stopped))
    except DatabaseDamaged:  # too damaged to be checked
        wrong = True
    if wrong:
        raise DatabaseDamaged(
            "The database is damaged.",
            safe="It was not changed, and your mail is still on the server.",
            todo="Close deskterm and run `deskterm doctor --repair`.",
        )


def raise_lost_log(db: Database) -> None:
    """Raise a StorageError, once, if the database's WAL was removed after a crash."""
    with db.read() as tx:
        if not desk_facts.get_fact(tx, LOST_LOG):
            return
    with db.write() as tx:
        desk_facts.set_fact(tx, LOST_LOG, "")
    raise lost_log()


def lost_log() -> StorageError:
    """The error for a missing WAL."""
    return StorageError(
        "The file desk.db-wal was missing at the start: changes of the last session may be lost.",
        safe="Mail and orders are fetched again.",
        todo="Check the drafts and the outbox; `deskterm restore --list` shows the backups.",
    )
