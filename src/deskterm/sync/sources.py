"""What each source last reported, written down for the status line."""

from deskterm.errors import DesktermError
from deskterm.storage import sources
from deskterm.storage.database import Database


def failed(db: Database, name: str, kind: str, error: DesktermError, now: int) -> None:
    """A source failed: what happened and what to do."""
    with db.write() as tx:
        sources.failed(tx, name, kind, at=now, words=error.what, todo=error.todo)


def worked(db: Database, name: str, kind: str, complete_to: int, now: int) -> None:
    """A source is complete up to `complete_to`."""
    with db.write() as tx:
        sources.worked(tx, name, kind, complete_to=complete_to, at=now)


def forgotten(db: Database, name: str) -> None:
    """A source that is only named while it fails works again."""
    with db.write() as tx:
        sources.forget(tx, name)
