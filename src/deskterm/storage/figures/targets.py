"""The history of the targets in the settings: a change today does not affect yesterday's mail."""

import json
from collections.abc import Sequence
from sqlite3 import Connection

from deskterm.storage import desk_facts

_KEY = "targets"


def history(tx: Connection) -> list[tuple[int, tuple[str, ...]]]:
    """The targets and since when they applied (UTC seconds), oldest first."""
    return [(since, tuple(texts)) for since, texts in json.loads(desk_facts.get_fact(tx, _KEY, "[]"))]


def record(tx: Connection, texts: Sequence[str], now: int) -> None:
    """Record that these targets apply from now on."""
    known = history(tx)
    desk_facts.set_fact(tx, _KEY, json.dumps([*known, (now, list(texts))]))


def is_news(tx: Connection, texts: Sequence[str]) -> bool:
    """Whether the targets differ from those last recorded."""
    known = history(tx)
    return tuple(texts) != (known[-1][1] if known else ())
