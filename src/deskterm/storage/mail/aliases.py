"""Addresses at which mail arrives but that are not in the settings: learned and offered to the owner."""

from collections.abc import Iterable
from sqlite3 import Connection
from typing import NamedTuple

_ENOUGH = 2  # mails before one is offered, because a header can be forged


class Alias(NamedTuple):
    """Such an address (folded) and how many mails came to it."""

    key: str
    mails: int


def learn(tx: Connection, seen: Iterable[tuple[str, int]]) -> None:
    """Note addresses with the time at which a mail came to each (UTC seconds)."""
    tx.executemany(
        "INSERT INTO alias VALUES (?, 1, ?, ?) ON CONFLICT (key) DO UPDATE SET mails = mails + 1,"
        " first_at = min(first_at, excluded.first_at), last_at = max(last_at, excluded.last_at)",
        [(key, at, at) for key, at in seen],
    )


def known_aliases(tx: Connection) -> frozenset[str]:
    """All of them: none is put into a Cc, also where it is not certain yet."""
    return frozenset(row[0] for row in tx.execute("SELECT key FROM alias"))


def list_offers(tx: Connection, own: frozenset[str]) -> list[Alias]:
    """The aliases that got several mails, the busiest first, without the owner's `own` addresses."""
    rows = tx.execute("SELECT key, mails FROM alias WHERE mails >= ? ORDER BY mails DESC, key", (_ENOUGH,))
    return [Alias(*row) for row in rows if row[0] not in own]
