"""Repeating erasures in a restored copy, for customers who were forgotten after the backup."""

from pathlib import Path
from sqlite3 import Connection

from deskterm.storage.schema.columns import to_json
from deskterm.storage.schema.database import translate_error
from deskterm.storage.schema.migrate import migrate, newest
from deskterm.storage.upkeep.backup import open_database_file, version, writing
from deskterm.storage.upkeep.forget import erase, scrub
from deskterm.value_class import dataclass


@dataclass(frozen=True, slots=True)
class Kept:
    """What a database keeps of forgotten customers (hashes of mails, orders), and its known addresses."""

    mails: list[int]
    orders: list[list[str]]
    known: list[list[object]]


def erasures_of(since: Path) -> Kept:
    """Read what that database keeps. Raises StorageError if it cannot be read."""
    with translate_error(since), open_database_file(since, "mode=ro") as connection:
        mails = [row[0] for row in connection.execute("SELECT same_key FROM forgotten")]
        orders = connection.execute("SELECT store, external_id FROM shop_order WHERE forgotten = 1")
        known = connection.execute(
            "SELECT a.key, c.first_seen_at FROM address a JOIN customer c ON c.id = a.customer_id"
        )
        return Kept(mails, [list(row) for row in orders], [list(row) for row in known])


def erase_again(path: Path, since: Kept) -> tuple[str, ...]:
    """Erase from the copy `path` the customers that another database has forgotten; returns their addresses.

    Nothing there says who that was. They are found by the hashes of their mails and the
    numbers of their orders: all that is known of them was forgotten.
    """
    with translate_error(path), open_database_file(path, "mode=ro") as connection:
        keys = _returning(connection, since)
    if keys and version(path) != newest():
        _upgrade(path)
    with writing(path) as tx:
        tx.executemany("INSERT OR IGNORE INTO forgotten VALUES (?)", ((one,) for one in since.mails))
        if keys:
            erase(tx, keys, waiting_too=True)
    if keys:
        scrub(path)
    return tuple(sorted(keys))


def _returning(copy: Connection, since: Kept) -> frozenset[str]:
    """The addresses in the copy that belong to forgotten customers.

    Who only wrote into a forgotten customer's ticket has no mail left either, but is known since, as the
    same customer. One who was forgotten and wrote again is known as a new one.
    """
    given = {"mails": to_json(since.mails), "orders": to_json(since.orders), "known": to_json(since.known)}
    return frozenset(row[0] for row in copy.execute(_RETURNING, given))


_RETURNING = """
WITH mine(customer_id, gone) AS (
    SELECT t.customer_id, m.same_key IN (SELECT value FROM json_each(:mails))
    FROM message m JOIN ticket t ON t.id = m.ticket_id WHERE m.direction != 'note'
    UNION ALL
    SELECT m.customer_id, m.same_key IN (SELECT value FROM json_each(:mails))
    FROM message m WHERE m.customer_id IS NOT NULL AND m.direction = 'in'
), known(key, first_seen_at) AS (
    SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]') FROM json_each(:known)
)
SELECT a.key FROM address a WHERE a.customer_id IN (
    SELECT customer_id FROM mine GROUP BY customer_id HAVING min(gone) = 1
) AND a.customer_id NOT IN (
    SELECT c.id FROM customer c JOIN address b ON b.customer_id = c.id
    JOIN known k ON k.key = b.key AND k.first_seen_at IS c.first_seen_at
)
UNION
SELECT email_key FROM shop_order WHERE email_key != '' AND forgotten = 0 AND (store, external_id) IN (
    SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]') FROM json_each(:orders)
)
"""


def _upgrade(path: Path) -> None:
    """Migrate a copy, as erasing needs the current schema; remove the files that this leaves."""
    migrate(path)
    for left in path.parent.glob(f"{path.name}.*"):
        left.unlink()
