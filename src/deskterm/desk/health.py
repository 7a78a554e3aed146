"""Whether the database is sound: looked at beside the screen, never on the way to it."""

from collections.abc import Callable

from deskterm.errors import DatabaseDamaged
from deskterm.storage import health
from deskterm.storage.database import Database


def look_over(db: Database, stopped: Callable[[], bool] = lambda: False) -> None:
    """Look through the whole database. Raises DatabaseDamaged; returns early once `stopped` says so."""
    try:
        with db.read() as tx:
            wrong = bool(health.damage(tx, stopped))
    except DatabaseDamaged:  # too much so to be looked through
        wrong = True
    if wrong:
        raise DatabaseDamaged(
            "The database is damaged.",
            safe="It is left as it is, and your mail is still on the server.",
            todo="Close deskterm and run `deskterm doctor --repair`.",
        )
