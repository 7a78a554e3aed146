"""Health checks of the database for `deskterm doctor`; too slow for screens."""

from collections.abc import Callable
from sqlite3 import Connection, DatabaseError


def complaints(tx: Connection, most: int = 5) -> tuple[str, ...]:
    """The problems that SQLite's quick check finds, in its words."""
    rows = tx.execute(f"PRAGMA quick_check({most})").fetchall()
    return tuple(str(row[0]) for row in rows if row[0] != "ok")


def damage(tx: Connection, stopped: Callable[[], bool]) -> str:
    """The first thing wrong in any table, in SQLite's words; empty when all is well or once stopped.

    Table by table: between two of them the program may end.
    """
    names = tx.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND rootpage > 0").fetchall()
    for name in ("sqlite_master", *(row[0] for row in names)):
        if stopped():
            break
        answer = str(tx.execute(f"PRAGMA quick_check('{name}')").fetchone()[0])
        if answer != "ok":
            return answer
    return ""


def loose_ends(tx: Connection) -> int:
    """The number of rows with dangling references."""
    return len(tx.execute("PRAGMA foreign_key_check").fetchall())


def search_works(tx: Connection) -> bool:
    """Whether the search index works and has as many messages as there are."""
    try:
        tx.execute("SELECT rowid FROM search WHERE search MATCH 'a*' LIMIT 1").fetchone()
        indexed = tx.execute("SELECT count(*) FROM search_docsize").fetchone()[0]
    except DatabaseError:
        return False
    messages = tx.execute("SELECT count(*) FROM message").fetchone()[0]
    return bool(indexed == messages)


def newest_mail(tx: Connection) -> int | None:
    """The time of the newest mail (UTC seconds), None for an empty desk."""
    row = tx.execute("SELECT max(at) FROM message WHERE direction != 'note'").fetchone()
    return None if row[0] is None else int(row[0])
