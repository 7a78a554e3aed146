"""Repairing what can be rebuilt from the rows: search index, other indexes, the inbox's order."""

import re
from enum import StrEnum
from pathlib import Path
from sqlite3 import Connection, DatabaseError

from deskterm.errors import DatabaseDamaged
from deskterm.storage import tickets
from deskterm.storage.mail import messages
from deskterm.storage.schema.database import translate_error
from deskterm.storage.schema.migrate import migrate, newest
from deskterm.storage.search import word_index
from deskterm.storage.upkeep.backup import check, open_database_file, replace, writing
from deskterm.storage.upkeep.health import loose_ends, search_works

_MOST = 100
_AT_ONCE = 500
_OF_INDEXES = re.compile(r"row \d+ missing from index|wrong # of entries in index|non-unique entry in index")
_WORKED_OUT = (
    "id, created_at, last_at, messages, unanswered_since, due, rank, since, lead_rank, lead_since, siblings"
)


class Harm(StrEnum):
    """The kinds of damage. All but ROWS can be rebuilt from the rows."""

    NONE = ""
    SEARCH = "the search index"
    ROWS = "rows"


def harm(path: Path) -> Harm:
    """The damage in a file, apart from indexes that do not match their tables."""
    try:
        with translate_error(path), open_database_file(path, "mode=ro") as connection:
            bad = _bad_tables(connection)
            if bad:
                only_search = all(one.startswith("search_") for one in bad)
                return Harm.SEARCH if only_search and _is_newest(connection) else Harm.ROWS
            fits = not loose_ends(connection) and all(map(_OF_INDEXES.match, _complaints(connection)))
            return Harm.NONE if fits else Harm.ROWS
    except DatabaseDamaged:
        return Harm.ROWS


def carry_over(path: Path, kept: Path) -> None:
    """Copy all rows to a new file with a new search index; the damaged file is kept as `kept`.

    For a search index with damaged pages, which SQLite cannot even drop. Nobody may have the file open.
    """
    part = path.with_name(f".{path.name}.mended")
    try:
        migrate(part)
        with translate_error(part), open_database_file(part, "mode=rw") as tx:
            tx.execute("ATTACH ? AS old", (f"{path.absolute().as_uri()}?mode=ro",))
            tx.execute("BEGIN IMMEDIATE")
            for name in _plain_tables(tx):
                tx.execute(f"DELETE FROM main.{name}")
                tx.execute(f"INSERT INTO main.{name} SELECT * FROM old.{name}")
            word_index.rebuild(tx, messages.all_words(tx))
            tx.execute("COMMIT")
            tx.execute("DETACH old")
            tx.execute("PRAGMA journal_mode = DELETE")
        check(part)
        replace(path, part, kept)
    finally:
        for end in ("", "-wal", "-shm", ".lock"):
            part.with_name(part.name + end).unlink(missing_ok=True)


def indexes(path: Path) -> bool:
    """Rebuild the tables' indexes if they do not match; returns whether they were rebuilt."""
    with translate_error(path), open_database_file(path, "mode=rw") as connection:
        if not _complaints(connection):
            return False
        connection.execute("REINDEX")
        return True


def search_index(path: Path) -> bool:
    """Rebuild the search index if it does not match the messages; returns whether it was rebuilt."""
    with writing(path) as tx:
        if search_works(tx):
            return False
        word_index.rebuild(tx, messages.all_words(tx))
        return True


def counts(path: Path) -> int:
    """Recompute the tickets' columns derived from messages and places; returns how many differed."""
    with writing(path) as tx:
        before = _worked_out(tx)
        ids = [row[0] for row in tx.execute("SELECT id FROM ticket ORDER BY id")]
        for at in range(0, len(ids), _AT_ONCE):
            tickets.refresh(tx, ids[at : at + _AT_ONCE])
        return len(_worked_out(tx) - before)


def forget_samples(path: Path) -> None:
    """Discard the samples of all figures, so that they are recomputed when next needed."""
    with writing(path) as tx:
        tx.execute("DELETE FROM figure_sample")
        tx.execute("INSERT OR IGNORE INTO figure_stale SELECT id FROM ticket")


def _bad_tables(connection: Connection) -> list[str]:
    """The tables with damaged pages."""
    names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND rootpage > 0")
    return [name for (name,) in names.fetchall() if not _reads(connection, name)]


def _plain_tables(tx: Connection) -> list[str]:
    rows = tx.execute(
        "SELECT name FROM old.sqlite_master WHERE type = 'table' AND name NOT LIKE 'search%'"
    ).fetchall()
    return [row[0] for row in rows]


def _is_newest(connection: Connection) -> bool:
    return bool(connection.execute("PRAGMA user_version").fetchone()[0] == newest())


def _reads(connection: Connection, table: str) -> bool:
    try:
        answers = [str(row[0]) for row in connection.execute(f"PRAGMA quick_check('{table}')")]
    except DatabaseError:
        return False
    return all(one == "ok" or _OF_INDEXES.match(one) for one in answers)


def _complaints(connection: Connection) -> list[str]:
    found = [str(row[0]) for row in connection.execute(f"PRAGMA integrity_check({_MOST})")]
    return [one for one in found if one != "ok"]


def _worked_out(tx: Connection) -> set[tuple[object, ...]]:
    return {tuple(row) for row in tx.execute(f"SELECT {_WORKED_OUT} FROM ticket")}
