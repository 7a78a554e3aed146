"""The last report of each source (mail accounts with their duties, stores), shown on the status line."""

from collections.abc import Iterable
from sqlite3 import Connection

from deskterm.domain.desk_state import SourceState
from deskterm.domain.sources import Failure, Source, SourceKind, SourcePart

_KEY = "account = ? AND kind = ? AND part = ? AND folder = ?"
_LISTED = 1000  # orders left out that are shown one by one
_STORE_READING = (SourceKind.ORDERS, SourcePart.READING)


def mark_complete(tx: Connection, source: Source, *, complete_to: int, at: int) -> None:
    """Note that a source is complete up to `complete_to` (UTC seconds), but never beyond `at`.

    The time is set anew, not raised: a clock that was ahead once would claim for weeks
    that mail was read which was not.
    """
    tx.execute(
        "INSERT INTO source(account, kind, part, folder, complete_to, tried_at) VALUES (?, ?, ?, ?, ?, ?)"
        " ON CONFLICT DO UPDATE SET complete_to = excluded.complete_to, tried_at = excluded.tried_at,"
        " failing_since = NULL, not_before = 0, failure = '', words = '', todo = ''",
        (*_key(source), min(complete_to, at), at),
    )


def mark_failed(
    tx: Connection, source: Source, failure: Failure, *, at: int, words: str, todo: str, not_before: int = 0
) -> None:
    """Note that a source fails, and when it may be asked again by itself (0: whenever).

    `failing_since` stays at the first failure in a row, unless the clock was ahead then.
    """
    tx.execute(
        "INSERT INTO source(account, kind, part, folder,"
        " tried_at, failing_since, not_before, failure, words, todo) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT DO UPDATE SET tried_at = excluded.tried_at, words = excluded.words,"
        " todo = excluded.todo, not_before = excluded.not_before, failure = excluded.failure,"
        " failing_since = min(coalesce(failing_since, excluded.failing_since), excluded.failing_since)",
        (*_key(source), at, at, not_before, failure, words, todo),
    )


def mark_working(tx: Connection, source: Source) -> None:
    """Note that a source fails no longer; what is known of how far it was read stays."""
    tx.execute(
        "UPDATE source SET failing_since = NULL, not_before = 0, failure = '', words = '', todo = ''"
        f" WHERE {_KEY} AND failing_since IS NOT NULL",
        _key(source),
    )


def is_failing(tx: Connection, source: Source) -> tuple[int, int, int] | None:
    """Since when a source fails, when it was last tried and when it may be asked again; None if it works."""
    row = tx.execute(
        f"SELECT failing_since, tried_at, not_before FROM source WHERE {_KEY} AND failing_since IS NOT NULL",
        _key(source),
    ).fetchone()
    return None if row is None else (row[0], row[1], row[2])


def failure(tx: Connection, source: Source) -> Failure:
    """What a source fails with now; NONE when it works."""
    row = tx.execute(
        f"SELECT failure FROM source WHERE {_KEY} AND failing_since IS NOT NULL", _key(source)
    ).fetchone()
    return Failure(row[0]) if row else Failure.NONE


def complete_to(tx: Connection, source: Source, now: int) -> int:
    """Up to when a source is complete (UTC seconds), 0 for never.

    0 also for a time later than `now`: a clock that was ahead wrote it, so nothing is known.
    """
    row = tx.execute(f"SELECT complete_to FROM source WHERE {_KEY}", _key(source)).fetchone()
    return int(row[0]) if row and row[0] <= now else 0


def was_read(tx: Connection, source: Source) -> bool:
    """Whether a source has ever been read to its end."""
    row = tx.execute(f"SELECT complete_to FROM source WHERE {_KEY}", _key(source)).fetchone()
    return bool(row and row[0])


def states(tx: Connection, kind: SourceKind) -> tuple[SourceState, ...]:
    """All sources of a kind, by account; its reading before its other duties."""
    rows = tx.execute(
        "SELECT * FROM source WHERE kind = ? ORDER BY account, part != 'reading', part, folder", (kind,)
    )
    return tuple(
        SourceState(
            Source(row["account"], kind, SourcePart(row["part"]), row["folder"]),
            row["complete_to"],
            row["failing_since"],
            row["words"],
            row["todo"],
            Failure(row["failure"]),
            left_out(tx, row["account"], _LISTED) if (kind, row["part"]) == _STORE_READING else (),
        )
        for row in rows
    )  # fmt: skip


def keep_left_out(tx: Connection, store: str, words: Iterable[str]) -> None:
    """Save what the last reading of a store could not take in, a line each; replaces what was there."""
    tx.execute("DELETE FROM left_out WHERE store = ?", (store,))
    rows = [(store, position, one) for position, one in enumerate(words)]
    tx.executemany("INSERT INTO left_out(store, position, words) VALUES (?, ?, ?)", rows)


def renew_left_out(
    tx: Connection, store: str, gaps: Iterable[tuple[str, str]], read: Iterable[str]
) -> list[str]:
    """Keep what cannot be read of a store that is read by parts: (words, the order's key or "").

    Gaps of orders that were `read` meanwhile are closed, and those without an order are given anew each time.
    Gives the words of all that are open.
    """
    known = tx.execute("SELECT words, external_id FROM left_out WHERE store = ? ORDER BY position", (store,))
    closed = {"", *read}
    found = {(row[1], row[0]): None for row in known if row[1] not in closed}
    named = {key for _, key in gaps if key}
    kept = [(key, words) for key, words in found if key not in named]
    rows = [*kept, *((key, words) for words, key in gaps)]
    tx.execute("DELETE FROM left_out WHERE store = ?", (store,))
    tx.executemany(
        "INSERT INTO left_out(store, position, words, external_id) VALUES (?, ?, ?, ?)",
        [(store, at, words, key) for at, (key, words) in enumerate(rows)],
    )
    return [words for _, words in rows]


def left_out(tx: Connection, store: str, count: int) -> tuple[str, ...]:
    """The first `count` of what the last reading of a store could not take in: place, number, reason."""
    rows = tx.execute("SELECT words FROM left_out WHERE store = ? ORDER BY position LIMIT ?", (store, count))
    return tuple(row[0] for row in rows)


def forget(tx: Connection, source: Source) -> None:
    """Drop a source: one that is no longer set up, or that is named only while it fails."""
    tx.execute(f"DELETE FROM source WHERE {_KEY}", _key(source))
    if source.kind is SourceKind.ORDERS and source.part is SourcePart.READING:
        keep_left_out(tx, source.account, ())


def cursor(tx: Connection, store: Source) -> str:
    """Where the reading of a store goes on, as its adapter wrote it; "" for the beginning."""
    row = tx.execute(f"SELECT cursor FROM source WHERE {_KEY}", _key(store)).fetchone()
    return str(row[0]) if row else ""


def keep_cursor(tx: Connection, store: Source, cursor: str) -> None:
    """Save where the next reading of a store continues."""
    tx.execute(
        "INSERT INTO source(account, kind, part, folder, cursor) VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT DO UPDATE SET cursor = excluded.cursor",
        (*_key(store), cursor),
    )


def _key(source: Source) -> tuple[str, str, str, str]:
    return source.account, source.kind, source.part, source.folder
