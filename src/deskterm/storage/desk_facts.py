"""Small facts of this desk by name: where the owner was, when it was set up."""

from sqlite3 import Connection

QUIET_SINCE = "nothing by itself before"  # mail that came before it is not answered by a rule


def get_fact(tx: Connection, key: str, default: str = "") -> str:
    """The value under `key`, or `default`."""
    row = tx.execute("SELECT value FROM note WHERE key = ?", (key,)).fetchone()
    return default if row is None else str(row[0])


def set_fact(tx: Connection, key: str, value: str) -> None:
    """Set the value under `key`."""
    tx.execute(
        "INSERT INTO note VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value", (key, value)
    )
