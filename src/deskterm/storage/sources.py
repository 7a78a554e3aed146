"""What each source last reported: mail accounts, stores, the outbox. The status line is made of this."""

from sqlite3 import Connection

from deskterm.domain.views import SourceState


def mark_complete(tx: Connection, name: str, kind: str, *, complete_to: int, at: int) -> None:
    """Note that a source of that kind (mail, orders) is complete up to `complete_to` (UTC seconds)."""
    tx.execute(
        "INSERT INTO source(name, kind, complete_to, tried_at) VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE"
        " SET kind = excluded.kind, complete_to = max(complete_to, excluded.complete_to),"
        " tried_at = excluded.tried_at, failing_since = NULL, not_before = 0, words = '', todo = ''",
        (name, kind, complete_to, at),
    )


def mark_failed(
    tx: Connection, name: str, kind: str, *, at: int, words: str, todo: str, not_before: int = 0
) -> None:
    """Note that a source fails, and when it may be asked again by itself (0: whenever).

    `failing_since` stays at the first failure in a row.
    """
    tx.execute(
        "INSERT INTO source(name, kind, tried_at, failing_since, not_before, words, todo)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT DO UPDATE SET tried_at = excluded.tried_at, words = excluded.words,"
        " todo = excluded.todo, not_before = excluded.not_before,"
        " failing_since = coalesce(failing_since, excluded.failing_since)",
        (name, kind, at, at, not_before, words, todo),
    )


def is_failing(tx: Connection, name: str) -> tuple[int, int, int] | None:
    """Since when a source fails, when it was last tried and when it may be asked again; None if it works."""
    row = tx.execute(
        "SELECT failing_since, tried_at, not_before FROM source WHERE name = ? AND failing_since IS NOT NULL",
        (name,),
    ).fetchone()
    return None if row is None else (row[0], row[1], row[2])


def complete_to(tx: Connection, name: str) -> int:
    """Up to when a source is complete (UTC seconds), 0 for never."""
    row = tx.execute("SELECT complete_to FROM source WHERE name = ?", (name,)).fetchone()
    return int(row[0]) if row else 0


def states(tx: Connection, kind: str) -> tuple[SourceState, ...]:
    """All sources of a kind, by name."""
    rows = tx.execute("SELECT * FROM source WHERE kind = ? ORDER BY name", (kind,))
    return tuple(
        SourceState(row["name"], kind, row["complete_to"], row["failing_since"], row["words"], row["todo"])
        for row in rows
    )


def forget(tx: Connection, name: str) -> None:
    """Drop a source that is no longer set up."""
    tx.execute("DELETE FROM source WHERE name = ?", (name,))


def file_mark(tx: Connection, name: str) -> str:
    """The mark (mtime and size, as sync writes it) of a source's file when it was last read."""
    row = tx.execute("SELECT file_mark FROM source WHERE name = ?", (name,)).fetchone()
    return str(row[0]) if row else ""


def mark_file(tx: Connection, name: str, mark: str) -> None:
    """Keep the mark of the file just read. The source must have been reported before."""
    tx.execute("UPDATE source SET file_mark = ? WHERE name = ?", (mark, name))
